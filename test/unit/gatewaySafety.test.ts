import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { askGateway, gatewayAt, imagesOf } from '../support/askGateway.ts';
import { GatewayServer } from '../support/gatewayServer.ts';
import { makePng } from '../support/png.ts';

const chat = { prompt: 'x', model: 'acme/chatty' };
const paint = { prompt: 'x', model: 'acme/painter' };
const key = 'sk-secret-0123456789';

describe('2.3 what leaves for a gateway', () => {
  let server: GatewayServer;
  let other: GatewayServer;
  before(async () => {
    [server, other] = await Promise.all([GatewayServer.start(), GatewayServer.start()]);
  });
  after(() => Promise.all([server.stop(), other.stop()]));
  beforeEach(() => {
    server.reset();
    other.reset();
  });

  it('2.3 sends the key as the gateway wants it, and no header that we did not write', async () => {
    await askGateway(gatewayAt(server.baseUrl, 'vercel', { headers: { 'X-Team': 'docs' } }), chat, { key });
    const sent = server.requests('/chat/completions')[0]?.headers ?? {};
    assert.equal(sent['authorization'], `Bearer ${key}`);
    assert.equal(sent['x-team'], 'docs');
    const names = Object.keys(sent).filter(
      (name) =>
        !/^(host|connection|accept.*|content-.*|user-agent|sec-fetch-mode|transfer-encoding|cache-control|pragma)$/.test(
          name,
        ),
    );
    assert.deepEqual(names.sort(), ['authorization', 'x-team']);
  });

  it('2.3 sends the key in a header of another name, or not at all', async () => {
    await askGateway(gatewayAt(server.baseUrl, 'corp', { auth: { header: 'X-Agnic-Token' } }), chat, { key });
    await askGateway(gatewayAt(server.baseUrl, 'corp', { auth: 'none' }), chat, { key });
    const [withHeader, without] = server.requests('/chat/completions');
    assert.equal(withHeader?.headers['x-agnic-token'], key);
    assert.equal(withHeader.headers['authorization'], undefined);
    assert.equal(JSON.stringify(without?.headers).includes(key), false);
  });

  it('2.3 lets nothing out that the SDK reads from the environment', async () => {
    const planted: Record<string, string> = {
      OPENAI_API_KEY: 'sk-planted-1',
      OPENAI_ADMIN_KEY: 'sk-planted-2',
      OPENAI_ORG_ID: 'org-planted',
      OPENAI_PROJECT_ID: 'proj-planted',
      OPENAI_WEBHOOK_SECRET: 'whsec-planted',
      OPENAI_BASE_URL: other.baseUrl,
      OPENAI_LOG: 'debug',
      OPENAI_CUSTOM_HEADERS: 'X-Planted: planted\nAuthorization: Bearer planted',
    };
    const before = { ...process.env };
    Object.assign(process.env, planted);
    try {
      await askGateway(gatewayAt(server.baseUrl, 'corp', { auth: 'none' }), chat);
      await askGateway(gatewayAt(server.baseUrl, 'corp', { auth: 'none' }), paint);
    } finally {
      for (const name of Object.keys(planted)) {
        if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = before[name];
      }
    }
    assert.equal(other.requests().length, 0);
    assert.ok(server.requests().length >= 4);
    assert.doesNotMatch(JSON.stringify(server.requests()), /planted/);
  });

  for (const status of [301, 302, 303, 307, 308]) {
    it(`2.3 refuses a redirect with ${status}: nothing reaches the other server`, async () => {
      server.reply('/chat/completions', {
        status,
        headers: { location: `${other.baseUrl}/chat/completions` },
        body: '',
      });
      const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { key });
      assert.equal(failure?.code, 'network');
      assert.match(failure.message, /redirects to “127\.0\.0\.1:\d+”/);
      assert.equal(other.requests().length, 0);
      assert.equal(server.requests('/chat/completions').length, 1);
    });
  }

  it('2.3 refuses a redirect of the list of models as well', async () => {
    server.reply('/models', { status: 302, headers: { location: `${other.baseUrl}/models` }, body: '' });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { key });
    assert.equal(failure?.code, 'network');
    assert.equal(other.requests().length, 0);
  });

  it('2.3 fetches no picture from plain http, private addresses or prose', async () => {
    const url = other.servePicture('x.png', makePng(2, 2));
    for (const data of [
      [{ url }],
      [{ url: 'http://169.254.169.254/latest/meta-data' }],
      [{ url: 'https://10.0.0.1/x.png' }],
      [{ url: 'file:///etc/passwd' }],
    ]) {
      server.reply('/images/generations', { json: { data } });
      const { failure } = await askGateway(gatewayAt(server.baseUrl), paint);
      assert.equal(failure?.code, 'malformedResponse', JSON.stringify(data));
    }
    server.reply('/chat/completions', {
      json: { choices: [{ message: { content: `See ![x](${url})` }, finish_reason: 'stop' }] },
    });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat);
    assert.equal(failure?.code, 'noImage');
    assert.equal(other.requests().length, 0);
  });

  it('2.3 refuses a redirect on the way to a picture', async () => {
    server.reply('/v1/moved.png', {
      status: 302,
      headers: { location: other.servePicture('x.png', makePng(2, 2)) },
      body: '',
    });
    server.reply('/images/generations', { json: { data: [{ url: `${server.baseUrl}/moved.png` }] } });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), paint);
    assert.equal(failure?.code, 'network');
    assert.equal(other.requests().length, 0);
  });
});

describe('2.3 what a gateway’s answer can do', () => {
  let server: GatewayServer;
  before(async () => {
    server = await GatewayServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  it('2.3 takes keys and configured header values out of an error before it is cut', async () => {
    const filler = 'a '.repeat(90);
    server.reply('/chat/completions', {
      status: 400,
      json: { error: { message: `${filler}bad key ${key} for team-docs-77` } },
    });
    const { failure } = await askGateway(
      gatewayAt(server.baseUrl, 'vercel', { headers: { 'X-Team': 'team-docs-77' } }),
      chat,
      { key },
    );
    assert.equal(failure?.code, 'badRequest');
    assert.doesNotMatch(failure.message, /sk-secret|0123456789|team-docs/);
  });

  it('2.3 lets no link, control or bidirectional character of an error through, and at most 200 characters', async () => {
    const message = `[click](command:evil.run) https://evil.example/x\u202e\u0007<a href="x"> ${'y'.repeat(500)}`;
    server.reply('/chat/completions', { status: 400, json: { error: { message } } });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat);
    assert.ok(failure);
    const quoted = /“(.*)”/.exec(failure.message)?.[1] ?? '';
    assert.ok(quoted.length > 20 && quoted.length <= 200, String(quoted.length));
    assert.doesNotMatch(failure.message, /\]\(|command:|https?:|[\u0000-\u001f\u202a-\u202e<>]/);
  });

  it('2.3 gives an error name, message and code only', async () => {
    server.reply('/chat/completions', { status: 500, json: { error: { message: 'no' } } });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { key });
    assert.deepEqual(Object.getOwnPropertyNames(failure).sort(), ['code', 'message', 'name']);
    assert.match(failure?.message ?? '', / \[serverError\]$/);
  });

  it('2.3 reads no more than 64 KiB of an error, whatever it inflates to', async () => {
    const body = gzipSync(Buffer.from(`<html><title>Big</title>${' '.repeat(300_000_000)}`));
    server.reply('/chat/completions', {
      status: 502,
      headers: { 'content-type': 'text/html', 'content-encoding': 'gzip' },
      chunks: [{ base64: body.toString('base64') }],
    });
    const before = process.memoryUsage().rss;
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat);
    assert.equal(failure?.code, 'serverError');
    assert.match(failure.message, /“Big”/);
    assert.ok(process.memoryUsage().rss - before < 150_000_000, 'the inflated page was held in memory');
  });

  it('2.3 stops reading a list of models after 8 MiB', async () => {
    server.reply('/models', { body: `{"data":[${'{"id":"x"},'.repeat(900_000)}{"id":"y"}]}` });
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat);
    assert.equal(failure?.code, 'malformedResponse');
    assert.match(failure.message, /8 MiB/);
  });

  it('2.3 repeats nothing that may have been billed', async () => {
    for (const reply of [
      { status: 500, json: {} },
      { status: 429, json: {} },
      { status: 200, body: '', cut: true },
      { status: 408, json: {} },
    ]) {
      server.reset();
      server.reply('/chat/completions', reply);
      const { failure } = await askGateway(gatewayAt(server.baseUrl), chat);
      assert.ok(failure);
      assert.equal(server.requests('/chat/completions').length, 1, JSON.stringify(reply));
    }
  });

  it('2.3 never takes GIF, SVG, HTML or text for a picture, whatever it is called', async () => {
    for (const content of [
      'GIF89a........',
      '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
      '<html>',
      'hello',
    ]) {
      const url = `data:image/png;base64,${Buffer.from(content).toString('base64')}`;
      server.reply('/chat/completions', {
        json: { choices: [{ message: { images: [{ image_url: { url } }] }, finish_reason: 'stop' }] },
      });
      const asked = await askGateway(gatewayAt(server.baseUrl), chat);
      assert.equal(asked.failure?.code, 'malformedResponse', content);
      assert.deepEqual(imagesOf(asked), []);
    }
  });

  it('2.3 says when a picture has no end, is not what it is called, or has something after its end', async () => {
    const png = makePng(5, 4);
    const answer = (bytes: Uint8Array, type: string) => {
      const url = `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
      server.reply('/chat/completions', {
        json: { choices: [{ message: { images: [{ image_url: { url } }] }, finish_reason: 'stop' }] },
      });
      return askGateway(gatewayAt(server.baseUrl), chat);
    };
    assert.equal((await answer(png.slice(0, -9), 'image/png')).failure?.code, 'interrupted');
    const codes = (asked: Awaited<ReturnType<typeof answer>>) =>
      asked.events.flatMap((event) => (event.type === 'notice' ? [event.notice.code] : []));
    assert.deepEqual(codes(await answer(png, 'image/jpeg')), ['mediaTypeDiffers']);
    const padded = await answer(Buffer.concat([png, Buffer.from('<script>')]), 'image/png');
    assert.deepEqual(codes(padded), ['trailingBytesCut']);
    assert.equal(imagesOf(padded)[0]?.facts.end, png.byteLength);
  });
});

describe('2.9 time and cancelling on the wire', () => {
  let server: GatewayServer;
  before(async () => {
    server = await GatewayServer.start();
  });
  after(() => server.stop());
  beforeEach(() => server.reset());

  for (const [title, reply] of [
    ['never answers', { hang: 'before' }],
    [
      'stalls inside a stream',
      { sse: [{ data: { choices: [{ delta: { content: 'a' } }] } }], hang: 'after' },
    ],
  ] as const) {
    it(`2.9 gives up a gateway that ${title}, and closes the connection`, async () => {
      server.reply('/chat/completions', reply);
      const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { idleMs: 200 });
      assert.equal(failure?.code, 'timeout');
      await closedEarly(server);
    });

    it(`2.9 cancels at once where a gateway ${title}, and closes the connection`, async () => {
      server.reply('/chat/completions', reply);
      const controller = new AbortController();
      const asking = askGateway(gatewayAt(server.baseUrl), chat, {
        signal: controller.signal,
        idleMs: 60_000,
      });
      while (server.requests('/chat/completions').length === 0)
        await new Promise((resolve) => setTimeout(resolve, 10));
      await new Promise((resolve) => setTimeout(resolve, 50));
      controller.abort();
      assert.equal((await asking).failure?.code, 'cancelled');
      await closedEarly(server);
    });
  }

  it('2.9 lets bytes that trickle in keep an answer alive, up to four times the limit in total', async () => {
    const word = { data: { choices: [{ delta: { content: 'a' } }] }, delayMs: 60 };
    server.reply('/chat/completions', { sse: Array.from({ length: 100 }, () => word) });
    const asked = await askGateway(gatewayAt(server.baseUrl), chat, { idleMs: 250 });
    assert.equal(asked.failure?.code, 'timeout');
    assert.match(asked.failure.message, /in total/);
    assert.ok(asked.events.filter(({ type }) => type === 'text').length > 5);
  });
});

async function closedEarly(server: GatewayServer): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (server.requests('/chat/completions')[0]?.closedEarly === true) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.fail('the connection was left open');
}
