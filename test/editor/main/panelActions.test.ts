import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { needsUi, ui } from '../../support/client.ts';
import { leavesAsFound, openDocument, set, useGateway, workspaceUri } from '../../support/commandKit.ts';
import {
  action,
  actFromMenu,
  finished,
  generateInPanel,
  imagesPath,
  openPanel,
  promptBox,
} from '../../support/panelKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';

const path = 'images/a-brass-lens.png';

describe('2.6 the finished picture in the panel', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
    const { gateway } = await useGateway('panel-actions');
    await set('imageGateway.model', 'acme/painter');
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: pngBase64('33x21 #204060') }] } });
  });

  it('2.6 opens in the editor', async () => {
    await make();
    await ui.click(action('Open'));
    const input = (await assert.eventually(
      () => vscode.window.tabGroups.all.map((group) => group.activeTab?.input).find(isCustomEditor),
      'the picture in an editor',
    ))!;
    assert.equal(input.uri.toString(), workspaceUri(path).toString());
  });

  it('2.6 is revealed in the explorer', async () => {
    await make();
    await actFromMenu('Reveal');
    await ui.waitFor({
      within: 'workbench',
      selector: '.explorer-folders-view .monaco-list-row.selected',
      text: 'a-brass-lens.png',
    });
  });

  it('2.6 is linked from the Markdown document that was active last, as one undo', async () => {
    const editor = await openDocument('docs/lens.md', '# The lens\n\n');
    await make();
    await ui.click(action('Insert Link'));
    const { document } = editor;
    await assert.eventually(
      () => document.getText() === '# The lens\n\n![a brass lens](../images/a-brass-lens.png)',
      'the link',
    );
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), '# The lens\n\n');
  });

  it('2.6 is linked nowhere without a Markdown document, and the panel says what to do', async () => {
    await make();
    await ui.click(action('Insert Link'));
    await ui.waitForNotification('Open a document and set the cursor');
  });

  it('2.6 is copied as a link from the document, and as a path', async () => {
    await openDocument('docs/lens.md', '# The lens\n\n');
    await make();
    await actFromMenu('Copy Link');
    await clipboardIs('![a brass lens](../images/a-brass-lens.png)');
    await actFromMenu('Copy Path');
    const uri = workspaceUri(path);
    await clipboardIs(uri.scheme === 'file' ? uri.fsPath : uri.path);
  });

  it('2.6 is copied as a picture', async () => {
    await make();
    await actFromMenu('Copy Image');
    await ui.waitForText('The image is on the clipboard.', { selector: '.flash' });
    const { types, png } = await ui.clipboard();
    assert.includes(types.join(), 'image/png');
    // Width and height stand at the same place in every PNG; Chromium writes the file anew.
    const header = Uint8Array.from(atob(png!).slice(0, 24), (character) => character.charCodeAt(0));
    const view = new DataView(header.buffer);
    assert.deepEqual([view.getUint32(16), view.getUint32(20)], [33, 21]);
  });

  it('2.6 is shown pixel by pixel as it is', async () => {
    await make();
    const pixel = await ui.evaluate(`(() => {
      const img = document.querySelector('.picture img');
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [img.naturalWidth, img.naturalHeight];
      const context = canvas.getContext('2d');
      context.drawImage(img, 0, 0);
      return [canvas.width, canvas.height, ...context.getImageData(5, 5, 1, 1).data];
    })()`);
    assert.deepEqual(pixel, [33, 21, 0x20, 0x40, 0x60, 255]);
  });

  it('2.6 is made, looked at and used by keyboard alone', async () => {
    await openPanel();
    await assert.eventually(async () => (await ui.inspect(promptBox)).focused, 'the focus');
    await ui.press('ControlOrMeta+a');
    await ui.type('a brass lens');
    await ui.press('Control+Enter');
    await finished(path);
    assert.equal((await ui.inspect(promptBox)).focused, true, 'the focus stays');
    const receipt = { selector: '.receipt summary' };
    // Past the references.
    for (let tabs = 0; tabs < 4 && !(await ui.inspect(receipt)).focused; tabs++) {
      await ui.press('Shift+Tab');
      await assert.eventually(async () => !(await ui.inspect(promptBox)).focused, 'the focus leaves the box');
    }
    await assert.eventually(async () => (await ui.inspect(receipt)).focused, 'the focus on the receipt');
    await ui.press('Shift+Tab');
    const hasFocus = (name: string) =>
      assert.eventually(async () => (await ui.inspect(action(name))).focused, `the focus on ${name}`);
    await hasFocus('Open');
    await ui.press('ArrowRight');
    await hasFocus('Insert Link');
    await ui.press('End');
    await hasFocus('More Actions…');
    await ui.press('Enter');
    const rowHasFocus = (name: string) =>
      assert.eventually(
        async () => (await ui.inspect({ role: 'menuitem', name })).focused,
        `the focus on ${name}`,
      );
    await rowHasFocus('Use as Reference');
    await ui.press('End');
    await rowHasFocus('Copy Image');
    await ui.press('ArrowUp');
    await rowHasFocus('Copy Path');
    await ui.press('Enter');
    await clipboardIs(
      workspaceUri(path).scheme === 'file' ? workspaceUri(path).fsPath : workspaceUri(path).path,
    );
    await hasFocus('More Actions…');
    // The receipt, the references.
    for (let count = 0; count < 3; count++) await ui.press('Tab');
    await assert.eventually(async () => (await ui.inspect(promptBox)).focused, 'back in the prompt box');
    const stops = [];
    for (let count = 0; count < 5; count++) {
      await ui.press('Tab');
      const name = `(e => e.getAttribute('aria-label') ?? e.textContent)(document.activeElement)`;
      stops.push(await ui.evaluate(name));
    }
    assert.deepEqual(stops, ['Size', 'Images', 'More', 'Cancel', 'Generate']);
    for (let count = 0; count < 9; count++) await ui.press('Shift+Tab');
    assert.equal(await ui.evaluate(`document.activeElement.textContent`), 'History');
    await ui.press('Shift+Tab');
    assert.equal(await ui.evaluate(`document.activeElement.textContent`), 'Compare');
    await ui.press('Shift+Tab');
    assert.match(String(await ui.evaluate(`document.activeElement.textContent`)), /^Model /);
  });

  it('2.6 is told to a screen reader with names for all that can be pressed', async () => {
    await make();
    const tree = await ui.ariaSnapshot();
    for (const line of [
      'banner:',
      'button "Gateway panel-actions-',
      'button "Model acme/painter"',
      'main:',
      'heading "a brass lens" [level=1]',
      'img "a brass lens"',
      `toolbar "Actions for ${path}":`,
      ...['Open', 'Insert Link', 'Edit', 'More Actions…'].map((one) => `button "${one}"`),
      'textbox "Prompt":',
      'button "Cancel" [disabled]',
      'button "Generate"',
      `status: Saved ${path}.`,
    ])
      assert.includes(tree, line);
    assert.equal(
      /- (button|img|textbox|toolbar)( \[[^\]]*\])?:?$/m.test(tree),
      false,
      `a name is missing: ${tree}`,
    );
    const box = await ui.inspect(promptBox);
    assert.equal(box.attributes?.['aria-describedby'], 'prompt-hint');
  });

  async function make(): Promise<void> {
    await generateInPanel('a brass lens');
    await finished(path);
    await ui.waitFor({ role: 'img', name: 'a brass lens' });
  }
});

function isCustomEditor(input: unknown): input is vscode.TabInputCustom {
  return input instanceof vscode.TabInputCustom;
}

async function clipboardIs(text: string): Promise<void> {
  await assert.eventually(
    async () => (await vscode.env.clipboard.readText()) === text,
    `${text} on the clipboard`,
  );
}
