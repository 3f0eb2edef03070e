import assert from 'node:assert/strict';
import { askGateway, gatewayAt, imagesOf, textOf } from '../support/askGateway.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const listed = (id: string, type: 'image' | 'language') => ({
  id,
  type,
  ...(type === 'language' && { tags: ['image-generation'] }),
});
const vertex = { googleVertex: { aspectRatio: '1:1', safetyFilterLevel: 'block_some' } };
const b64 = { response_format: 'b64_json' };
const user = (content: string) => [{ role: 'user', content }];

/** Every call that the documents print, and the arguments that must lead to exactly its body. */
const calls = [
  {
    title: 'Vercel, chat completions, image-generation.ts and .py',
    path: '/chat/completions',
    args: { prompt: 'Generate a beautiful sunset over mountains and describe the scene.', stream: false },
    body: {
      model: 'google/gemini-2.5-flash-image-preview',
      messages: user('Generate a beautiful sunset over mountains and describe the scene.'),
      modalities: ['text', 'image'],
      stream: false,
    },
  },
  {
    title: 'Vercel, chat completions, streaming-images.ts and .py',
    path: '/chat/completions',
    args: { prompt: 'Generate a sunset image' },
    body: {
      model: 'google/gemini-2.5-flash-image-preview',
      messages: user('Generate a sunset image'),
      modalities: ['text', 'image'],
      stream: true,
    },
  },
  {
    title: 'Agnic, basic (Python, JavaScript, cURL)',
    gateway: 'agnic',
    path: '/chat/completions',
    args: { prompt: 'Generate a beautiful sunset over mountains' },
    body: {
      model: 'google/gemini-2.0-flash',
      messages: user('Generate a beautiful sunset over mountains'),
      modalities: ['image', 'text'],
    },
  },
  {
    title: 'Agnic, with image_config',
    gateway: 'agnic',
    path: '/chat/completions',
    args: { prompt: 'Create a panoramic landscape of a futuristic city', aspectRatio: '16:9' },
    body: {
      model: 'google/gemini-2.0-flash',
      messages: user('Create a panoramic landscape of a futuristic city'),
      modalities: ['image', 'text'],
      image_config: { aspect_ratio: '16:9' },
    },
  },
  ...imagesCalls(),
];

function imagesCalls() {
  const snow = 'A snow leopard prowling through a rocky mountain landscape during a light snowfall';
  const waterfall = 'A cascading waterfall in a lush rainforest with mist rising and exotic birds flying';
  const fox = 'A red fox walking through a snowy forest clearing with pine trees in the background';
  const echidna =
    'Render an echidna swimming across the Mozambique channel at sunset with phosphorescent jellyfish';
  const owl =
    'Draw a gorgeous image of a river made of white owl feathers snaking through a serene winter landscape';
  const aurora =
    'A mystical aurora borealis dancing over a frozen lake with snow-covered mountains reflected in the ice';
  const garden =
    'A serene Japanese garden with a koi pond, stone lanterns, and cherry blossoms in full bloom';
  const whale = 'A majestic blue whale breaching the ocean surface at sunset';
  const dolphins =
    'A playful dolphin pod jumping through ocean waves at sunrise with seabirds flying overhead';
  const bfl = { blackForestLabs: { outputFormat: 'jpeg', safetyTolerance: 2 } };
  const rows: readonly [string, string, Record<string, unknown>, Record<string, unknown>][] = [
    [
      'generate-imagen-simple.ts',
      'google/imagen-4.0-ultra-generate-001',
      { prompt: snow, n: 2 },
      { prompt: snow, n: 2 },
    ],
    [
      'generate-imagen-options.ts',
      'google/imagen-4.0-ultra-generate-001',
      { prompt: waterfall, n: 2, providerOptions: vertex },
      { prompt: waterfall, n: 2, providerOptions: vertex },
    ],
    [
      'generate-imagen.py',
      'google/imagen-4.0-ultra-generate-001',
      { prompt: fox, n: 2, providerOptions: vertex, extraBody: b64 },
      { prompt: fox, n: 2, ...b64, providerOptions: vertex },
    ],
    ['generate-bfl-simple.ts', 'bfl/flux-2-pro', { prompt: echidna }, { prompt: echidna }],
    [
      'generate-bfl-options.ts',
      'bfl/flux-2-pro',
      { prompt: owl, providerOptions: bfl },
      { prompt: owl, providerOptions: bfl },
    ],
    [
      'generate-bfl.py',
      'bfl/flux-2-pro',
      { prompt: aurora, n: 1, providerOptions: bfl, extraBody: b64 },
      { prompt: aurora, n: 1, ...b64, providerOptions: bfl },
    ],
    ['generate-xai.ts', 'xai/grok-imagine-image-pro', { prompt: garden }, { prompt: garden }],
    [
      'generate-xai.py',
      'xai/grok-imagine-image-pro',
      { prompt: garden, n: 1, extraBody: b64 },
      { prompt: garden, n: 1, ...b64 },
    ],
    [
      'generate-image.py',
      'bfl/flux-2-pro',
      { prompt: whale, n: 1, extraBody: b64 },
      { prompt: whale, n: 1, ...b64 },
    ],
    [
      'generate-image-rest.ts',
      'bfl/flux-2-pro',
      { prompt: dolphins, n: 3, providerOptions: { blackForestLabs: { outputFormat: 'jpeg' } } },
      { prompt: dolphins, n: 3, providerOptions: { blackForestLabs: { outputFormat: 'jpeg' } } },
    ],
  ];
  return rows.map(([file, model, args, body]) => ({
    title: `Vercel, images, ${file}`,
    path: '/images/generations',
    args,
    body: { model, ...body },
  }));
}

/** The whole 1×1 picture that the chat completions document prints. */
const wholePicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==';
const elidedPicture = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA...';

function chatAnswer(url: string) {
  const images = [{ type: 'image_url', image_url: { url } }];
  const message = {
    role: 'assistant',
    content: "Here's a beautiful sunset scene over the mountains...",
    images,
  };
  return {
    id: 'chatcmpl-123',
    object: 'chat.completion',
    created: 1677652288,
    model: 'google/gemini-2.5-flash-image-preview',
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 15, completion_tokens: 28, total_tokens: 43 },
  };
}

function chatChunk(url: string) {
  const delta = { images: [{ type: 'image_url', image_url: { url } }] };
  return {
    id: 'chatcmpl-123',
    object: 'chat.completion.chunk',
    created: 1677652288,
    model: 'google/gemini-2.5-flash-image-preview',
    choices: [{ index: 0, delta, finish_reason: null }],
  };
}

describe('2.4 the calls and answers of the gateways’ documents', () => {
  let server: GatewayServer;
  before(async () => {
    server = await GatewayServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  for (const { title, path, args, body, ...rest } of calls) {
    it(`2.4 sends the body of ${title}, member by member`, async () => {
      const type = path === '/images/generations' ? 'image' : 'language';
      server.reply('/models', {
        json: { object: 'list', data: [listed('acme/first', 'image'), listed(body.model, type)] },
      });
      const id = 'gateway' in rest ? rest.gateway : 'vercel';
      const asked = await askGateway(gatewayAt(server.baseUrl, id), { ...args, model: body.model });
      assert.equal(asked.failure, undefined);
      assert.equal(server.requests(path).length, 1);
      assert.deepEqual(server.requests(path)[0]?.body, body);
      assert.ok(imagesOf(asked).length >= 1);
    });
  }

  it('2.4 asks an image-only model for pictures alone', async () => {
    const architecture = { output_modalities: ['image'] };
    server.reply('/models', { json: { data: [{ id: 'acme/only', architecture }] } });
    await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/only' });
    assert.deepEqual((server.requests('/chat/completions')[0]?.body as { modalities: unknown }).modalities, [
      'image',
    ]);
  });

  const answers = [
    ['a message', { json: chatAnswer(wholePicture) }, { json: chatAnswer(elidedPicture) }],
    [
      'a stream',
      { sse: [{ data: chatChunk(wholePicture) }, { data: '[DONE]' }] },
      { sse: [{ data: chatChunk(elidedPicture) }, { data: '[DONE]' }] },
    ],
  ] as const;
  for (const [title, whole, elided] of answers) {
    it(`2.4 takes the documents’ whole picture out of ${title}`, async () => {
      server.reply('/chat/completions', whole);
      const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/chatty' });
      assert.equal(asked.failure, undefined);
      const [image] = imagesOf(asked);
      assert.deepEqual([image?.facts.format, image?.facts.width, image?.facts.height], ['png', 1, 1]);
      if (title === 'a message')
        assert.equal(textOf(asked), "Here's a beautiful sunset scene over the mountains...");
    });

    it(`2.4 never takes the documents’ elided picture in ${title} for a picture`, async () => {
      server.reply('/chat/completions', elided);
      const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/chatty' });
      assert.deepEqual(imagesOf(asked), []);
      assert.match(asked.failure?.code ?? '', /^(malformedResponse|interrupted)$/);
    });
  }

  it('2.4 reports the tokens that the document’s answer counts', async () => {
    server.reply('/chat/completions', { json: chatAnswer(wholePicture) });
    const { events } = await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/chatty' });
    const usage = events.find((event) => event.type === 'usage');
    assert.deepEqual(usage, {
      type: 'usage',
      usage: { prompt_tokens: 15, completion_tokens: 28, total_tokens: 43 },
    });
  });

  it('2.4 takes several pictures of data[] in their order, and reads Vercel’s cost', async () => {
    server.reply('/images/generations', {
      json: {
        data: [{ b64_json: '{{png 8x4 #ff0000}}' }, { b64_json: '{{png 4x8 #00ff00}}' }],
        provider_metadata: { gateway: { cost: '0.04' } },
      },
    });
    const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/painter', n: 2 });
    assert.deepEqual(
      imagesOf(asked).map(({ facts }) => [facts.width, facts.height]),
      [
        [8, 4],
        [4, 8],
      ],
    );
    assert.deepEqual(asked.events.at(-1), { type: 'usage', cost: { amount: '0.04', currency: 'USD' } });
  });

  it('2.4 fetches a picture that data[] names by url at the gateway itself, without the key', async () => {
    const url = server.servePicture('one.png', Buffer.from(wholePicture.split(',')[1]!, 'base64'));
    server.reply('/images/generations', { json: { data: [{ url }] } });
    const asked = await askGateway(gatewayAt(server.baseUrl), { prompt: 'x', model: 'acme/painter' });
    assert.equal(asked.failure, undefined);
    assert.equal(imagesOf(asked).length, 1);
    const fetched = server.requests('/picture/one.png')[0];
    assert.equal(fetched?.method, 'GET');
    assert.equal(fetched.headers['authorization'], undefined);
  });
});
