import * as assert from '../../support/assert.ts';
import { disk, makePicture } from '../../support/client.ts';
import {
  failsWith,
  generate,
  leavesAsFound,
  onlyBody,
  posts,
  set,
  sha256,
  useGateway,
} from '../../support/commandKit.ts';
import { chatChunk, chatImage, pngBase64 } from '../../support/gatewayReply.ts';
import { chatPath, imagesPath } from '../../support/panelKit.ts';

const orange = '64x48 #ff8800';
const blue = '32x32 #0044ff';

describe('2.4 chat completions', () => {
  leavesAsFound();
  beforeEach(() => set('imageGateway.model', 'acme/chatty'));

  it('2.4 not streamed: one JSON body asked, words and the picture of the message come', async () => {
    const { gateway } = await useGateway('routes');
    const { images, text } = await generate({ prompt: 'a fox', stream: false });
    assert.deepEqual(await onlyBody(gateway), {
      model: 'acme/chatty',
      messages: [{ role: 'user', content: 'a fox' }],
      modalities: ['text', 'image'],
      stream: false,
    });
    assert.equal((await posts(gateway))[0]!.path, '/v1/chat/completions');
    assert.equal(text, 'Here is a picture of it.');
    await isSaved(images[0]!, 'a-fox.png', '64x48');
  });

  it('2.4 streamed: words in pieces, the picture in a delta', async () => {
    const { gateway } = await useGateway('routes');
    await gateway.reply(chatPath, {
      sse: [
        chatChunk({ role: 'assistant', content: 'One ' }),
        chatChunk({ content: 'fox.' }),
        chatChunk({ images: [chatImage(orange)] }),
        chatChunk({}, 'stop'),
        { data: '[DONE]' },
      ],
    });
    const { images, text } = await generate({ prompt: 'a fox', stream: true });
    assert.equal((await onlyBody(gateway))['stream'], true);
    assert.equal(text, 'One fox.');
    await isSaved(images[0]!, 'a-fox.png', orange);
  });

  it('2.4 streamed in pieces that cut characters and base64 anywhere', async () => {
    const { gateway } = await useGateway('routes');
    const picture = await makePicture(orange);
    const base64 = btoa(Array.from(picture, (byte) => String.fromCharCode(byte)).join(''));
    const event = (delta: unknown) => `data: ${JSON.stringify(chatChunk(delta).data)}\r\n\r\n`;
    const bytes = new TextEncoder().encode(
      `: ping\n\n${event({ content: 'ein Füchschen 🦊' })}${event({
        images: [chatImage(`data:image/png;base64,${base64}`)],
      })}data: [DONE]\n\n`,
    );
    const chunks = [];
    for (let at = 0; at < bytes.length; at += 37)
      chunks.push({ base64: btoa(String.fromCharCode(...bytes.subarray(at, at + 37))) });
    await gateway.reply(chatPath, { headers: { 'content-type': 'text/event-stream' }, chunks });
    const { images, text } = await generate({ prompt: 'a fox', stream: true });
    assert.equal(text, 'ein Füchschen 🦊');
    await isSaved(images[0]!, 'a-fox.png', orange);
  });

  it('2.4 takes one JSON body where a stream was asked for, and a stream where none was', async () => {
    const { gateway } = await useGateway('routes');
    const message = { role: 'assistant', content: 'Whole.', images: [chatImage(orange)] };
    await gateway.queue(chatPath, { json: { choices: [{ index: 0, message, finish_reason: 'stop' }] } });
    assert.equal((await generate({ prompt: 'a fox', stream: true })).text, 'Whole.');
    const sse = [chatChunk({ content: 'Pieces.', images: [chatImage(blue)] }, 'stop'), { data: '[DONE]' }];
    await gateway.queue(chatPath, { sse });
    assert.equal((await generate({ prompt: 'a fox', stream: false })).text, 'Pieces.');
    assert.equal((await disk.list('images')).length, 2);
  });
});

describe('2.4 images/generations', () => {
  leavesAsFound();
  beforeEach(() => set('imageGateway.model', 'acme/painter'));

  it('2.4 with n: every picture of the answer is saved, in its order', async () => {
    const { gateway } = await useGateway('routes');
    const data = [orange, blue, '16x16 #00ff00'].map((one) => ({ b64_json: pngBase64(one) }));
    await gateway.reply(imagesPath, { json: { data } });
    const { images } = await generate({ prompt: 'foxes', n: 3, providerOptions: { acme: { style: 'ink' } } });
    assert.deepEqual(await onlyBody(gateway), {
      model: 'acme/painter',
      prompt: 'foxes',
      n: 3,
      providerOptions: { acme: { style: 'ink' } },
    });
    assert.deepEqual(
      images.map(({ width, height }) => `${width}x${height}`),
      ['64x48', '32x32', '16x16'],
    );
    assert.equal((await disk.list('images')).length, 3);
  });

  it('2.4 asks for a size and takes it', async () => {
    const { gateway } = await useGateway('routes');
    const { images } = await generate({ prompt: 'a fox', size: '96x64' });
    assert.deepEqual(await onlyBody(gateway), { model: 'acme/painter', prompt: 'a fox', size: '96x64' });
    await isSaved(images[0]!, 'a-fox.png', '96x64 #2878c8');
  });

  it('2.4 fetches pictures that the answer only names, without the key', async () => {
    const { gateway } = await useGateway('routes', { headers: { 'X-Team': 'painters' } });
    const first = await gateway.servePicture('one.png', orange);
    const second = await gateway.servePicture('two.png', blue);
    await gateway.reply(imagesPath, { json: { data: [{ url: first }, { url: second }] } });
    const { images } = await generate({ prompt: 'a fox', n: 2 });
    assert.deepEqual(
      images.map(({ width, height }) => `${width}x${height}`),
      ['64x48', '32x32'],
    );
    assert.equal(images[0]!.sha256, await sha256(await makePicture(orange)));
    const [download] = await gateway.requests('/picture/one.png');
    assert.equal(download?.method, 'GET');
    for (const name of ['authorization', 'x-team', 'cookie', 'referer'])
      assert.equal(download?.headers[name], undefined, name);
    assert.equal((await posts(gateway))[0]?.headers['x-team'], 'painters');
  });

  it('2.4 fetches nothing from another private address that an answer names', async () => {
    const { gateway } = await useGateway('routes');
    const { gateway: other } = await useGateway('routes-other');
    const inside = await other.servePicture('inside.png', orange);
    const { id } = await useGateway('routes');
    await gateway.reply(imagesPath, { json: { data: [{ url: inside }] } });
    await assert.rejects(generate({ prompt: 'a fox', gateway: id }));
    assert.deepEqual(await other.requests(), []);
    assert.deepEqual(await disk.list('images'), []);
  });

  it('2.4 leaves no file of an answer whose picture is elided', async () => {
    const { gateway } = await useGateway('routes');
    for (const b64_json of ['iVBORw0KGgo...', 'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAw']) {
      await gateway.queue(imagesPath, { json: { data: [{ b64_json }] } });
      const error = await assert.rejects(generate({ prompt: 'a fox' }));
      assert.match(error.message, /\[(malformedResponse|interrupted)\]$/);
    }
    assert.deepEqual(await disk.list('images'), []);
  });
});

describe('2.4 the route', () => {
  leavesAsFound();

  it('2.4 is what the entry of the list says, unless the settings say another', async () => {
    for (const [model, route, path] of [
      ['acme/painter', undefined, '/v1/images/generations'],
      ['acme/chatty', undefined, '/v1/chat/completions'],
      ['acme/painter', 'chat', '/v1/chat/completions'],
      ['acme/chatty', 'images', '/v1/images/generations'],
    ] as const) {
      const { gateway } = await useGateway('routes', route === undefined ? {} : { route });
      await generate({ prompt: 'a fox', model });
      assert.deepEqual(
        (await posts(gateway)).map((one) => one.path),
        [path],
        `${model} by ${route ?? 'its entry'}`,
      );
    }
  });

  it('2.4 asks a model that makes no images nothing', async () => {
    const { gateway } = await useGateway('routes');
    await failsWith('modelNotFound', generate({ prompt: 'a fox', model: 'acme/words' }));
    assert.deepEqual(await posts(gateway), []);
  });
});

async function isSaved(
  image: { readonly sha256: string; readonly uri: { readonly path: string } },
  name: string,
  picture: string,
): Promise<void> {
  assert.ok(image.uri.path.endsWith(`/images/${name}`), image.uri.path);
  const file = await disk.read(`images/${name}`);
  assert.deepEqual(file, await makePicture(picture));
  assert.equal(image.sha256, await sha256(file!));
}
