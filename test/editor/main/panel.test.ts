import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import {
  closeEditors,
  leavesAsFound,
  onlyBody,
  openDocument,
  posts,
  set,
  useGateway,
} from '../../support/commandKit.ts';
import {
  action,
  cancelButton,
  completed,
  finished,
  frame,
  generateButton,
  generateInPanel,
  images,
  imagesPath,
  isRunning,
  listsStreamer,
  openPanel,
  partial,
  promptBox,
  streamInSteps,
  words,
} from '../../support/panelKit.ts';
import { errorReply } from '../../support/gatewayReply.ts';

const chip = (label: string, name: string) => ({ role: 'button', name: `${label} ${name}` });

describe('2.6 the panel', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  it('2.6 shows a prompt box that has the focus, the gateway, the model, Generate and Cancel', async () => {
    const { id } = await useGateway('panel');
    await set('imageGateway.model', 'acme/painter');
    await openPanel();
    await assert.eventually(async () => (await ui.inspect(promptBox)).focused, 'the focus');
    await ui.waitFor(chip('Gateway', id));
    await ui.waitFor(chip('Model', 'acme/painter'));
    assert.equal((await ui.inspect(generateButton)).attributes?.['aria-disabled'], 'false');
    assert.equal((await ui.inspect(cancelButton)).attributes?.['aria-disabled'], 'true');
  });

  it('2.6 shows another gateway and model as soon as they are chosen or set', async () => {
    const { id } = await useGateway('panel');
    await openPanel();
    await ui.waitFor(chip('Model', 'Default'));
    await ui.click(chip('Gateway', id));
    await ui.pickItem('Offline sketch');
    await ui.waitFor(chip('Gateway', 'Offline sketch'));
    await ui.click({ role: 'button', name: 'Model ', loose: true });
    await ui.pickItem('Offline sketch (chat)');
    await ui.waitFor(chip('Model', 'offline/sketch-chat'));
    await set('imageGateway.gateway', id);
    await ui.waitFor(chip('Gateway', id));
    await set('imageGateway.model', 'acme/words');
    await ui.waitFor(chip('Model', 'acme/words'));
  });

  it('2.6 shows words and a frame as they come, then the saved picture with its path and cost', async () => {
    const { gateway } = await useGateway('panel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, streamInSteps());
    await generateInPanel('the lamp room');
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request');
    assert.equal((await ui.inspect({ selector: '.text' })).visible, false, 'no words yet');
    await gateway.release();
    await ui.waitForText('Painting the lamp room.');
    assert.equal((await ui.inspect(frame)).count, 0, 'no frame yet');
    await gateway.release();
    await ui.waitFor(frame);
    assert.deepEqual(await images(), [], 'nothing is saved yet');
    await gateway.release();
    await finished('images/the-lamp-room.png');
    await ui.waitFor({ role: 'img', name: 'the lamp room' });
    assert.equal((await ui.inspect(frame)).count, 0);
    await ui.waitForText('64 × 48 · PNG');
    await ui.waitForText('0.0125 USD · 42 tokens');
    await ui.waitForText('Painting the lamp room.');
  });

  it('2.6 asks one model for one picture and saves it at once', async () => {
    const { gateway } = await useGateway('panel');
    await set('imageGateway.model', 'acme/painter');
    await generateInPanel('a red fox');
    await finished('images/a-red-fox.png');
    assert.deepEqual(await onlyBody(gateway), { model: 'acme/painter', prompt: 'a red fox' });
    assert.deepEqual(await images(), ['a-red-fox.png']);
  });

  it('2.6 says how what came differs from what was asked for', async () => {
    const { gateway } = await useGateway('panel');
    await set('imageGateway.output.format', 'jpeg');
    await set('imageGateway.model', 'acme/painter');
    await generateInPanel('a red fox');
    await finished('images/a-red-fox.jpg');
    const notices = await ui.texts({ selector: '.notices li' });
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /^Notice:\s+PNG came and was converted to JPEG\.$/);
    assert.equal((await posts(gateway)).length, 1);
  });

  it('2.6 generates on Ctrl+Enter and cancels on Escape', async () => {
    const { gateway } = await useGateway('panel');
    await gateway.reply(imagesPath, { hang: 'before' });
    await openPanel('a keyboard');
    await assert.eventually(async () => (await ui.inspect(promptBox)).value === 'a keyboard', 'the prompt');
    await ui.press('Control+Enter', promptBox);
    await assert.eventually(isRunning, 'it runs');
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request');
    await ui.press('Escape', promptBox);
    await ui.waitForText('Cancelled. The gateway may still bill the request.');
    await assert.eventually(async () => !(await isRunning()), 'it is over');
    assert.deepEqual(await images(), []);
  });

  it('2.6 asks for nothing without a prompt, and never twice at once', async () => {
    const { gateway } = await useGateway('panel');
    await gateway.reply(imagesPath, { hang: 'untilReleased', json: { data: [] } });
    await openPanel(' ');
    await ui.fill(promptBox, '  ');
    await ui.press('Control+Enter', promptBox);
    await ui.fill(promptBox, 'a fox');
    await ui.press('Control+Enter', promptBox);
    await assert.eventually(isRunning, 'it runs');
    await ui.press('Control+Enter', promptBox);
    await ui.press('Enter', generateButton);
    await gateway.release();
    await ui.waitForText('No image was made.');
    assert.deepEqual(
      (await posts(gateway)).map((one) => (one.body as { prompt: string }).prompt),
      ['a fox'],
    );
  });

  it('2.6 takes the selected text along, else the prompt that it is given', async () => {
    await openDocument('panel.md', 'The keeper lights the lamp.', 'lights the lamp');
    await openPanel();
    await assert.eventually(
      async () => (await ui.inspect(promptBox)).value === 'lights the lamp',
      'selection',
    );
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await openPanel('a brass lens');
    await assert.eventually(async () => (await ui.inspect(promptBox)).value === 'a brass lens', 'the prompt');
    await vscode.commands.executeCommand('workbench.action.focusFirstEditorGroup');
    vscode.window.activeTextEditor!.selection = new vscode.Selection(0, 0, 0, 0);
    await openPanel();
    assert.equal((await ui.inspect(promptBox)).value, 'a brass lens', 'no selection changes nothing');
  });

  it('2.6 tells a failure in one sentence with its next step, once, and Show Log opens the log', async () => {
    const { gateway } = await useGateway('panel');
    await gateway.reply(imagesPath, errorReply(429, 'Slow down'));
    await generateInPanel('a fox in a hurry');
    // The panel may still show how the request before it failed.
    await ui.waitForText('Slow down', { selector: '.failure p' });
    await ui.waitFor({ role: 'region', name: 'No image was made.' });
    const [sentence] = await ui.texts({ selector: '.failure p' });
    assert.match(sentence!, /asks to wait: “Slow down” \(HTTP 429\); try again in a while\.$/);
    assert.deepEqual(await ui.notifications(), [], 'it is not said again elsewhere');
    await ui.click({ role: 'button', name: 'Show Log' });
    await ui.waitFor({
      within: 'workbench',
      selector: '.part.panel .output-view, .part.panel .pane-body.output-view',
    });
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  it('2.6 shows hostile words as the words they are', async () => {
    const { gateway } = await useGateway('panel');
    const evil = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script> **b** [l](command:x)`;
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, { sse: [words(evil), completed(false)] });
    await generateInPanel(evil);
    await assert.eventually(async () => (await images()).length === 1, 'the picture');
    await ui.waitFor(action('Open'));
    assert.deepEqual(await ui.texts({ selector: '.text' }), [evil]);
    assert.deepEqual(await ui.texts({ selector: '.request-prompt' }), [evil]);
    assert.equal(await ui.evaluate(`document.querySelectorAll('[src=x], main script, a').length`), 0);
    assert.equal(await ui.evaluate(`typeof window.pwned`), 'undefined');
  });
});

describe('2.6 the panel comes back', () => {
  leavesAsFound();
  beforeEach(async function () {
    await needsUi(this);
  });

  it('2.6 with prompt, words, picture and actions after it was hidden by another editor', async () => {
    const { gateway } = await useGateway('panel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, { sse: [words('Here it is.'), completed(false)] });
    await generateInPanel('a hidden fox');
    await finished('images/a-hidden-fox.png');
    await ui.fill(promptBox, 'a next draft');
    await hideBehind('README.md');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await finished('images/a-hidden-fox.png');
    await seesAll('a hidden fox', 'Here it is.', 'a next draft');
    await ui.click(action('Copy Link'));
    await assert.eventually(
      async () => (await vscode.env.clipboard.readText()) === '![a hidden fox](images/a-hidden-fox.png)',
      'the link on the clipboard',
    );
  });

  it('2.6 with what came while it was hidden', async () => {
    const { gateway } = await useGateway('panel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, {
      sse: [words('First words.'), words(' And more.', true), partial(), completed()],
    });
    await generateInPanel('a patient fox');
    await ui.waitForText('First words.');
    await hideBehind('README.md');
    await gateway.release();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await ui.waitForText('First words. And more.');
    assert.equal(await isRunning(), true);
    await hideBehind('README.md');
    await gateway.release();
    await gateway.release();
    await assert.eventually(async () => (await images()).length === 1, 'it is saved while nobody looks');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await finished('images/a-patient-fox.png');
    await ui.waitFor({ role: 'img', name: 'a patient fox' });
  });

  it('2.6 as it was after its page was loaded anew', async () => {
    const { gateway } = await useGateway('panel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, { sse: [words('Here it is.'), completed(false)] });
    await generateInPanel('a fox anew');
    await finished('images/a-fox-anew.png');
    await ui.fill(promptBox, 'a draft to keep');
    await ui.evaluate('(window.isOldPage = true)');
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await assert.eventually(
      async () => (await ui.evaluate('typeof window.isOldPage').catch(() => '')) === 'undefined',
      'another page',
    );
    await finished('images/a-fox-anew.png');
    await seesAll('a fox anew', 'Here it is.', 'a draft to keep');
  });

  it('2.6 with its last picture, read from the file, after it was closed; without a file it says so', async () => {
    const { gateway } = await useGateway('panel');
    await listsStreamer(gateway);
    await gateway.reply(imagesPath, { sse: [words('Here it is.'), completed(false)] });
    await generateInPanel('a closed fox');
    await finished('images/a-closed-fox.png');
    await closeEditors();
    await openPanel();
    await finished('images/a-closed-fox.png');
    await seesAll('a closed fox', 'Here it is.', 'a closed fox');
    await closeEditors();
    await disk.remove('images/a-closed-fox.png');
    await openPanel();
    await ui.waitForText('The file is no longer there.');
    assert.equal((await ui.inspect(action('Copy Image'))).attributes?.['aria-disabled'], 'true');
  });

  it('2.6 cancelled where it was closed in the middle, and takes another request', async () => {
    const { gateway } = await useGateway('panel');
    await gateway.queue(imagesPath, { hang: 'before' });
    await generateInPanel('a fox cut short');
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request');
    await closeEditors();
    await assert.eventually(async () => (await posts(gateway))[0]!.closedEarly, 'the connection is closed');
    await openPanel();
    await ui.waitForText('Cancelled. The gateway may still bill the request.');
    await ui.click(generateButton);
    await finished('images/a-fox-cut-short.png');
  });

  async function hideBehind(file: string): Promise<void> {
    const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, file);
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Active, preview: false });
    await ui.waitFor(promptBox, 'hidden');
  }

  async function seesAll(prompt: string, text: string, draft: string): Promise<void> {
    await ui.waitFor({ role: 'img', name: prompt });
    assert.deepEqual(await ui.texts({ selector: '.request-prompt' }), [prompt]);
    assert.deepEqual(await ui.texts({ selector: '.text' }), [text]);
    assert.equal((await ui.inspect(promptBox)).value, draft);
  }
});
