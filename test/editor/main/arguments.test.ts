import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import type { TestGateway } from '../../support/client.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import {
  failsWith,
  generate,
  generateFromSelection,
  leavesAsFound,
  posts,
  set,
  shown,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';

/** Field, a value it does not take. */
const illTyped: readonly (readonly [string, unknown])[] = [
  ['gateway', 5],
  ['gateway', ''],
  ['model', []],
  ['n', 0],
  ['n', 11],
  ['n', 1.5],
  ['n', '2'],
  ['size', '1024'],
  ['size', { width: 8, height: 8 }],
  ['aspectRatio', '16x9'],
  ['quality', true],
  ['background', 'pink'],
  ['outputFormat', 'svg'],
  ['seed', 1.5],
  ['providerOptions', 'flat'],
  ['extraBody', []],
  ['references', 'images/a.png'],
  ['references', [7]],
  ['mask', 7],
  ['directory', 7],
  ['fileName', ''],
  ['insertLink', 'ask'],
  ['stream', 'yes'],
];

describe('2.2 the arguments of generate', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('arguments'));
  });

  it('2.2 an unknown field is refused by its name, and nothing is sent', async () => {
    const error = await failsWith('invalidArguments', generate({ prompt: 'a fox', colour: 'red' }));
    assert.includes(error.message, 'colour');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 an ill-typed field is refused by its name, and nothing is sent', async () => {
    for (const [name, value] of illTyped) {
      const error = await failsWith('invalidArguments', generate({ prompt: 'a fox', [name]: value }));
      assert.match(error.message, new RegExp(`\\b${name}\\b`), JSON.stringify(value));
    }
    for (const prompt of ['', ' \n', 7, null, ['a']])
      assert.includes((await failsWith('invalidArguments', generate({ prompt }))).message, 'prompt');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 size and aspectRatio must agree', async () => {
    await failsWith('invalidArguments', generate({ prompt: 'a fox', size: '10x10', aspectRatio: '16:9' }));
    assert.deepEqual(await gateway.requests(), []);
    const { images } = await generate({ prompt: 'a fox', size: '32x18', aspectRatio: '16:9' });
    assert.equal(images.length, 1);
  });

  it('2.2 n is capped by request.maxImages', async () => {
    const error = await failsWith('invalidArguments', generate({ prompt: 'five', n: 5 }));
    assert.includes(error.message, 'imageGateway.request.maxImages');
    await set('imageGateway.request.maxImages', 2);
    await failsWith('invalidArguments', generate({ prompt: 'three', n: 3 }));
    assert.deepEqual(await gateway.requests(), []);
    const { images } = await generate({ prompt: 'pair', n: 2 });
    assert.deepEqual(
      images.map(({ uri }) => uri.path.split('/').pop()),
      ['pair.png', 'pair-1.png'],
    );
    assert.equal((await posts(gateway)).length, 1, 'one request for both');
  });

  it('2.2 extraBody sets no member that decides model, prompt, count or stream', async () => {
    for (const name of ['model', 'prompt', 'messages', 'n', 'stream', 'N', 'image_urls', 'tools']) {
      const error = await failsWith(
        'invalidArguments',
        generate({ prompt: 'a fox', extraBody: { [name]: 1 } }),
      );
      assert.includes(error.message, name);
    }
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 a gateway that is named must exist, and is asked in place of the one of the settings', async () => {
    const error = await failsWith('invalidArguments', generate({ prompt: 'a fox', gateway: 'nowhere' }));
    assert.includes(error.message, 'nowhere');
    const result = await generate({ prompt: 'a fox', gateway: 'offline', size: '64x64' });
    assert.deepEqual([result.gateway, result.requested['gateway']], ['offline', 'offline']);
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 a folder that a menu passes is where the image goes', async () => {
    const docs = workspaceUri('docs');
    const { images, requested } = await generate(docs, { prompt: 'from a menu' });
    assert.equal(images[0]!.uri.path, workspaceUri('docs/from-a-menu.png').path);
    assert.equal((requested['directory'] as vscode.Uri).path, docs.path);
  });

  it('2.2 a directory outside the workspace is refused before anything is sent', async () => {
    const outside = vscode.Uri.joinPath(workspaceUri('.'), '..', 'outside');
    for (const directory of ['../outside', '/tmp', '.git', 'docs/../../outside', outside])
      await failsWith('invalidArguments', generate({ prompt: 'a fox', directory }));
    await failsWith('invalidArguments', generate(outside, { prompt: 'a fox' }));
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 a directory that cannot be read is a failure of the contract like any other', async () => {
    await disk.symlink('loop', 'loop');
    const error = await failsWith('invalidArguments', generate({ prompt: 'a fox', directory: 'loop' }));
    assert.equal((error as { code?: unknown }).code, 'invalidArguments');
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 without `prompt`, wrong arguments are shown once and resolve undefined', async function () {
    await needsUi(this);
    for (const [args, words] of [
      [{ colour: 'red' }, 'The argument colour is unknown.'],
      [{ n: 5 }, 'The argument n is 5'],
      ['a fox', 'The arguments must be an object.'],
    ] as const) {
      assert.equal(await generate(args), undefined);
      const { text } = await ui.waitForNotification(words);
      assert.deepEqual(await shown(), { notifications: [text], question: undefined });
      assert.equal(text.includes('[invalidArguments]'), false, 'the code is for programs');
      await ui.clearNotifications();
    }
    assert.deepEqual(await gateway.requests(), []);
  });

  it('2.2 generateFromSelection takes the same arguments', async () => {
    await failsWith('invalidArguments', generateFromSelection({ prompt: 'a fox', colour: 'red' }));
    const { images } = await generateFromSelection({ prompt: 'not the selection', directory: 'docs' });
    assert.equal(images[0]!.uri.path, workspaceUri('docs/not-the-selection.png').path);
  });
});
