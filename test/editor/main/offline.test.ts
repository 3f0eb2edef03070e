import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, needsUi, ui } from '../../support/client.ts';
import { generate, leavesAsFound, set, sha256 } from '../../support/commandKit.ts';
import { generateInPanel, openPanel } from '../../support/panelKit.ts';

describe('2.5 the offline gateway', () => {
  leavesAsFound();

  beforeEach(() => set('imageGateway.gateway', 'offline'));

  for (const size of ['1200x630', '512x512', '1x1', '333x777']) {
    it(`2.5 draws a real PNG of exactly ${size}, through the same client as every gateway`, async () => {
      const { images, notices, gateway, model } = await generate({ prompt: `A fox at ${size}`, size });
      assert.deepEqual([gateway, model], ['offline', 'offline/sketch']);
      const bytes = await vscode.workspace.fs.readFile(images[0]!.uri);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      assert.equal(`${view.getUint32(16)}x${view.getUint32(20)}`, size);
      assert.equal(`${images[0]!.width}x${images[0]!.height}`, size);
      assert.deepEqual(
        notices.map(({ code }) => code),
        ['sketch'],
      );
      assert.includes(notices[0]!.message, 'not the work of a model');
    });
  }

  it('2.5 draws the same for the same prompt, another for another, on both routes', async () => {
    const hash = async (prompt: string, model: string) =>
      (await generate({ prompt, size: '64x64', model })).images[0]!.sha256;
    const first = await hash('A red fox', 'offline/sketch');
    assert.equal(await hash('A red fox', 'offline/sketch'), first);
    assert.equal(await hash('A red fox', 'offline/sketch-chat'), first);
    assert.ok((await hash('A blue fox', 'offline/sketch')) !== first);
    const bytes = await disk.read('images/a-red-fox.png');
    assert.equal(await sha256(bytes!), first);
  });

  it('2.5 makes n different pictures', async () => {
    const { images, notices } = await generate({ prompt: 'Several', n: 3, size: '64x64' });
    assert.equal(new Set(images.map((image) => image.sha256)).size, 3);
    assert.deepEqual(
      notices.map(({ code }) => code),
      ['sketch'],
    );
  });

  it('2.5 streams text, then frames, then the picture', async function () {
    await needsUi(this);
    await openPanel();
    await ui.evaluate(
      `window.heard = []; window.addEventListener('message', (event) => window.heard.push(event.data.type))`,
    );
    await generateInPanel('In its order');
    await ui.waitForText('images/in-its-order.png');
    await ui.waitForText('drawn on this machine');
    const heard = (await ui.evaluate('window.heard')) as string[];
    const order = ['textAdded', 'partialImage', 'pictureChanged'].map((type) => heard.indexOf(type));
    assert.ok(
      order.every((at) => at >= 0),
      heard.join(),
    );
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      order,
      heard.join(),
    );
    assert.ok(heard.filter((type) => type === 'textAdded').length > 3, 'the text came word by word');
  });
});
