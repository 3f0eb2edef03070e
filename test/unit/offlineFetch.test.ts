import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { offlineBaseUrl } from '../../src/core/gateway/offline/offlineBaseUrl.ts';
import { createOfflineFetch } from '../../src/core/gateway/offline/offlineFetch.ts';
import { watchTimers } from '../support/watchTimers.ts';

interface WireError {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly code: string;
    readonly param: string;
  };
}
interface ImagesAnswer {
  readonly data: readonly { readonly b64_json: string }[];
  readonly size: string;
  readonly output_format: string;
  readonly usage: object;
}
interface WireEvent {
  readonly type: string;
  readonly text?: string;
  readonly b64_json?: string;
  readonly partial_image_index?: number;
  readonly size?: string;
  readonly output_format?: string;
  readonly background?: string;
  readonly usage?: unknown;
}

const offline = createOfflineFetch({ pauseMs: 0 });
const sketch = { model: 'offline/sketch', prompt: 'A quiet harbour', size: '64x48' };
const chat = {
  model: 'offline/sketch-chat',
  messages: [{ role: 'user', content: 'A quiet harbour' }],
  size: '64x48',
};

const post = (path: string, body: unknown, init: RequestInit = {}) =>
  offline(`${offlineBaseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
const postImages = async (body: unknown, path = '/images/generations') =>
  (await (await post(path, body)).json()) as ImagesAnswer;
const sizeOf = (base64 = ''): string => {
  const png = Buffer.from(base64, 'base64');
  assert.equal(png.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  assert.equal(png.subarray(-8, -4).toString('latin1'), 'IEND', 'the picture is whole');
  return `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
};
/** The events of a stream: name and data. */
const eventsOf = async (response: Response) => {
  assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/);
  return (await response.text())
    .split('\n\n')
    .filter(Boolean)
    .map((block) => ({
      name: /^event: (.+)$/m.exec(block)?.[1],
      data: /^data: (.+)$/m.exec(block)?.[1] ?? '',
    }));
};
const refused = async (response: Response, status: number, code: string): Promise<WireError['error']> => {
  assert.equal(response.status, status);
  const { error } = (await response.json()) as WireError;
  assert.equal(error.code, code);
  assert.equal(error.type, 'invalid_request_error');
  assert.ok('param' in error);
  return error;
};

describe('offline fetch', () => {
  it('2.5 lists its models in the shape of Vercel', async () => {
    const response = await offline(new URL(`${offlineBaseUrl}/models`));
    const { object, data } = (await response.json()) as { object: string; data: Record<string, unknown>[] };
    assert.equal(object, 'list');
    assert.deepEqual(
      data.map(({ id, type }) => [id, type]),
      [
        ['offline/sketch', 'image'],
        ['offline/sketch-chat', 'language'],
      ],
    );
    assert.equal(data[0]?.['name'], 'Offline sketch');
    assert.deepEqual(data[0]['supported_parameters'], [
      'n',
      'size',
      'seed',
      'background',
      'stream',
      'partial_images',
    ]);
    assert.deepEqual(data[1]?.['tags'], ['image-generation']);
    assert.deepEqual((data[1]['architecture'] as Record<string, unknown>)['output_modalities'], [
      'text',
      'image',
    ]);
  });

  it('2.5 answers images/generations with n pictures of exactly the size asked for', async () => {
    const answer = await postImages({ ...sketch, n: 3, response_format: 'b64_json' });
    assert.deepEqual(
      answer.data.map(({ b64_json }) => sizeOf(b64_json)),
      ['64x48', '64x48', '64x48'],
    );
    assert.equal(new Set(answer.data.map(({ b64_json }) => b64_json)).size, 3);
    assert.equal(answer.size, '64x48');
    assert.equal(answer.output_format, 'png');
    assert.deepEqual(answer.usage, { input_tokens: 0, output_tokens: 0, total_tokens: 0, cost: 0 });
    assert.deepEqual(
      (await postImages({ ...sketch, n: 3 })).data,
      answer.data,
      'the same prompt, the same pictures',
    );
    assert.notDeepEqual((await postImages({ ...sketch, n: 3, seed: 5 })).data, answer.data);
    assert.notDeepEqual((await postImages({ ...sketch, n: 3, background: 'transparent' })).data, answer.data);
  });

  it('2.5 streams images/generations: words, frames, pictures', async () => {
    const response = await post('/images/generations', {
      ...sketch,
      n: 2,
      stream: true,
      background: 'transparent',
    });
    const events = await eventsOf(response);
    const data = events.map((event) => JSON.parse(event.data) as WireEvent);
    events.forEach((event, i) => assert.equal(event.name, data[i]?.type));
    const words = data.filter(({ type }) => type === 'image_generation.text_chunk');
    assert.ok(words.length > 5);
    assert.equal(
      words.map(({ text }) => text).join(''),
      'A sketch of “A quiet harbour”, drawn on this machine. No model was asked.',
    );
    const pictures = data.slice(words.length);
    assert.deepEqual(
      pictures.map(({ type, partial_image_index }) => `${type.slice(17)} ${partial_image_index ?? '-'}`),
      [
        'partial_image 0',
        'partial_image 1',
        'completed -',
        'partial_image 0',
        'partial_image 1',
        'completed -',
      ],
    );
    for (const { size, output_format, background } of pictures) {
      assert.deepEqual([size, output_format, background], ['64x48', 'png', 'transparent']);
    }
    assert.deepEqual(
      pictures.map(({ b64_json }) => sizeOf(b64_json)),
      Array<string>(6).fill('64x48'),
    );
    assert.deepEqual(pictures[2]?.usage, { input_tokens: 0, output_tokens: 0, total_tokens: 0, cost: 0 });
    const { data: whole } = await postImages({ ...sketch, n: 2, background: 'transparent' });
    assert.deepEqual(
      [pictures[2].b64_json, pictures[5]?.b64_json],
      whole.map(({ b64_json }) => b64_json),
    );
  });

  it('2.5 streams as many frames as are asked for', async () => {
    for (const [partial_images, count] of [
      [0, 0],
      [1, 1],
      [3, 3],
      [undefined, 2],
    ]) {
      const events = await eventsOf(
        await post('/images/generations', { ...sketch, stream: true, partial_images }),
      );
      assert.equal(events.filter(({ name }) => name === 'image_generation.partial_image').length, count);
    }
  });

  it('2.5 answers chat/completions with text and one picture, in base64 in a data URL', async () => {
    const response = await post('/chat/completions', { ...chat, modalities: ['text', 'image'] });
    const answer = (await response.json()) as OpenAI.ChatCompletion;
    const [choice] = answer.choices;
    const message = choice?.message as unknown as {
      role: string;
      content: string;
      images: { type: string; image_url: { url: string } }[];
    };
    assert.equal(answer.object, 'chat.completion');
    assert.equal(answer.model, 'offline/sketch-chat');
    assert.equal(choice?.finish_reason, 'stop');
    assert.equal(message.role, 'assistant');
    assert.match(message.content, /^A sketch of “A quiet harbour”, .*No model was asked\.$/);
    assert.equal(message.images.length, 1);
    assert.equal(message.images[0]?.type, 'image_url');
    const url = message.images[0].image_url.url;
    assert.ok(url.startsWith('data:image/png;base64,'));
    assert.equal(sizeOf(url.slice(22)), '64x48');
    assert.deepEqual(answer.usage, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, cost: 0 });
    const imageOnly = (await (
      await post('/chat/completions', { ...chat, modalities: ['image'] })
    ).json()) as typeof answer;
    assert.equal(imageOnly.choices[0]?.message.content, '');
  });

  it('2.5 streams chat/completions: role, words, picture, stop, usage, [DONE]', async () => {
    const events = await eventsOf(await post('/chat/completions', { ...chat, stream: true }));
    assert.equal(events.at(-1)?.data, '[DONE]');
    interface Chunk {
      object: string;
      choices: {
        delta: { role?: string; content?: string; images?: { index: number; image_url: { url: string } }[] };
        finish_reason: string | null;
      }[];
      usage?: object;
    }
    const chunks = events.slice(0, -1).map(({ data }) => JSON.parse(data) as Chunk);
    assert.ok(chunks.every(({ object }) => object === 'chat.completion.chunk'));
    assert.equal(chunks[0]?.choices[0]?.delta.role, 'assistant');
    const deltas = chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));
    assert.match(deltas.map(({ content }) => content ?? '').join(''), /^A sketch of “A quiet harbour”/);
    assert.ok(deltas.filter(({ content }) => content).length > 5);
    const images = deltas.flatMap((delta) => delta.images ?? []);
    assert.deepEqual(
      images.map(({ index }) => index),
      [0],
    );
    assert.equal(sizeOf(images[0]?.image_url.url.slice(22)), '64x48');
    assert.deepEqual(
      chunks.flatMap(({ choices }) => choices.flatMap((choice) => choice.finish_reason ?? [])),
      ['stop'],
    );
    assert.deepEqual(chunks.at(-1)?.choices, []);
    assert.deepEqual(chunks.at(-1)?.usage, {
      prompt_tokens: 0,
      completion_tokens: 0,
      total_tokens: 0,
      cost: 0,
    });
  });

  it('2.5 lets the aspect ratio decide the size where none is named', async () => {
    const sizes = {
      '16:9': '1344x768',
      '9:16': '768x1344',
      '4:3': '1184x864',
      '3:2': '1248x832',
      '4:1': '2048x512',
    };
    for (const [aspect_ratio, size] of Object.entries(sizes)) {
      const answer = await postImages({ ...sketch, size: undefined, image_config: { aspect_ratio } });
      assert.equal(sizeOf(answer.data[0]?.b64_json), size);
    }
    const { data } = await postImages({ ...sketch, size: 'auto' });
    assert.equal(sizeOf(data[0]?.b64_json), '1024x1024');
    assert.equal(sizeOf((await postImages({ ...sketch, aspect_ratio: '16:9' })).data[0]?.b64_json), '64x48');
  });

  it('2.5 edits: the size of the first picture, JSON and multipart, another picture than without it', async () => {
    const [picture] = (await postImages({ ...sketch, size: '37x91' })).data;
    const edit = {
      ...sketch,
      size: undefined,
      images: [{ image_url: `data:image/png;base64,${picture?.b64_json ?? ''}` }],
    };
    const byJson = await postImages(edit, '/images/edits');
    assert.equal(sizeOf(byJson.data[0]?.b64_json), '37x91');
    const form = new FormData();
    form.set('model', sketch.model);
    form.set('prompt', sketch.prompt);
    form.set('n', '1');
    form.append(
      'image[]',
      new Blob([Buffer.from(picture?.b64_json ?? '', 'base64')], { type: 'image/png' }),
      'a.png',
    );
    const byForm = await offline(`${offlineBaseUrl}/images/edits`, { method: 'POST', body: form });
    assert.deepEqual(((await byForm.json()) as ImagesAnswer).data, byJson.data);
    const other = await postImages(
      { ...edit, size: '37x91', images: [{ image_url: 'https://example.com/a.jpg' }] },
      '/images/edits',
    );
    assert.notDeepEqual(other.data, byJson.data);
    const unreadable = await postImages(
      { ...edit, images: [{ image_url: 'data:image/jpeg;base64,/9j/4A==' }] },
      '/images/edits',
    );
    assert.equal(sizeOf(unreadable.data[0]?.b64_json), '1024x1024');
    const events = await eventsOf(await post('/images/edits', { ...edit, stream: true }));
    assert.equal(events.at(-1)?.name, 'image_edit.completed');
    assert.match(
      events.map(({ data }) => (JSON.parse(data) as WireEvent).text ?? '').join(''),
      /^A sketch of the edit “/,
    );
    await refused(await post('/images/edits', { ...sketch }), 400, 'missing_required_parameter');
  });

  it('2.5 takes a chat message of parts, its first picture giving the size', async () => {
    const [picture] = (await postImages({ ...sketch, size: '37x91' })).data;
    const content = [
      { type: 'text', text: 'Make it blue' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${picture?.b64_json ?? ''}` } },
    ];
    const response = await post('/chat/completions', {
      ...chat,
      size: undefined,
      messages: [{ role: 'user', content }],
    });
    const text = await response.text();
    assert.match(text, /A sketch of the edit “Make it blue”/);
    assert.equal(sizeOf(/base64,([^"]+)/.exec(text)?.[1]), '37x91');
  });

  it('5.3 goes on from the last picture of a conversation, which gives the size', async () => {
    const [picture] = (await postImages({ ...sketch, size: '37x91' })).data;
    const image = {
      type: 'image_url',
      image_url: { url: `data:image/png;base64,${picture?.b64_json ?? ''}` },
    };
    const messages = [
      { role: 'user', content: 'A quiet harbour' },
      { role: 'assistant', content: 'Here.', images: [image] },
      { role: 'user', content: 'Make it blue' },
    ];
    const text = await (await post('/chat/completions', { ...chat, size: undefined, messages })).text();
    assert.match(text, /A sketch of the edit “Make it blue”/);
    assert.equal(sizeOf(/base64,([^"]+)/.exec(text)?.[1]), '37x91');
  });

  it('2.5 refuses sizes beyond its limits and names them', async () => {
    for (const size of ['8193x1', '1x8193', '8192x8192', '0x5', '64', '64x', '-1x5', '1e3x5', 64]) {
      const error = await refused(
        await post('/images/generations', { ...sketch, size }),
        400,
        'invalid_value',
      );
      assert.equal(error.param, 'size');
      assert.match(
        error.message,
        typeof size === 'string' && /^\d+x\d+$/.test(size) ? /8192 pixels.*33554432/ : /WIDTHxHEIGHT/,
      );
    }
    assert.equal(sizeOf((await postImages({ ...sketch, size: '8192x1' })).data[0]?.b64_json), '8192x1');
  });

  it('2.5 refuses what it cannot read, in the shape of OpenAI', async () => {
    const path = '/images/generations';
    await refused(await post(path, '{"model":'), 400, 'invalid_json');
    await refused(await post(path, '[1]'), 400, 'invalid_json');
    await refused(
      await post(path, 'x', { headers: { 'content-type': 'multipart/form-data; boundary=y' } }),
      400,
      'invalid_json',
    );
    assert.equal(
      (await refused(await post(path, { ...sketch, prompt: ' ' }), 400, 'missing_required_parameter')).param,
      'prompt',
    );
    assert.equal(
      (await refused(await post(path, { ...sketch, model: undefined }), 400, 'missing_required_parameter'))
        .param,
      'model',
    );
    assert.equal(
      (await refused(await post(path, { ...sketch, model: 'gpt-image-2' }), 404, 'model_not_found')).param,
      'model',
    );
    for (const [name, value] of Object.entries({
      n: 11,
      seed: 1.5,
      partial_images: 4,
      response_format: 'url',
      aspect_ratio: '0:1',
    })) {
      const error = await refused(
        await post(path, { ...sketch, size: undefined, [name]: value }),
        400,
        'invalid_value',
      );
      assert.equal(error.param, name);
    }
    assert.equal(
      (
        await refused(
          await post('/chat/completions', { ...chat, messages: [] }),
          400,
          'missing_required_parameter',
        )
      ).param,
      'messages',
    );
  });

  it('2.5 knows no other path, origin or method', async () => {
    for (const url of ['/image', '/models/x', '/constructor', ''])
      await refused(await offline(`${offlineBaseUrl}${url}`), 404, 'not_found');
    await refused(await offline('https://example.com/v1/models'), 404, 'not_found');
    await refused(await offline('https://offline.invalid/v2/models'), 404, 'not_found');
    await refused(await offline(`${offlineBaseUrl}/images/generations`), 405, 'method_not_allowed');
    await refused(await post('/models', {}), 405, 'method_not_allowed');
  });

  it('2.5 rejects with the reason of the signal before the answer, and stops drawing', async () => {
    const big = { ...sketch, size: '4096x4096' };
    const reason = new Error('enough');
    await assert.rejects(
      post('/images/generations', sketch, { signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
    for (const [path, body] of [
      ['/images/generations', big],
      ['/chat/completions', { ...chat, size: '4096x4096' }],
    ] as const) {
      await watchTimers(async ({ delays, wait, reach }) => {
        const controller = new AbortController();
        const answer = post(path, body, { signal: controller.signal });
        await reach(2);
        controller.abort(reason);
        await assert.rejects(answer, (error) => error === reason);
        const drawn = delays.length;
        await wait(200);
        assert.ok(delays.length <= drawn + 1, 'drawing has stopped');
      });
    }
    const request = new Request(`${offlineBaseUrl}/models`, { signal: AbortSignal.abort(reason) });
    await assert.rejects(offline(request), (error) => error === reason);
  });

  it('2.5 fails the body with the reason of the signal, between any two events', async () => {
    const slow = createOfflineFetch({ pauseMs: 30 });
    for (const [path, body] of [
      ['/images/generations', sketch],
      ['/chat/completions', chat],
    ] as const) {
      const controller = new AbortController();
      const reason = new Error('enough');
      const response = await slow(`${offlineBaseUrl}${path}`, {
        method: 'POST',
        body: JSON.stringify({ ...body, stream: true }),
        signal: controller.signal,
      });
      const reader = response.body!.getReader();
      for (let i = 0; i < 4; i++) assert.equal((await reader.read()).done, false);
      setTimeout(() => controller.abort(reason), 3);
      await assert.rejects(
        async () => {
          while (!(await reader.read()).done);
        },
        (error) => error === reason,
      );
    }
  });

  it('2.5 makes no more of a stream than is read, and stops when the reader leaves', async () => {
    const response = await post('/images/generations', {
      ...sketch,
      size: '8192x4096',
      stream: true,
      partial_images: 0,
    });
    const reader = response.body!.getReader();
    assert.match(new TextDecoder().decode((await reader.read()).value as Uint8Array), /text_chunk/);
    // Drawing waits for a turn after each slice of work.
    await watchTimers(async ({ delays, wait, reach }) => {
      await wait(200);
      assert.equal(delays.length, 0, 'nothing is drawn ahead of the reader');
      const reading = (async () => {
        while (!(await reader.read()).done);
      })();
      await reach(3);
      await reader.cancel();
      await reading;
      const drawn = delays.length;
      await wait(300);
      assert.ok(delays.length <= drawn + 1, 'drawing has stopped');
    });
  });

  it('2.5 sends a large picture in pieces', async () => {
    const response = await post('/images/generations', { ...sketch, size: '2048x2048' });
    const sizes: number[] = [];
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) sizes.push(piece.length);
    assert.ok(sizes.length > 3 && Math.max(...sizes) <= 65_536, sizes.join(' '));
  });

  it('2.5 pauses between the events of a stream, but not for long', async () => {
    const asUsual = createOfflineFetch();
    const body = JSON.stringify({ ...sketch, stream: true });
    await watchTimers(async ({ delays }) => {
      await (await asUsual(`${offlineBaseUrl}/images/generations`, { method: 'POST', body })).text();
      const paused = delays.reduce((sum, ms) => sum + ms, 0);
      assert.ok(paused > 120 && paused < 1200, `${paused} ms`);
    });
  });

  it('2.5 is understood by the openai SDK on both routes', async () => {
    const client = new OpenAI({ apiKey: 'none', baseURL: offlineBaseUrl, fetch: offline, maxRetries: 0 });
    assert.equal((await client.models.list()).data.length, 2);
    const images = await client.images.generate({ model: sketch.model, prompt: 'A fox', size: '1024x1024' });
    assert.equal(sizeOf(images.data?.[0]?.b64_json), '1024x1024');
    const types: string[] = [];
    for await (const event of await client.images.generate({
      model: sketch.model,
      prompt: 'A fox',
      stream: true,
    }))
      types.push(event.type);
    assert.equal(types.at(-1), 'image_generation.completed');
    const stream = await client.chat.completions.create({
      model: chat.model,
      messages: [{ role: 'user', content: 'A fox' }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    assert.match(text, /“A fox”/);
    await assert.rejects(client.images.generate({ model: 'nope', prompt: 'A fox' }), OpenAI.NotFoundError);
  });
});
