import * as vscode from 'vscode';
import { encodePng } from '../../../src/core/image/codecs/pngEncoder.ts';
import type { MaskStroke } from '../../../src/core/image/maskStroke.ts';
import { maskFromStrokes } from '../../../src/core/image/maskStrokes.ts';
import type { GenerateResult } from '../../../src/host/imageCall.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  onlyBody,
  posts,
  sha256,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';
import { chatImage, pngBase64 } from '../../support/gatewayReply.ts';
import { chatPath } from '../../support/panelKit.ts';
import { previousVersions } from '../../support/previousVersionsKit.ts';

const editsPath = '/images/edits';
const run = <T>(command: string, ...args: readonly unknown[]) =>
  vscode.commands.executeCommand<T>(`imageGateway.${command}`, ...args);
const edit = (...args: readonly unknown[]) => run<GenerateResult>('edit', ...args);
const codes = ({ notices }: GenerateResult) => notices.map(({ code }) => code);
const logo = workspaceUri('art/logo.png');
const other = workspaceUri('art/other.png');
const dataUrl = (bytes: Uint8Array) =>
  `data:image/png;base64,${btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))}`;

const [orange, blue] = ['32x24 #ff8800', '64x48 #0044ff'];
const marked: MaskStroke = { tool: 'rectangle', x: 8, y: 6, width: 12, height: 9 };

/** What is saved of the edit: orange as it was, blue where it is marked. */
async function composed(): Promise<Uint8Array> {
  const [width, height] = [32, 24];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isMarked = x >= 8 && x < 20 && y >= 6 && y < 15;
      data.set(isMarked ? [0, 0x44, 0xff, 255] : [0xff, 0x88, 0, 255], (y * width + x) * 4);
    }
  return encodePng({ width, height, data }, true);
}

describe('5.3 Edit Image with Prompt', () => {
  leavesAsFound();
  let gateway: TestGateway;
  let before: Uint8Array;

  beforeEach(async () => {
    ({ gateway } = await useGateway('edit'));
    await gateway.reply(editsPath, { json: { data: [{ b64_json: pngBase64(blue) }] } });
    before = await makePicture(orange);
    await vscode.workspace.fs.writeFile(logo, before);
  });

  it('5.3 edits the image at a Uri and makes a new file; the image stays as it was', async () => {
    const result = await edit(logo, { prompt: 'make it blue', model: 'acme/painter' });
    assert.deepEqual(await onlyBody(gateway), {
      ...{ model: 'acme/painter', prompt: 'make it blue' },
      images: [{ image_url: dataUrl(before) }],
    });
    assert.equal((await posts(gateway))[0]?.path, `/v1${editsPath}`);
    assert.equal(result.images[0]?.uri.path, workspaceUri('images/make-it-blue.png').path);
    assert.deepEqual(await disk.read('images/make-it-blue.png'), await makePicture(blue));
    assert.deepEqual(await disk.read('art/logo.png'), before);
  });

  it('5.3 takes other selected files along, and references after them; alone, the first of those is edited', async () => {
    const second = await makePicture('5x5 #00ff00');
    await vscode.workspace.fs.writeFile(other, second);
    const args = { prompt: 'both', model: 'acme/painter' };
    await edit(logo, [logo, other], { ...args, references: ['art/logo.png'] });
    const images = (await onlyBody(gateway))['images'] as { image_url: string }[];
    assert.deepEqual(
      images.map(({ image_url }) => image_url),
      [before, second, before].map(dataUrl),
    );
    await edit({ ...args, references: [other] });
    const body = (await posts(gateway))[1]?.body as Record<string, unknown>;
    assert.deepEqual(body['images'], [{ image_url: dataUrl(second) }]);
  });

  it('5.3 with a mask: the file goes along, and outside it the original is put back in its size', async () => {
    const mask = await maskFromStrokes(32, 24, [marked]);
    await disk.write('art/mask.png', mask);
    const result = await edit(logo, { prompt: 'blue', model: 'acme/painter', mask: 'art/mask.png' });
    const body = await onlyBody(gateway);
    assert.deepEqual([body['prompt'], body['mask']], ['blue', { image_url: dataUrl(mask) }]);
    assert.deepEqual(codes(result), ['outsideRestored']);
    assert.deepEqual([result.images[0]?.width, result.images[0]?.height], [32, 24]);
    assert.deepEqual(await disk.read('images/blue.png'), await composed());
  });

  it('5.3 with a mask over chat: its region in words, and outside it the original is put back', async () => {
    await disk.write('art/mask.png', await maskFromStrokes(32, 24, [marked]));
    const message = { role: 'assistant', content: '', images: [chatImage(blue)] };
    await gateway.reply(chatPath, { json: { choices: [{ index: 0, message, finish_reason: 'stop' }] } });
    const args = { prompt: 'blue', model: 'acme/chatty', mask: 'art/mask.png', references: ['art/logo.png'] };
    const result = await generate(args);
    const { messages } = (await onlyBody(gateway)) as { messages: { content: unknown[] }[] };
    const [text, ...pictures] = messages[0]!.content as { text?: string }[];
    assert.match(
      text?.text ?? '',
      /^blue\n\nImage 1 is to be edited: change only the area from 2\d % to 6\d % of the width/,
    );
    assert.deepEqual(pictures, [{ type: 'image_url', image_url: { url: dataUrl(before) } }]);
    assert.deepEqual(codes(result), ['outsideRestored']);
    assert.deepEqual(await disk.read('images/blue.png'), await composed());
  });

  it('5.3 is refused before anything is sent: no image, none of the workspace, a mask that does not fit', async () => {
    const args = { prompt: 'blue', model: 'acme/painter' };
    await disk.write('art/empty.png', await maskFromStrokes(32, 24, []));
    await disk.write('art/small.png', await maskFromStrokes(9, 9, [marked]));
    await disk.write('art/words.png', 'API_KEY=very-secret');
    for (const given of [
      [args],
      [{ ...args, references: [] }],
      [vscode.Uri.joinPath(workspaceUri('.'), '..', 'outside.png'), args],
      [workspaceUri('art/words.png'), args],
      [logo, { ...args, unknown: 1 }],
      [logo, { ...args, mask: 'art/words.png' }],
    ])
      await failsWith('invalidArguments', edit(...given));
    const nothing = await failsWith('invalidArguments', edit(logo, { ...args, mask: 'art/empty.png' }));
    assert.match(nothing.message, /marks nothing/);
    const small = await failsWith('invalidArguments', edit(logo, { ...args, mask: 'art/small.png' }));
    assert.match(small.message, /has 9×9 pixels, but the image that it is for has 32×24/);
    assert.deepEqual(await gateway.requests(), []);
    assert.deepEqual(await disk.list('images'), []);
  });

  it('5.3 asks for the prompt in a box that names the file, and takes no menu’s words for arguments', async function () {
    await needsUi(this);
    for (const given of [[logo], [logo, [logo]], [logo, { groupId: 0 }], [logo, { preserveFocus: true }]]) {
      const asked = edit(...given);
      const box = await ui.quickInput();
      assert.equal(box?.title, 'Edit Image with Prompt');
      assert.includes(box?.message ?? '', 'logo.png');
      await ui.cancelInput();
      assert.equal(await asked, undefined);
    }
    assert.deepEqual(await gateway.requests(), []);
  });

  it('5.3 has an icon on the image preview, and says where the new file is', async function () {
    await needsUi(this);
    await vscode.workspace.getConfiguration().update('imageGateway.model', 'acme/painter', true);
    await vscode.commands.executeCommand('vscode.open', logo);
    await ui.click({ within: 'workbench', role: 'button', name: 'Edit Image with Prompt', loose: true });
    assert.includes((await ui.quickInput())?.message ?? '', 'logo.png');
    await ui.answerInput('make it blue');
    await ui.waitForNotification('Saved images/make-it-blue.png.');
    assert.deepEqual(await disk.read('art/logo.png'), before);
    await vscode.workspace.getConfiguration().update('imageGateway.model', undefined, true);
  });
});

describe('5.3 Restore Previous Image', () => {
  leavesAsFound();
  let before: Uint8Array;
  let after: Uint8Array;
  let at: vscode.Uri;
  let count = 0;

  beforeEach(async function () {
    await needsUi(this);
    [before, after] = [await makePicture(orange), await makePicture(blue)];
    // Versions of earlier tests are kept by Uri.
    at = workspaceUri(`art/replaced-${++count}.png`);
    await vscode.workspace.fs.writeFile(at, before);
    await (await previousVersions()).versions.clear();
  });

  const replace = async (old = before, bytes = after) => {
    const { replacer } = await previousVersions();
    await replacer.replaceImage({ uri: at, expectedSha256: await sha256(old), bytes });
    assert.deepEqual(await disk.read(vscode.workspace.asRelativePath(at)), bytes);
  };
  const holds = (bytes: Uint8Array) =>
    assert.eventually(async () => {
      const now = await disk.read(vscode.workspace.asRelativePath(at));
      return now !== undefined && (await sha256(now)) === (await sha256(bytes));
    }, 'the bytes');

  it('5.3 gives back what was replaced, to the byte, and goes back and forth', async () => {
    await replace();
    await run('restorePrevious', at);
    await holds(before);
    await ui.clickNotification('is again what it was before', 'Undo');
    await holds(after);
    await run('restorePrevious', at, [at]);
    await holds(before);
    assert.equal((await (await previousVersions()).versions.list()).length, 1);
  });

  it('5.3 offers several versions, the newest first, and is undone without another question', async () => {
    const third = await makePicture('3x3');
    await replace();
    await replace(after, third);
    // The rows come when the versions were looked at.
    const listed = () =>
      assert.eventually(async () => (await ui.quickInput())?.items.length === 2, 'two versions');
    const restoring = run('restorePrevious', at);
    await listed();
    const list = await ui.quickInput();
    assert.deepEqual(
      list?.items.map(({ description }) => description.split(' · ')[0]),
      ['64 × 48', '32 × 24'],
    );
    assert.match(list?.items[1]?.label ?? '', /^Before .*\d/);
    await ui.press('ArrowDown');
    await ui.press('Enter');
    await restoring;
    await holds(before);
    await ui.clickNotification('is again what it was before', 'Undo');
    await holds(third);
    const dismissed = run('restorePrevious', at);
    await listed();
    await ui.cancelInput();
    await dismissed;
    await holds(third);
  });

  it('5.3 asks, naming the file, where it was changed since; what it was then is kept, too', async () => {
    await replace();
    const third = await makePicture('3x3');
    await vscode.workspace.fs.writeFile(at, third);
    const first = run('restorePrevious', at);
    const question = await ui.waitForDialog();
    assert.includes(question.text, `replaced-${count}.png was changed since it was replaced`);
    await ui.clickDialog('Cancel');
    await first;
    await holds(third);
    const second = run('restorePrevious', at);
    await ui.waitForDialog();
    await ui.clickDialog('Restore');
    await second;
    await holds(before);
    await run('restorePrevious', at);
    await holds(third);
  });

  it('5.3 without a Uri lists what has a previous version, and says where there is none', async () => {
    await ui.runCommand('Image Gateway: Restore Previous Image');
    await ui.waitForNotification('The storage holds no previous version');
    await ui.clearNotifications();
    await replace();
    await ui.runCommand('Image Gateway: Restore Previous Image');
    const list = await ui.quickInput();
    assert.deepEqual(
      list?.items.map(({ label }) => label),
      [vscode.workspace.asRelativePath(at)],
    );
    assert.match(list?.items[0]?.description ?? '', /\d.* · [\d.,]+ .?B$/);
    await ui.press('Enter');
    await holds(before);
  });

  it('5.3 is forgotten by Clear Storage, which says so', async () => {
    await replace();
    const clearing = run('clearStorage');
    const question = await ui.waitForDialog();
    assert.match(`${question.text} ${question.detail ?? ''}`, /1 previous versions of replaced images/);
    await ui.clickDialog('Delete');
    await clearing;
    await run('restorePrevious', at);
    await ui.waitForNotification('The storage holds no previous version');
    await holds(after);
  });
});

describe('5.3 an image is replaced', () => {
  leavesAsFound();

  it('5.3 nowhere but in the workspace, in its own format, and as it was when the edit began', async () => {
    const { replacer, versions } = await previousVersions();
    const { temporary } = await disk.folders();
    const [before, bytes] = [await makePicture(orange), await makePicture(blue)];
    const expectedSha256 = await sha256(before);
    const inside = ['art/a.png', 'art/b.jpg', '.git/c.png', 'linked.png', 'linked/d.png'];
    for (const path of ['art/a.png', 'art/b.jpg', '.git/c.png', `${temporary}/d.png`])
      await disk.write(path, before);
    await disk.symlink(`${temporary}/d.png`, 'linked.png');
    await disk.symlink(temporary, 'linked');
    const outside = vscode.Uri.joinPath(workspaceUri('.'), '..', 'd.png');
    const refused = (uri: vscode.Uri, more: { expectedSha256?: string; bytes?: Uint8Array } = {}) =>
      failsWith('saveFailed', replacer.replaceImage({ uri, expectedSha256, bytes, ...more }));
    for (const uri of [...inside.slice(1).map(workspaceUri), outside]) await refused(uri);
    await refused(workspaceUri('art/a.png'), { expectedSha256: await sha256(bytes) });
    await refused(workspaceUri('art/a.png'), { bytes: bytes.slice(0, 40) });
    await refused(workspaceUri('art/missing.png'));
    await refused(workspaceUri('art'));
    for (const path of ['art/a.png', 'art/b.jpg', '.git/c.png', `${temporary}/d.png`])
      assert.deepEqual(await disk.read(path), before, path);
    assert.deepEqual(await versions.of(workspaceUri('art/a.png').toString()), []);
    await disk.remove(`${temporary}/d.png`);
    // What follows its end is no part of a picture.
    const uri = workspaceUri('art/a.png');
    const more = new Uint8Array([...bytes, 1, 2, 3]);
    const { sha256: written } = await replacer.replaceImage({ uri, expectedSha256, bytes: more });
    assert.deepEqual(await disk.read('art/a.png'), bytes);
    assert.equal(written, await sha256(bytes));
    await versions.clear();
  });
});
