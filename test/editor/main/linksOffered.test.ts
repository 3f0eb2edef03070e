// The link of a picture that a person asked for: what the notification offers.
import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import {
  asked,
  imagesPath,
  leavesNoTrace,
  openMarked,
  picturesReply,
  useGateway,
} from '../../support/workspace.ts';

describe('2.8 the notification of a saved picture', () => {
  const used = useGateway('links-offered');
  const { set } = leavesNoTrace();

  before(async function () {
    await needsUi(this);
  });

  afterEach(async () => {
    await ui.cancelInput();
    await ui.clearNotifications();
  });

  /** Runs the command as a person does, answers the prompt box, and waits for the notification. */
  async function generated(words = 'Saved images/fox.png'): Promise<readonly string[]> {
    const result = vscode.commands.executeCommand('imageGateway.generate');
    await ui.quickInput();
    await ui.answerInput('Fox');
    await result;
    return (await ui.waitForNotification(words)).buttons;
  }

  const text = () => vscode.window.activeTextEditor?.document.getText();

  it('2.8 offers Insert Link in Markdown where the settings say ask, and inserts it when it is pressed', async () => {
    await set('imageGateway.markdown.insertLink', 'ask');
    await openMarked('notes/page#.md', 'one |two');
    assert.deepEqual(await generated(), ['Insert Link', 'Open', 'Copy Link']);
    assert.equal(text(), 'one two');
    await ui.clickNotification('Saved images/fox.png', 'Insert Link');
    await assert.eventually(
      () => text() === 'one ![Fox](../images/fox.png)two',
      'the link is in the document',
    );
    await vscode.commands.executeCommand('undo');
    assert.equal(text(), 'one two');
  });

  it('2.8 inserts the link at the place of the request, wherever that is by now', async () => {
    const editor = await openMarked('notes/page#.md', 'one |two');
    await generated();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'zero '));
    await ui.clickNotification('Saved images/fox.png', 'Insert Link');
    await assert.eventually(
      () => text() === 'zero one ![Fox](../images/fox.png)two',
      'the link is in the document',
    );
  });

  it('2.8 says so where the link cannot be inserted any more', async () => {
    const editor = await openMarked('notes/page#.md', 'one |two');
    await generated();
    await editor.edit((edit) => edit.delete(new vscode.Range(0, 2, 0, 6)));
    await ui.clickNotification('Saved images/fox.png', 'Insert Link');
    await ui.waitForNotification('The link was not inserted: the place in the document was edited away.');
    assert.equal(text(), 'ono');
  });

  it('2.8 offers no Insert Link where the settings say always: it is inserted', async () => {
    await set('imageGateway.markdown.insertLink', 'always');
    await openMarked('notes/page#.md', 'one |two');
    assert.deepEqual(await generated(), ['Open', 'Copy Link']);
    assert.equal(text(), 'one ![Fox](../images/fox.png)two');
  });

  it('2.8 offers no Insert Link where the settings say never: nothing is inserted', async () => {
    await set('imageGateway.markdown.insertLink', 'never');
    await openMarked('notes/page#.md', 'one |two');
    assert.deepEqual(await generated(), ['Open', 'Copy Link']);
    assert.equal(text(), 'one two');
  });

  it('2.8 offers to copy the link in other documents, where nothing is inserted', async () => {
    await set('imageGateway.markdown.insertLink', 'ask');
    await openMarked('notes/page#.txt', 'one |two');
    await vscode.env.clipboard.writeText('before');
    assert.deepEqual(await generated(), ['Open', 'Copy Link']);
    await ui.clickNotification('Saved images/fox.png', 'Copy Link');
    await assert.eventually(
      async () => (await vscode.env.clipboard.readText()) === '![Fox](../images/fox.png)',
      'the link is on the clipboard',
    );
    assert.equal(text(), 'one two');
  });

  it('2.8 copies the link as from the workspace folder where there is no document', async () => {
    await vscode.env.clipboard.writeText('before');
    assert.deepEqual(await generated(), ['Open', 'Copy Link']);
    await ui.clickNotification('Saved images/fox.png', 'Copy Link');
    await assert.eventually(
      async () => (await vscode.env.clipboard.readText()) === '![Fox](images/fox.png)',
      'the link is on the clipboard',
    );
  });

  it('2.8 opens the picture', async () => {
    await generated();
    await ui.clickNotification('Saved images/fox.png', 'Open');
    await assert.eventually(
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'fox.png',
      'the picture is open',
    );
  });

  it('2.7 and 2.8 tell of a place that became forbidden: one sentence, no file, no link', async () => {
    await set('imageGateway.markdown.insertLink', 'always');
    await openMarked('notes/page#.md', 'one |two');
    await used.gateway.reply(imagesPath, { ...picturesReply('9x9'), hang: 'untilReleased' });
    const result = vscode.commands.executeCommand('imageGateway.generate');
    await ui.quickInput();
    await ui.answerInput('Fox');
    await asked(used.gateway);
    // The run's temporary folder: should the code fail, nothing of the machine is touched.
    await disk.symlink('..', 'images');
    await used.gateway.release();
    assert.equal(await result, undefined);
    await ui.waitForNotification('The directory for the image');
    assert.equal(text(), 'one two');
  });
});
