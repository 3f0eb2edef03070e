import * as vscode from 'vscode';
import { inspectImage } from '../../../src/core/image/inspect.ts';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi, type TestGateway, ui } from '../../support/client.ts';
import { generate, leavesAsFound, onlyBody, posts, sha256, useGateway } from '../../support/commandKit.ts';
import { errorReply, pngBase64 } from '../../support/gatewayReply.ts';
import { chatPath, finished, generateInPanel, imagesPath } from '../../support/panelKit.ts';

const picture = (size: string) => ({ json: { data: [{ b64_json: pngBase64(size) }] } });
const codes = (result: { readonly notices: readonly { readonly code: string }[] }) =>
  result.notices.map(({ code }) => code);

/** The facts of the file that a result names. */
async function saved(result: Awaited<ReturnType<typeof generate>>) {
  const bytes = await disk.read(vscode.workspace.asRelativePath(result.images[0]!.uri));
  assert.ok(bytes, 'the file');
  return { bytes, facts: inspectImage(bytes)! };
}

describe('4.2 4.3 the right file', () => {
  leavesAsFound();
  let gateway: TestGateway;

  beforeEach(async () => {
    ({ gateway } = await useGateway('right-file'));
  });

  it('4.2 has exactly the wanted pixels: the nearest legal size is asked for, cropped and scaled down', async () => {
    const refusal = "Invalid size '1200x630'. Supported values are: '1024x1024', '1536x1024'.";
    await gateway.queue(imagesPath, errorReply(400, refusal, 'invalid_value'), picture('1536x1024 #3b82c4'));
    const result = await generate({ prompt: 'a hero', model: 'acme/painter', size: '1200x630' });
    const { facts, bytes } = await saved(result);
    assert.deepEqual([facts.width, facts.height, facts.format], [1200, 630, 'png']);
    assert.deepEqual(codes(result), ['cropped', 'resized']);
    assert.deepEqual(
      (await posts(gateway)).map(({ body }) => (body as { size?: string }).size),
      ['1200x630', '1536x1024'],
    );
    const image = result.images[0]!;
    assert.equal(image.sha256, await sha256(bytes));
    assert.equal(image.receivedSha256, await sha256(await makePicture('1536x1024 #3b82c4')));
  });

  it('4.3 is of the wanted format, and its original is kept beside it', async function () {
    await needsUi(this);
    await gateway.reply(imagesPath, picture('64x48 #3b82c4'));
    for (const outputFormat of ['jpeg', 'webp'] as const) {
      const result = await generate({ prompt: `a fox in ${outputFormat}`, outputFormat });
      const { facts } = await saved(result);
      assert.equal(facts.format, outputFormat);
      assert.deepEqual(codes(result), ['converted']);
    }
    await ui.runCommand('Image Gateway: Recover Images');
    const rows = (await ui.quickInput())!.items;
    assert.ok(
      rows.some(
        ({ label, detail }) => label === 'a fox in webp' && detail === 'saved as images/a-fox-in-webp.webp',
      ),
    );
    await ui.cancelInput();
  });

  it('4.4 is transparent where the route has no word for it: one colour is asked for and taken out', async () => {
    await gateway.reply('/models', {
      json: { data: [{ id: 'acme/chatty', architecture: { output_modalities: ['text', 'image'] } }] },
    });
    await gateway.reply(chatPath, {
      json: {
        choices: [
          {
            message: {
              role: 'assistant',
              content: '',
              images: [{ image_url: { url: `data:image/png;base64,${pngBase64('96x96 #02fb04')}` } }],
            },
            finish_reason: 'stop',
          },
        ],
      },
    });
    const result = await generate({ prompt: 'a sticker', model: 'acme/chatty', background: 'transparent' });
    assert.includes(JSON.stringify(await onlyBody(gateway)), 'background of pure green (#00ff00)');
    // The test's picture is nothing but that colour: it goes, and what is left is told for what it is.
    assert.deepEqual(codes(result), ['backgroundRemoved', 'noTransparency']);
    assert.includes(result.notices.at(-1)!.message, 'nothing is left beside it');
    assert.equal((await saved(result)).facts.hasAlpha, true);
  });

  it('4.8 ends in a sentence and a kept original where it cannot be converted', async () => {
    const half = await makePicture('64x48');
    // A picture by its structure whose pixels are damaged.
    const damaged = new Uint8Array(half);
    damaged.fill(0, 45, 60);
    await gateway.reply(imagesPath, { json: { data: [{ b64_json: base64Of(damaged) }] } });
    const result = await generate({ prompt: 'a damaged fox', outputFormat: 'webp' });
    assert.deepEqual(codes(result).sort(), ['formatDiffers', 'notConverted']);
    assert.deepEqual((await saved(result)).bytes, damaged);
  });

  it('4.1 the panel shows what was asked for beside what came', async function () {
    await needsUi(this);
    await gateway.reply(imagesPath, {
      json: { model: 'other/brush', data: [{ b64_json: pngBase64('64x48') }] },
    });
    await generateInPanel('a fox with a receipt');
    await finished('images/a-fox-with-a-receipt.png');
    await ui.waitForText('Differs from what was asked');
    await ui.click({ text: 'Differs from what was asked' });
    const cells = await ui.texts({ selector: '.receipt tbody tr:first-child > *' });
    assert.includes(cells.join('|'), 'acme/painter');
    assert.includes(cells.join('|'), 'other/brush');
  });
});

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
