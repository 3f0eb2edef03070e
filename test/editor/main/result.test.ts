import * as vscode from 'vscode';
import * as assert from '../../support/assert.ts';
import { disk, makePicture, needsUi } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  onlyBody,
  posts,
  set,
  sha256,
  shown,
  useGateway,
  workspaceUri,
} from '../../support/commandKit.ts';
import { pngBase64 } from '../../support/gatewayReply.ts';

describe('2.2 what generate resolves with', () => {
  leavesAsFound();

  it('2.2 is a GenerateResult with exactly the members of the contract', async () => {
    const { gateway, id } = await useGateway('result');
    const result = await generate({ prompt: 'A red fox in snow', size: '40x30' });
    assert.deepEqual(Object.keys(result).sort(), [
      'gateway',
      'images',
      'model',
      'notices',
      'requested',
      'text',
    ]);
    const [image] = result.images;
    assert.deepEqual(Object.keys(image!).sort(), [
      'alt',
      'byteLength',
      'height',
      'mediaType',
      'receivedSha256',
      'sha256',
      'uri',
      'width',
    ]);
    assert.ok(image!.uri instanceof vscode.Uri, 'the uri is no Uri');
    assert.equal(image!.uri.toString(), workspaceUri('images/a-red-fox-in-snow.png').toString());
    const saved = await disk.read('images/a-red-fox-in-snow.png');
    assert.equal(image!.byteLength, saved!.byteLength);
    assert.equal(image!.sha256, await sha256(saved!));
    assert.equal(image!.receivedSha256, image!.sha256);
    assert.deepEqual(
      [image!.mediaType, image!.width, image!.height, image!.alt],
      ['image/png', 40, 30, 'A red fox in snow'],
    );
    assert.deepEqual(
      [result.model, result.gateway, result.text, result.notices],
      ['acme/painter', id, '', []],
    );
    assert.equal((await posts(gateway)).length, 1);
  });

  it('2.2 tells the hash of what was received apart from that of what was saved', async () => {
    const { gateway } = await useGateway('result');
    const picture = await makePicture('20x10');
    const received = new Uint8Array([...picture, ...new TextEncoder().encode('<?php evil(); ?>')]);
    const b64 = btoa(Array.from(received, (byte) => String.fromCharCode(byte)).join(''));
    await gateway.reply('/images/generations', { json: { data: [{ b64_json: b64 }] } });
    const result = await generate({ prompt: 'tail' });
    assert.deepEqual(await disk.read('images/tail.png'), picture);
    assert.equal(result.images[0]!.sha256, await sha256(picture));
    assert.equal(result.images[0]!.receivedSha256, await sha256(received));
    assert.deepEqual(
      result.notices.map(({ code }) => code),
      ['trailingBytesCut'],
    );
  });

  it('2.2 holds text and usage as they came, and a cost only where the gateway names one', async () => {
    const { gateway } = await useGateway('result');
    const chatty = await generate({ prompt: 'with words', model: 'acme/chatty' });
    assert.equal(chatty.text, 'Here is a picture of it.');
    assert.deepEqual(chatty.usage, { prompt_tokens: 15, completion_tokens: 28, total_tokens: 43 });
    assert.equal('cost' in chatty, false, 'a cost was made up');
    await gateway.reply('/images/generations', {
      json: {
        data: [{ b64_json: pngBase64('8x8') }],
        usage: { input_tokens: 3, total_tokens: 3 },
        provider_metadata: { gateway: { cost: '0.0412' } },
      },
    });
    const priced = await generate({ prompt: 'with a price' });
    assert.deepEqual(priced.cost, { amount: '0.0412', currency: 'USD' });
    assert.deepEqual(priced.usage, { input_tokens: 3, total_tokens: 3 });
  });

  it('2.2 repeats the arguments in `requested`, normalised, with the model and gateway that were asked', async () => {
    const { gateway, id } = await useGateway('result');
    const args = {
      n: 2,
      size: '32x18',
      aspectRatio: '16:9',
      quality: 'high',
      background: 'opaque',
      outputFormat: 'png',
      seed: 7,
      providerOptions: { acme: { style: 'flat' } },
      extraBody: { moderation: 'low' },
      directory: 'pictures',
      fileName: '${prompt}-${index}',
      insertLink: false,
      stream: false,
    };
    const result = await generate({ prompt: 'two foxes', ...args });
    assert.deepEqual(result.requested, { ...args, prompt: 'two foxes', gateway: id, model: 'acme/painter' });
    assert.deepEqual(await onlyBody(gateway), {
      model: 'acme/painter',
      prompt: 'two foxes',
      n: 2,
      size: '32x18',
      quality: 'high',
      background: 'opaque',
      output_format: 'png',
      seed: 7,
      providerOptions: { acme: { style: 'flat' } },
      moderation: 'low',
      stream: false,
    });
    assert.deepEqual(await disk.list('pictures'), ['two-foxes-1.png', 'two-foxes-2.png']);
  });

  it('2.2 says in `notices` how what came differs from what was asked', async () => {
    const { gateway } = await useGateway('result');
    await gateway.reply('/images/generations', {
      json: {
        data: [
          { b64_json: pngBase64('8x8'), revised_prompt: 'A much better fox' },
          { b64_json: pngBase64('8x8 #ff0000') },
          { b64_json: pngBase64('8x8 #00ff00') },
        ],
      },
    });
    const { notices } = await generate({ prompt: 'a fox', n: 2, size: '16x16', outputFormat: 'webp' });
    assert.deepEqual(notices.map(({ code }) => code).sort(), [
      'converted',
      'countDiffers',
      'promptRevised',
      'upscaled',
    ]);
  });

  it('2.2 resolves with what was saved and names the failure of the rest', async () => {
    const { gateway } = await useGateway('result');
    const data = [{ b64_json: pngBase64('8x8') }, { b64_json: 'AAAA' }];
    await gateway.reply('/images/generations', { json: { data } });
    const result = await generate({ prompt: 'half a pair', n: 2 });
    assert.equal(result.images.length, 1);
    const notice = result.notices.find(({ code }) => code === 'partialFailure');
    assert.match(notice?.message ?? '', / \[malformedResponse\]$/);
    assert.deepEqual(await disk.list('images'), ['half-a-pair.png']);
  });

  it('2.2 rejects where no image was saved, and leaves no file', async () => {
    const { gateway } = await useGateway('result');
    await gateway.reply('/images/generations', { json: { data: [{ b64_json: 'AAAA' }] } });
    await failsWith('malformedResponse', generate({ prompt: 'nothing whole' }));
    assert.deepEqual(await disk.list('images'), []);
  });

  it('2.2 puts a directory and a file name that are given before the settings', async () => {
    await useGateway('result');
    await set('imageGateway.output.directory', 'elsewhere');
    await set('imageGateway.output.fileName', 'other');
    const byString = await generate({ prompt: 'by string', directory: 'a/b c', fileName: 'fox ${model}' });
    assert.equal(byString.images[0]!.uri.path, workspaceUri('a/b c/fox painter.png').path);
    const byUri = await generate({ prompt: 'by uri', directory: workspaceUri('docs') });
    assert.equal(byUri.images[0]!.uri.path, workspaceUri('docs/other.png').path);
    const bySettings = await generate({ prompt: 'by settings' });
    assert.equal(bySettings.images[0]!.uri.path, workspaceUri('elsewhere/other.png').path);
  });

  it('2.2 with `prompt` nothing is asked and nothing is shown, whether it goes well or not', async function () {
    await needsUi(this);
    const { gateway } = await useGateway('result');
    const nothing = { notifications: [], question: undefined };
    await gateway.queue('/images/generations', {
      json: { data: [{ b64_json: pngBase64('8x8') }] },
      delayMs: 400,
    });
    const running = generate({ prompt: 'quietly' });
    await assert.eventually(async () => (await posts(gateway)).length === 1, 'the request');
    assert.deepEqual(await shown(), nothing);
    await running;
    assert.deepEqual(await shown(), nothing);
    await gateway.reply('/images/generations', { status: 500, json: { error: { message: 'broken' } } });
    await failsWith('serverError', generate({ prompt: 'quietly broken' }));
    await failsWith('invalidArguments', generate({ prompt: 'quietly wrong', colour: 'red' }));
    assert.deepEqual(await shown(), nothing);
  });
});
