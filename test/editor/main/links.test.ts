// When a link is inserted and when it is asked for; how it looks is the matter of point 2.8.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import {
  generate,
  generateFromSelection,
  leavesAsFound,
  openDocument,
  set,
  shown,
  useGateway,
} from '../../support/commandKit.ts';

const setting = 'imageGateway.markdown.insertLink';
const text = 'The fox sleeps.\n';
const linked = `${text}![a fox](images/a-fox.png)`;

/** Runs Generate Image by hand, with arguments as a keybinding may hold. */
async function generateByHand(args: Readonly<Record<string, unknown>> = {}) {
  const result = generate(args);
  await ui.quickInput();
  await ui.answerInput('a fox');
  return result;
}

describe('2.2 markdown.insertLink', () => {
  leavesAsFound();
  let editor: vscode.TextEditor;

  beforeEach(async () => {
    await useGateway('links');
    editor = await openDocument('story.md', text);
  });

  it('2.2 with `prompt`, `ask` means never', async function () {
    assert.equal(vscode.workspace.getConfiguration().get(setting), 'ask');
    const { notices } = await generate({ prompt: 'a fox' });
    assert.equal(editor.document.getText(), text);
    assert.deepEqual(notices, []);
    if (await ui.available()) assert.deepEqual(await shown(), { notifications: [], question: undefined });
  });

  it('2.2 with `prompt`, `always` inserts and `never` does not', async () => {
    await set(setting, 'never');
    await generate({ prompt: 'another fox' });
    assert.equal(editor.document.getText(), text);
    await set(setting, 'always');
    await generate({ prompt: 'a fox' });
    assert.equal(editor.document.getText(), linked);
  });

  it('2.2 the argument insertLink decides before the setting', async () => {
    await set(setting, 'always');
    await generate({ prompt: 'another fox', insertLink: false });
    assert.equal(editor.document.getText(), text);
    await set(setting, 'never');
    await generate({ prompt: 'a fox', insertLink: true });
    assert.equal(editor.document.getText(), linked);
  });

  it('2.2 a link that has no Markdown document to go to is a notice, and the image is saved', async () => {
    await openDocument('notes.txt', 'No Markdown.');
    const { images, notices } = await generate({ prompt: 'a fox', insertLink: true });
    assert.equal(images.length, 1);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['linkNotInserted'],
    );
    assert.equal(vscode.window.activeTextEditor!.document.getText(), 'No Markdown.');
  });

  it('2.2 without `prompt`, `ask` offers the link and inserts it where it is wanted', async function () {
    await needsUi(this);
    await generateByHand();
    const { buttons } = await ui.waitForNotification('Saved images/a-fox.png.');
    assert.deepEqual(buttons, ['Insert Link', 'Open', 'Copy Link']);
    assert.equal(editor.document.getText(), text);
    await ui.clickNotification('Saved images/a-fox.png.', 'Insert Link');
    await assert.eventually(() => editor.document.getText() === linked, 'the link');
  });

  it('2.2 without `prompt`, `never` and insertLink false offer a copy only', async function () {
    await needsUi(this);
    await generateByHand({ insertLink: false });
    assert.deepEqual((await ui.waitForNotification('Saved')).buttons, ['Open', 'Copy Link']);
    await ui.clearNotifications();
    await set(setting, 'never');
    await generateByHand();
    assert.deepEqual((await ui.waitForNotification('Saved')).buttons, ['Open', 'Copy Link']);
    await ui.clickNotification('Saved', 'Copy Link');
    const copied = '![a fox](images/a-fox-1.png)';
    await assert.eventually(async () => (await vscode.env.clipboard.readText()) === copied, 'the copy');
    assert.equal(editor.document.getText(), text);
  });

  it('2.2 without `prompt`, `always` inserts at once and offers no second link', async function () {
    await needsUi(this);
    await set(setting, 'always');
    await generateByHand();
    assert.deepEqual((await ui.waitForNotification('Saved')).buttons, ['Open', 'Copy Link']);
    assert.equal(editor.document.getText(), linked);
  });

  it('2.2 `ask` offers no link where no Markdown document is active', async function () {
    await needsUi(this);
    await openDocument('notes.txt', 'No Markdown.');
    await generateByHand();
    assert.deepEqual((await ui.waitForNotification('Saved')).buttons, ['Open', 'Copy Link']);
    await ui.clickNotification('Saved', 'Open');
    await assert.eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'a-fox.png',
      'the image is opened',
    );
    assert.deepEqual(await disk.list('images'), ['a-fox.png']);
  });

  it('2.2 after a selection the link stands in a paragraph of its own', async () => {
    editor.selection = new vscode.Selection(0, 0, 0, text.length - 1);
    await generateFromSelection({ prompt: 'a fox', insertLink: true });
    assert.equal(editor.document.getText(), 'The fox sleeps.\n\n![a fox](images/a-fox.png)\n');
  });
});
