import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import { generate, leavesAsFound, openDocument, set, sha256, useGateway } from '../../support/commandKit.ts';

describe('2.5 the offline gateway in use', () => {
  leavesAsFound();
  beforeEach(() => set('imageGateway.gateway', 'offline'));

  it('2.5 draws an aspect ratio that is asked for', async () => {
    const { images } = await generate({ prompt: 'a wide lighthouse', aspectRatio: '16:9' });
    // As gateways document it: sides are multiples of 32.
    assert.equal(`${images[0]!.width}x${images[0]!.height}`, '1344x768');
  });

  it('2.5 draws the same bytes for the same prompt, and others for another', async () => {
    const draw = async (prompt: string, more = {}) =>
      (await generate({ prompt, size: '320x200', ...more })).images[0]!;
    const first = await draw('a brass lens');
    const again = await draw('a brass lens');
    assert.equal(again.sha256, first.sha256);
    assert.equal(again.uri.path === first.uri.path, false, 'each has its own file');
    assert.equal(await sha256((await disk.read('images/a-brass-lens.png'))!), first.sha256);
    assert.equal((await draw('a brass lamp')).sha256 === first.sha256, false, 'another prompt');
    assert.equal((await draw('a brass lens', { seed: 7 })).sha256 === first.sha256, false, 'another seed');
  });

  it('2.5 chats as well: words, and a picture of exactly the size', async () => {
    const { images, text, model } = await generate({
      prompt: 'a talking gull',
      model: 'offline/sketch-chat',
      size: '320x180',
    });
    assert.equal(model, 'offline/sketch-chat');
    assert.includes(text, 'a talking gull');
    assert.equal(`${images[0]!.width}x${images[0]!.height}`, '320x180');
    const whole = await generate({ prompt: 'a talking gull', model, size: '320x180', stream: false });
    assert.equal(whole.images[0]!.sha256, images[0]!.sha256, 'streamed or not, it is the same picture');
  });

  it('2.5 says that it is a sketch, that no model was asked, and that it cost nothing', async () => {
    const { text, notices, cost, model, gateway } = await generate({
      prompt: 'an honest gull',
      size: '64x64',
    });
    assert.includes(text, 'drawn on this machine. No model was asked.');
    assert.deepEqual(notices, [
      { code: 'sketch', message: 'This is a sketch drawn on this machine, not the work of a model.' },
    ]);
    assert.deepEqual(cost, { amount: '0', currency: 'USD' });
    assert.deepEqual([gateway, model], ['offline', 'offline/sketch']);
  });

  it('2.5 asks no gateway at all', async () => {
    const { gateway } = await useGateway('not-asked');
    await generate({ prompt: 'a quiet gull', size: '64x64', gateway: 'offline' });
    assert.deepEqual(await gateway.requests(), []);
    await set('imageGateway.gateways', { offline: { baseUrl: gateway.baseUrl } });
    await generate({ prompt: 'a quiet gull', size: '64x64', gateway: 'offline' });
    assert.deepEqual(await gateway.requests(), [], 'it cannot be changed into a real one');
  });

  it('2.5 makes and links a picture from a Markdown document without key and network', async function () {
    await needsUi(this);
    await set('imageGateway.markdown.insertLink', 'always');
    const { document } = await openDocument('docs/offline.md', '# Offline\n\n');
    await ui.runCommand('Image Gateway: Generate Image');
    await ui.quickInput();
    await ui.answerInput('a gull on a rail');
    await assert.eventually(
      () => document.getText() === '# Offline\n\n![a gull on a rail](../images/a-gull-on-a-rail.png)',
      'the link',
    );
    assert.ok(await disk.read('images/a-gull-on-a-rail.png'));
  });
});
