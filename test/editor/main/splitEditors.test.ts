import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import { generateFromSelection, leavesAsFound, openDocument, useGateway } from '../../support/commandKit.ts';
import { generateInPanel, finished, action } from '../../support/panelKit.ts';

describe('2.2 a document that is on the screen twice', () => {
  leavesAsFound();

  beforeEach(async function () {
    await needsUi(this);
    await useGateway('split');
  });

  /** The document on the left with its first line selected, and on the right, active, with its last. */
  async function openTwice(): Promise<vscode.TextEditor> {
    const { document } = await openDocument('split.md', 'Left words\n\nRight words', 'Left words');
    const right = await vscode.window.showTextDocument(document, vscode.ViewColumn.Two);
    right.selection = new vscode.Selection(2, 0, 2, 11);
    return right;
  }

  it('2.2 gives the selection of the editor that is active, also where a menu names the document', async () => {
    const { document } = await openTwice();
    const result = generateFromSelection(document.uri);
    assert.equal((await ui.quickInput())!.value, 'Right words');
    await ui.cancelInput();
    assert.equal(await result, undefined);
  });

  it('2.6 takes the panel’s link at the cursor of the editor that was active last', async () => {
    const { document } = await openTwice();
    await generateInPanel('a split fox');
    await finished('images/a-split-fox.png');
    await ui.click(action('Insert Link'));
    const linked = 'Left words\n\nRight words\n\n![a split fox](images/a-split-fox.png)';
    await assert.eventually(() => document.getText() === linked, 'the link at the end');
    assert.ok(await disk.read('images/a-split-fox.png'));
  });
});
