import assert from 'node:assert/strict';
import type { ReferenceImage } from '../../src/core/request.ts';
import { askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { chatImage, pngBase64 } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const picture: ReferenceImage = { bytes: makePng(8, 8), format: 'png' };
const other: ReferenceImage = { bytes: makePng(4, 4, [255, 0, 0, 255]), format: 'png' };
const third: ReferenceImage = { bytes: makePng(4, 4, [0, 0, 255, 255]), format: 'png' };
const url = (one: ReferenceImage) => `data:image/png;base64,${Buffer.from(one.bytes).toString('base64')}`;
const answered = { json: { created: 1, data: [{ b64_json: pngBase64('8x8') }] } };

describe('3.1 the routes', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const bodyOf = (path: string) => server.requests(path)[0]?.body as Record<string, unknown>;

  it('3.1 chat: several references go along as parts, and what was said before with its pictures', async () => {
    const history = [
      { role: 'user', text: 'a fox', images: [picture] },
      { role: 'assistant', text: 'Here it is.', images: [third] },
    ] as const;
    const asked = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'now in snow', model: 'acme/chatty' },
      { references: [picture, other], history },
    );
    assert.equal(imagesOf(asked).length, 1);
    const part = (one: ReferenceImage) => ({ type: 'image_url', image_url: { url: url(one) } });
    assert.deepEqual(bodyOf('/chat/completions')['messages'], [
      { role: 'user', content: [{ type: 'text', text: 'a fox' }, part(picture)] },
      { role: 'assistant', content: 'Here it is.', images: [part(third)] },
      { role: 'user', content: [{ type: 'text', text: 'now in snow' }, part(picture), part(other)] },
    ]);
  });

  it('3.1 chat: a size goes along as its nearest aspect ratio and the resolution that holds it', async () => {
    for (const [size, config] of [
      ['1024x768', { aspect_ratio: '4:3' }],
      ['1920x1080', { aspect_ratio: '16:9', image_size: '2K' }],
      ['3000x3000', { aspect_ratio: '1:1', image_size: '4K' }],
    ] as const) {
      server.reset();
      await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/chatty', size });
      assert.deepEqual(bodyOf('/chat/completions')['image_config'], config);
    }
  });

  it('3.1 images/generations: count, size, quality, background, format, seed and provider options', async () => {
    const args = {
      quality: 'high',
      background: 'transparent',
      seed: 7,
      providerOptions: { a: { b: 1 } },
    } as const;
    await askGateway(gatewayAt(server.baseUrl), {
      ...{ prompt: 'p', model: 'acme/painter', n: 2, size: '64x48', outputFormat: 'webp' },
      ...args,
    });
    assert.deepEqual(bodyOf('/images/generations'), {
      ...{ model: 'acme/painter', prompt: 'p', n: 2, size: '64x48', output_format: 'webp' },
      ...args,
    });
  });

  it('3.1 images/edits as JSON: several references and the mask', async () => {
    server.reply('/images/edits', answered);
    const asked = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'p', model: 'acme/painter', size: '8x8' },
      { references: [picture, other], mask: picture },
    );
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(bodyOf('/images/edits'), {
      ...{ model: 'acme/painter', prompt: 'p', size: '8x8' },
      images: [{ image_url: url(picture) }, { image_url: url(other) }],
      mask: { image_url: url(picture) },
    });
  });

  it('3.8 fault 42: images/edits as a form, where JSON is not taken: files with names and types, the mask, nested options', async () => {
    server.queue(
      '/images/edits',
      { status: 415, json: { error: { message: 'Unsupported media type' } } },
      answered,
    );
    const asked = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'p', model: 'acme/painter', n: 1, providerOptions: { openai: { quality: 'low' } } },
      { references: [picture, other], mask: other },
    );
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    const form = server.requests('/images/edits')[1]!;
    assert.match(form.headers['content-type']!, /^multipart\/form-data; boundary=/);
    const names = [
      ...form.bodyText.matchAll(/name="([^"]+)"(?:; filename="([^"]+)"\r\nContent-Type: (\S+))?/g),
    ];
    assert.deepEqual(
      names.map(([, name, file, type]) => [name, file, type].filter(Boolean).join(' ')),
      [
        ...['model', 'prompt', 'n', 'providerOptions[openai][quality]'],
        ...['image[] image-1.png image/png', 'image[] image-2.png image/png', 'mask mask.png image/png'],
      ],
    );
  });

  it('3.1 an edit goes over chat where there are no edits, and straight there the next time', async () => {
    const config = gatewayAt(server.baseUrl);
    const learned = (await import('../../src/core/gateway/learned.ts')).createLearnedStore();
    for (let time = 0; time < 2; time++) {
      const asked = await askGateway(
        config,
        { prompt: 'p', model: 'acme/painter' },
        { references: [picture], learned },
      );
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    }
    assert.equal(server.requests('/images/edits').length, 1);
    assert.equal(server.requests('/chat/completions').length, 2);
  });

  it('3.1 a mask is never left out: without a place for it nothing is sent', async () => {
    const asked = await askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'p', model: 'acme/chatty' },
      { references: [picture], mask: picture },
    );
    assert.equal(asked.failure?.code, 'invalidArguments');
    assert.equal(server.requests('/chat/completions').length, 0);
  });

  it('3.1 OpenRouter: what makes images alone goes to its own route, with input_references', async () => {
    const architecture = { input_modalities: ['text', 'image'], output_modalities: ['image'] };
    server.reply('/models', { json: { data: [{ id: 'acme/brush', architecture }] } });
    server.reply('/images', answered);
    const asked = await askGateway(
      gatewayAt(server.baseUrl, 'openrouter'),
      { prompt: 'p', model: 'acme/brush', aspectRatio: '16:9' },
      { references: [picture] },
    );
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(bodyOf('/images'), {
      ...{ model: 'acme/brush', prompt: 'p', aspect_ratio: '16:9' },
      input_references: [{ type: 'image_url', image_url: { url: url(picture) } }],
    });
  });

  it('4.2 a size becomes the listed ratio and resolution out of which it can be cut, where the list has those', async () => {
    const supported_parameters = {
      aspect_ratio: { type: 'enum', values: ['1:1', '16:9', '9:16'] },
      resolution: { type: 'enum', values: ['1K', '2K'] },
    };
    const architecture = { output_modalities: ['image'] };
    server.reply('/models', { json: { data: [{ id: 'acme/brush', architecture, supported_parameters }] } });
    server.reply('/images', answered);
    for (const [size, aspect_ratio, resolution] of [
      ['1200x630', '16:9', '1K'],
      ['1920x1080', '16:9', '2K'],
      ['512x512', '1:1', '1K'],
    ] as const) {
      const asked = await askGateway(gatewayAt(server.baseUrl, 'openrouter'), { prompt: 'p', size });
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
      const body = server.requests('/images').at(-1)?.body as Record<string, unknown>;
      assert.deepEqual(body, { model: 'acme/brush', prompt: 'p', aspect_ratio, resolution });
    }
  });

  it('3.1 OpenRouter: where that route is missing, chat is asked', async () => {
    const architecture = { output_modalities: ['image'] };
    server.reply('/models', { json: { data: [{ id: 'acme/brush', architecture }] } });
    server.reply('/images', { status: 404, body: 'Not Found' });
    const asked = await askGateway(gatewayAt(server.baseUrl, 'openrouter'), { prompt: 'p' });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(bodyOf('/chat/completions')['modalities'], ['image']);
  });

  it('3.1 LocalAI: references are raw base64 beside the prompt', async () => {
    server.reply('/models', { json: { data: [{ id: 'sd-1.5' }] } });
    const asked = await askGateway(
      gatewayAt(server.baseUrl, 'localai'),
      { prompt: 'p' },
      { references: [picture] },
    );
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    assert.deepEqual(bodyOf('/images/generations'), {
      ...{ model: 'sd-1.5', prompt: 'p' },
      ref_images: [Buffer.from(picture.bytes).toString('base64')],
    });
  });

  it('3.1 a streamed images route tells its frames and keeps the completed one', async () => {
    const sse = [
      {
        event: 'image_generation.partial_image',
        data: { b64_json: pngBase64('8x8 #111111'), partial_image_index: 0 },
      },
      { event: 'image_generation.completed', data: { b64_json: pngBase64('8x8 #ff0000') } },
    ];
    server.reply('/images/generations', { sse });
    const asked = await askGateway(gatewayAt(server.baseUrl), {
      prompt: 'p',
      model: 'acme/painter',
      stream: true,
    });
    assert.deepEqual(
      asked.events.map(({ type }) => type),
      ['started', 'billable', 'partialImage', 'image'],
    );
  });

  it('3.2 makes up the count with requests of its own: on the chat route all at once, each with its own seed', async () => {
    const asked = await askGateway(gatewayAt(server.baseUrl), {
      ...{ prompt: 'p', model: 'acme/chatty', n: 3, seed: 10 },
    });
    assert.equal(imagesOf(asked).length, 3);
    const bodies = server
      .requests('/chat/completions')
      .map(({ body }) => body as { seed: number; n?: number });
    assert.deepEqual(bodies.map(({ seed }) => seed).sort(), [10, 11, 12]);
    assert.ok(bodies.every(({ n }) => n === undefined));
  });

  it('3.2 makes up what an images route did not bring, once, and only where a number was asked for', async () => {
    server.queue('/images/generations', answered);
    const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/painter', n: 3 });
    assert.equal(imagesOf(asked).length, 3);
    const counts = server.requests('/images/generations').map(({ body }) => (body as { n?: number }).n);
    assert.deepEqual(counts, [3, undefined, undefined]);
    server.reset();
    await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/painter' });
    assert.equal(server.requests('/images/generations').length, 1);
  });

  it('3.2 keeps the pictures of the others where one of several requests fails', async () => {
    const broken = { status: 500, json: { error: { message: 'boom' } } };
    server.queue('/chat/completions', broken);
    const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/chatty', n: 3 });
    assert.equal(imagesOf(asked).length, 2);
    assert.equal(asked.failure?.code, 'serverError');
    assert.equal(server.requests('/chat/completions').length, 3, 'what may have been billed is not repeated');
  });

  it('3.2 keeps the words of several answers apart', async () => {
    const reply = (text: string) => ({
      sse: Array.from(text)
        .map((letter) => ({ data: { choices: [{ delta: { content: letter } }] }, delayMs: 1 }))
        .concat([
          {
            data: { choices: [{ delta: { images: [chatImage()] }, finish_reason: 'stop' }] } as never,
            delayMs: 0,
          },
        ]),
    });
    server.queue('/chat/completions', reply('first words'), reply('other words'));
    const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'p', model: 'acme/chatty', n: 2 });
    const texts = asked.events.flatMap((event) => (event.type === 'text' ? [event.text] : []));
    assert.deepEqual(texts.sort(), ['first words\n\n', 'other words\n\n']);
  });
});
