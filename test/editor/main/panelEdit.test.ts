import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { leavesAsFound, posts, set, sha256, useGateway, workspaceUri } from '../../support/commandKit.ts';
import type { Target } from '../../support/controlApi.ts';
import { chatImage, pngBase64 } from '../../support/gatewayReply.ts';
import { action, chatPath, finished, generateInPanel, imagesPath } from '../../support/panelKit.ts';

const editsPath = '/images/edits';
const path = 'images/a-paper-crane.png';
const [orange, blue, green] = ['64x48 #ff8800', '64x48 #0044ff', '64x48 #00aa00'];
const answer = (picture: string) => ({ json: { data: [{ b64_json: pngBase64(picture) }] } });
const reply = (picture: string, content: string) => ({
  json: { choices: [{ message: { content, images: [chatImage(picture)] }, finish_reason: 'stop' }] },
});
const within = (selector: string): Target => ({ selector: `.edit ${selector}` });
const prompt = within('textarea');
const generateButton = within('button:has-text("Generate")');
const canvas: Target = { selector: '.edit [role="application"]' };
const replace: Target = { role: 'button', name: 'Replace a-paper-crane.png' };

/** Red, green and blue of one pixel of the picture that the panel shows. */
async function pixelAt(x: number, y: number): Promise<unknown> {
  return ui.evaluate(`(async () => {
    const img = document.querySelector('.picture-view img');
    await img.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: img.naturalWidth, height: img.naturalHeight });
    const context = canvas.getContext('2d');
    context.drawImage(img, 0, 0);
    return [...context.getImageData(${x}, ${y}, 1, 1).data].slice(0, 3);
  })()`);
}

describe('5.3 a picture of the panel is edited', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async function () {
    await needsUi(this);
    ({ gateway } = await useGateway('panel-edit'));
    await set('imageGateway.model', 'acme/painter');
    await gateway.reply(imagesPath, answer(orange));
    await gateway.reply(editsPath, answer(blue));
  });
  afterEach(async () => {
    // What a test left open would lie over the panel of the next.
    if (!(await ui.available()) || (await ui.inspect(prompt)).count === 0) return;
    await ui.evaluate(`document.querySelector('.edit')?.remove()`);
  });

  /** A picture of the panel, saved, and its edit opened. */
  const begin = async () => {
    await generateInPanel('a paper crane');
    await finished(path);
    await ui.click(action('Edit'));
    await ui.waitFor(prompt);
  };
  const markTheMiddle = async () => {
    await ui.focus(canvas);
    // Begins a stroke, and ends it: a dot.
    await ui.press(' ');
    await ui.press(' ');
  };
  const ask = async (words: string) => {
    await ui.fill(prompt, words);
    await ui.clearNotifications();
    await ui.click(generateButton);
    await ui.waitFor({ selector: '.edit .compare', timeoutMs: 20_000 });
  };

  it('5.3 changes where it was marked, stays to the last bit elsewhere, and comes back', async () => {
    await begin();
    const before = await sha256((await disk.read(path))!);
    await markTheMiddle();
    await ask('make it blue');
    const [, post] = await posts(gateway);
    const body = post!.body as Record<string, unknown>;
    assert.equal(post!.path, `/v1${editsPath}`);
    assert.equal(body['prompt'], 'make it blue');
    assert.match(JSON.stringify(body['mask']), /^\{"image_url":"data:image\/png;base64,/);
    assert.equal(await sha256((await disk.read(path))!), before, 'nothing is replaced before it is accepted');
    await ui.click(replace);
    await ui.waitForNotification('a-paper-crane.png was replaced');
    await ui.clearNotifications();
    await assert.eventually(async () => (await ui.inspect(prompt)).count === 0, 'the edit is closed');
    await assert.eventually(async () => String(await pixelAt(32, 24)) === '0,68,255', 'blue in the middle');
    assert.deepEqual(await pixelAt(1, 1), [255, 136, 0]);
    assert.deepEqual(await disk.list('images'), ['a-paper-crane.png'], 'no other file');
    await vscode.commands.executeCommand('imageGateway.restorePrevious', workspaceUri(path));
    assert.equal(await sha256((await disk.read(path))!), before);
  });

  it('5.3 is not accepted where the file has changed since, and stays on the screen', async () => {
    await begin();
    await ask('make it blue');
    const other = await makePicture('9x9 #123456');
    await disk.write(path, other);
    await ui.click(replace);
    await ui.waitForText('a-paper-crane.png', { selector: '.edit .failure p' });
    assert.deepEqual(await disk.read(path), other);
    assert.equal((await ui.inspect(within('.compare'))).count, 1);
  });

  it('5.3 leaves nothing where it is given up', async () => {
    await begin();
    const before = await disk.read(path);
    await ask('make it blue');
    await ui.press('Escape');
    await ui.click({ role: 'button', name: 'Leave' });
    await assert.eventually(async () => (await ui.inspect(prompt)).count === 0, 'the edit is closed');
    assert.deepEqual(await disk.read(path), before);
    assert.deepEqual(await disk.list('images'), ['a-paper-crane.png']);
  });

  it('5.3 goes on from what was made, with the whole conversation on the chat route', async () => {
    await set('imageGateway.model', 'acme/chatty');
    await gateway.queue(
      chatPath,
      reply(orange, 'Folded.'),
      reply(blue, 'Blue now.'),
      reply(green, 'Green now.'),
    );
    await begin();
    await ask('make it blue');
    await ui.waitForText('Blue now.', { selector: '.edit .text' });
    await ui.fill(prompt, 'no, green');
    await ui.click(generateButton);
    await ui.waitForText('Green now.', { selector: '.edit .text' });
    const { messages } = (await posts(gateway)).at(-1)!.body as { messages: { role: string }[] };
    assert.deepEqual(
      messages.map(({ role }) => role),
      ['user', 'assistant', 'user', 'assistant', 'user'],
    );
    const said = JSON.stringify(messages);
    for (const words of ['a paper crane', 'Folded.', 'make it blue', 'Blue now.', 'no, green'])
      assert.includes(said, words);
    // The original, and what was made of it: each once.
    assert.equal(said.split('data:image/png;base64,').length - 1, 2);
  });

  it('5.3 describes what is marked where the route has no mask, and puts the rest back', async () => {
    await set('imageGateway.model', 'acme/chatty');
    await gateway.queue(chatPath, reply(orange, ''), reply(blue, ''));
    await begin();
    await markTheMiddle();
    await ask('make it blue');
    assert.match(
      JSON.stringify((await posts(gateway)).at(-1)!.body),
      /change only the area from .* of the width/,
    );
    await ui.click(replace);
    await ui.waitForNotification('a-paper-crane.png was replaced');
    await assert.eventually(async () => String(await pixelAt(32, 24)) === '0,68,255', 'blue in the middle');
    assert.deepEqual(await pixelAt(1, 1), [255, 136, 0]);
  });

  it('5.3 is there again after the panel was hidden, with what was made', async () => {
    await begin();
    await ask('make it blue');
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'over it' }), {
      viewColumn: vscode.window.tabGroups.activeTabGroup.viewColumn,
    });
    await openPanelAgain();
    await ui.waitFor({ selector: '.edit .compare', timeoutMs: 20_000 });
    await ui.waitFor(replace);
  });
});

async function openPanelAgain(): Promise<void> {
  await vscode.commands.executeCommand('imageGateway.openPanel');
}
