import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createLearnedStore, parseLearned } from '../../src/core/gateway/learned.ts';
import type { ReferenceImage } from '../../src/core/request.ts';
import { nodeFetch } from '../../src/host/platform/node/nodeFetch.ts';
import {
  type Asked,
  askGateway,
  type AskOptions,
  gatewayAt,
  imagesOf,
  textOf,
} from '../support/askGateway.ts';
import { chatChunk, chatImage, errorReply, pngBase64 } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const key = 'sk-hostile-0123456789abcdef';
const picture: ReferenceImage = { bytes: makePng(8, 8), format: 'png' };

describe('3.10 a hostile gateway', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  const posts = () => server.requests().filter(({ method }) => method === 'POST');
  const ask = (args: object, options: AskOptions = {}): Promise<Asked> =>
    askGateway(
      gatewayAt(server.baseUrl),
      { prompt: 'a fox', model: 'acme/painter', ...args },
      { key, ...options },
    );

  it('3.10 cannot have the mask left out, now or later: without it the whole image would change', async () => {
    const learned = createLearnedStore();
    learned.set('acme/painter', parseLearned({ refused: ['mask', 'mask={"image_url":"x"}'] }));
    server.reply('/images/edits', errorReply(400, 'unsupported parameter: mask'));
    const asked = await ask({}, { references: [picture], mask: picture, learned });
    assert.equal(asked.failure?.code, 'badRequest');
    for (const { body, bodyText } of posts())
      assert.ok(body === undefined ? bodyText.includes('name="mask"') : 'mask' in (body as object));
    assert.ok(!JSON.stringify(learned.get('acme/painter')).includes('mask'));
  });

  it('3.10 cannot have provider options left out, nor a piece of them remembered', async () => {
    const learned = createLearnedStore();
    const providerOptions = { gateway: { only: ['mine'] }, byok: { openai: [{ apiKey: 'sk-own-key' }] } };
    for (const words of ['unsupported parameter: providerOptions', 'providerOptions must be valid']) {
      server.reply('/images/generations', errorReply(400, words));
      assert.equal((await ask({ providerOptions }, { learned })).failure?.code, 'badRequest');
    }
    assert.equal(posts().length, 2);
    assert.deepEqual(learned.get('acme/painter').refused, []);
  });

  it('3.10 cannot have a member dropped by quoting the prompt', async () => {
    const prompt = 'the size of a fox, quality unknown';
    server.reply('/images/generations', errorReply(400, `Invalid request: “${prompt}”`));
    const asked = await ask({ prompt, size: '64x48', quality: 'high' });
    assert.equal(asked.failure?.code, 'badRequest');
    assert.equal(posts().length, 1);
  });

  it('3.10 sells no more by sending the same picture again and again', async () => {
    const same = { b64_json: pngBase64('8x8') };
    server.reply('/images/generations', { json: { data: [same, same, same, same] } });
    const asked = await ask({ n: 4 });
    assert.equal(imagesOf(asked).length, 1);
    assert.equal(posts().length, 1);
  });

  it('3.10 fills no workspace: 32 pictures are all that a request may bring, in however many answers', async () => {
    const colours = Array.from({ length: 20 }, (_, index) => `8x8 #0000${(index + 16).toString(16)}`);
    const images = colours.map((colour) => chatImage(colour));
    server.reply('/chat/completions', {
      json: { choices: [{ message: { images }, finish_reason: 'stop' }] },
    });
    const asked = await ask({ model: 'acme/chatty', n: 4 });
    assert.ok(imagesOf(asked).length <= 32);
    assert.equal(asked.failure?.code, 'malformedResponse');
  });

  it('3.10 gets the key back into no word: types, counts, split text, ids, hosts', async () => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    const told: unknown[] = [];
    const hear = (asked: Asked) =>
      told.push(
        asked.events.filter(({ type }) => type !== 'image'),
        asked.failure?.message,
      );
    server.queue('/images/generations', {
      headers: { 'x-request-id': `${'x'.repeat(60)}${key}` },
      json: {
        data: [{ b64_json: pngBase64('8x8'), media_type: `image/${key}`, revised_prompt: key }],
        usage: { [key]: 1, total_tokens: 2, toString: 3 },
      },
    });
    hear(await ask({}, { log }));
    server.queue('/images/generations', {
      json: { data: [{ url: `https://${key}.example.invalid/a.png` }] },
    });
    hear(await ask({}, { log }));
    server.queue('/images/generations', {
      status: 302,
      headers: { location: `https://${key}.example.invalid/` },
    });
    hear(await ask({}, { log }));
    const halves = [...Array(key.length).keys()].map((at) => chatChunk({ content: key[at] }));
    server.queue('/chat/completions', { sse: [...halves, chatChunk({ images: [chatImage()] }, 'stop')] });
    const split = await ask({ model: 'acme/chatty', stream: true }, { log });
    hear(split);
    assert.equal(textOf(split), '•••');
    const all = `${JSON.stringify(told)}${lines.join('\n')}`;
    assert.ok(!all.includes(key.slice(0, 16)), all.slice(all.indexOf(key.slice(0, 16)) - 80).slice(0, 200));
  });

  it('3.10 learns nothing of where pictures are kept from its own error', async () => {
    const long = Buffer.alloc(3000, 7).toString('base64');
    server.reply('/images/generations', { json: { error: { detail: [`x base64,${long}`] } } });
    const { failure } = await ask({});
    assert.equal(failure?.code, 'serverError');
    assert.doesNotMatch(failure.message, /writer|cutting|path|parts/);
  });

  it('3.10 words that must be read twice cost no time', async () => {
    const words = '!['.repeat(200_000);
    const sse = [chatChunk({ content: `${words}data:image/` }), chatChunk({ images: [chatImage()] }, 'stop')];
    server.reply('/chat/completions', { sse });
    const asked = await ask({ model: 'acme/chatty', stream: true }, { idleMs: 4000 });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
  });

  it('3.10 an odd status line is a failure, and brings nothing down', async () => {
    for (const status of ['999 Odd', '600 Odd', '101 Switching']) {
      const odd = createServer((socket) => {
        socket.once('data', () => socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`));
        socket.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => odd.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(odd.address() as AddressInfo).port}/`;
      await assert.rejects(nodeFetch(url, { signal: AbortSignal.timeout(3000) }), status);
      odd.close();
    }
  });
});
