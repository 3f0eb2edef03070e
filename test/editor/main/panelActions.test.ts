import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import { leavesAsFound, openDocument, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import { generateInPanel, openPanel, page, slowChat } from '../../support/panelKit.ts';

const hasTab = (label: string) =>
  vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.label === label));

describe('2.6 the actions of a finished picture', () => {
  leavesAsFound();

  before(async function () {
    await needsUi(this);
  });

  beforeEach(async () => {
    const { gateway } = await useGateway('actions');
    await set('imageGateway.model', 'acme/chatty');
    await gateway.reply('/chat/completions', slowChat(1));
  });

  async function pictureInPanel(prompt: string): Promise<void> {
    await openPanel();
    await generateInPanel(prompt);
    await ui.waitFor(page.button('Copy Link'));
  }

  it('2.6 Open opens the picture', async () => {
    await pictureInPanel('To be opened');
    await ui.click(page.button('Open'));
    await assert.eventually(() => hasTab('to-be-opened.png'), 'the picture is open');
  });

  it('2.6 Reveal shows the file in the explorer', async () => {
    await pictureInPanel('To be revealed');
    await ui.click(page.button('Reveal'));
    await ui.waitFor({
      within: 'workbench',
      selector: '.explorer-viewlet .monaco-list-row.selected',
      text: 'to-be-revealed.png',
    });
  });

  it('2.6 Insert Link inserts into the Markdown document that was active last, at its cursor', async () => {
    const editor = await openDocument('docs/actions.md', 'Before\n\nAfter', 'Before');
    editor.selection = new vscode.Selection(1, 0, 1, 0);
    await pictureInPanel('To be linked');
    await ui.click(page.button('Insert Link'));
    await assert.eventually(
      () => editor.document.getText() === 'Before\n![To be linked](../images/to-be-linked.png)\nAfter',
      'the link is in',
    );
  });

  it('2.6 Insert Link says what is missing when no Markdown is open', async () => {
    await pictureInPanel('Nowhere to go');
    await ui.click(page.button('Insert Link'));
    await ui.waitForNotification('Open a Markdown document');
  });

  it('2.6 Copy Link copies a link relative to the document', async () => {
    await openDocument('docs/actions.md', 'Text');
    await pictureInPanel('To be copied');
    await ui.click(page.button('Copy Link'));
    await assert.eventually(
      async () => (await vscode.env.clipboard.readText()) === '![To be copied](../images/to-be-copied.png)',
      'the link is on the clipboard',
    );
  });

  it('2.6 Copy Path copies where the file is', async () => {
    await pictureInPanel('Path please');
    await ui.click(page.button('Copy Path'));
    const uri = workspaceUri('images/path-please.png');
    const path = uri.scheme === 'file' ? uri.fsPath : uri.path;
    await assert.eventually(
      async () => (await vscode.env.clipboard.readText()) === path,
      'the path is on the clipboard',
    );
  });

  it('2.6 Copy Image copies the picture', async () => {
    await pictureInPanel('As a picture');
    await ui.click(page.button('Copy Image'));
    const copied = await assert.eventually(
      async () => (await ui.clipboard()).png,
      'a picture is on the clipboard',
    );
    const bytes = Uint8Array.from(atob(copied ?? ''), (letter) => letter.charCodeAt(0));
    const view = new DataView(bytes.buffer);
    assert.deepEqual([view.getUint32(16), view.getUint32(20)], [64, 48]);
    await ui.waitForText('The image is on the clipboard.');
  });

  it('2.6 a file that is gone is said to be gone when the page comes back', async () => {
    await pictureInPanel('Soon gone');
    await disk.remove('images/soon-gone.png');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await openPanel();
    await ui.waitForText('The file is no longer there.');
  });
});
