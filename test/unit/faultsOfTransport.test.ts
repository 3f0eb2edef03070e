import assert from 'node:assert/strict';
import { nodeFetch } from '../../src/host/platform/node/nodeFetch.ts';
import { type Asked, askGateway, type AskOptions, gatewayAt, imagesOf } from '../support/askGateway.ts';
import type { FaultName } from '../support/faults/faults.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const chat = { prompt: 'a fox', model: 'acme/chatty' };
const images = { prompt: 'a fox', model: 'acme/painter' };

describe('3.8 faults 1 to 10: the way to the gateway and back', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  async function play(fault: FaultName, args: object = images, options: AskOptions = {}): Promise<Asked> {
    server.play(fault);
    return askGateway(gatewayAt(server.baseUrl), { ...args }, options);
  }
  const posts = () => server.requests().filter(({ method }) => method === 'POST');
  const retrying = ({ events }: Asked) =>
    events.flatMap((event) => (event.type === 'retrying' ? [event.message] : []));

  for (const [fault, code] of [
    ['serverError', 'serverError'],
    ['conflict', 'badRequest'],
    ['unavailableWithoutTime', 'serverError'],
  ] as const) {
    it(`3.8 fault 1: ${fault} is one POST, not three`, async () => {
      for (const args of [chat, images]) {
        server.reset();
        assert.equal((await play(fault, args)).failure?.code, code);
        assert.equal(posts().length, 1);
      }
    });
  }

  it('3.8 fault 2: a refusal with Retry-After is sat out, visibly, and asked again', async () => {
    for (const fault of ['rateLimitedOnce', 'unavailableOnce'] as const) {
      server.reset();
      const asked = await play(fault);
      assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
      assert.deepEqual(retrying(asked), ['the gateway asks to wait; trying again in 1 s']);
      const [first, second] = posts();
      assert.ok(second!.receivedAt - first!.receivedAt >= 990);
    }
  });

  it('3.8 fault 2: Retry-After: 0 is no leave to hammer', async () => {
    const asked = await play('rateLimitedZeroSeconds');
    assert.equal(imagesOf(asked).length, 1);
    const [first, second] = posts();
    assert.ok(second!.receivedAt - first!.receivedAt >= 990);
  });

  it('3.8 fault 2: a long wait can be cancelled', async () => {
    const controller = new AbortController();
    server.play('rateLimitedTwoMinutes');
    const asking = askGateway(gatewayAt(server.baseUrl), images, {
      ...{ signal: controller.signal, idleMs: 300_000 },
      log: (line) => line.includes('HTTP 429') && setTimeout(() => controller.abort(), 50),
    });
    const asked = await asking;
    assert.deepEqual(retrying(asked), ['the gateway asks to wait; trying again in 120 s']);
    assert.equal(asked.failure?.code, 'cancelled');
    assert.equal(posts().length, 1);
  });

  it('3.8 fault 2: a wait that nobody would sit out is said instead, and so is one without a time', async () => {
    const asked = await play('rateLimitedForADay');
    assert.equal(asked.failure?.code, 'rateLimited');
    assert.match(asked.failure.message, /try again in 86400 s/);
    server.reset();
    assert.equal((await play('rateLimitedWithoutTime')).failure?.code, 'rateLimited');
    assert.equal(posts().length, 1);
  });

  for (const [number, fault, args] of [
    [3, 'streamStalls', chat],
    [5, 'neverAnswers', images],
    [6, 'bodyStalls', images],
  ] as const) {
    it(`3.8 fault ${number}: ${fault} is a time-out of our own, and one POST`, async () => {
      const { failure } = await play(fault, args, { idleMs: 200 });
      assert.equal(failure?.code, 'timeout');
      assert.match(failure.message, /may have been billed/);
      assert.deepEqual(Object.getOwnPropertyNames(failure).sort(), ['code', 'message', 'name']);
      assert.equal(posts().length, 1);
    });
  }

  it('3.8 fault 3: whatever comes, comments too, counts as life; the total time counts all the same', async () => {
    const beat = { text: ': still at work\n\n', delayMs: 60 };
    const headers = { 'content-type': 'text/event-stream' };
    server.reply('/chat/completions', { headers, chunks: Array.from({ length: 40 }, () => beat) });
    const started = Date.now();
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { idleMs: 200 });
    assert.equal(failure?.code, 'timeout');
    assert.match(failure.message, /in total/);
    assert.ok(Date.now() - started >= 790, 'not before four times the idle time');
  });

  it('3.8 fault 4: a cancel ends the stream as cancelled and closes the socket', async () => {
    const controller = new AbortController();
    server.play('streamStalls');
    setTimeout(() => controller.abort(), 100);
    const { failure } = await askGateway(gatewayAt(server.baseUrl), chat, { signal: controller.signal });
    assert.equal(failure?.code, 'cancelled');
    for (let wait = 0; wait < 50 && !posts()[0]!.closedEarly; wait++)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.ok(posts()[0]!.closedEarly);
  });

  it('3.8 fault 5: node:http waits longer than fetch does, within the same bounds', async () => {
    const asked = await askGateway(gatewayAt(server.baseUrl), images, { fetch: nodeFetch });
    assert.equal(imagesOf(asked).length, 1, asked.failure?.message);
    const { failure } = await play('neverAnswers', images, { fetch: nodeFetch, idleMs: 200 });
    assert.equal(failure?.code, 'timeout');
  });

  it('3.8 fault 6: a connection that closes before the answer is interrupted, not tried again', async () => {
    for (const fetch of [globalThis.fetch, nodeFetch]) {
      server.reset();
      const { failure } = await play('closesBeforeItAnswers', images, { fetch });
      assert.equal(failure?.code, 'interrupted');
      assert.equal(posts().length, 1);
    }
  });

  it('3.8 fault 7: a proxy that gives up (524) is a time-out that may be billed, and one POST', async () => {
    const { failure } = await play('proxyTimeOut');
    assert.equal(failure?.code, 'timeout');
    assert.match(failure.message, /may have billed/);
    assert.equal(posts().length, 1);
  });

  it('3.8 fault 8: 102 Processing and leading newlines are tolerated', async () => {
    for (const fetch of [globalThis.fetch, nodeFetch]) {
      server.reset();
      assert.equal(imagesOf(await play('processing', images, { fetch })).length, 1);
      for (const args of [chat, images])
        assert.equal(imagesOf(await play('leadingNewlines', args, { fetch })).length, 1);
    }
  });

  for (const fault of ['movedPermanently', 'found', 'temporaryRedirect', 'permanentRedirect'] as const) {
    it(`3.8 fault 9: a redirect (${fault}) is refused and names the base URL`, async () => {
      for (const fetch of [globalThis.fetch, nodeFetch]) {
        server.reset();
        const { failure } = await play(fault, chat, { fetch });
        assert.equal(failure?.code, 'network');
        assert.match(failure.message, /baseUrl/);
        assert.equal(posts().length, 1);
      }
    });
  }

  it('3.8 fault 10: no header of the SDK gets out, only ours', async () => {
    for (const args of [chat, images]) await play('processing', args);
    for (const { headers } of server.requests()) {
      const names = Object.keys(headers).filter((name) => /stainless|openai|user-agent/.test(name));
      assert.ok(
        names.every((name) => name === 'user-agent' && headers[name] === 'node'),
        names.join(),
      );
    }
  });

  it('3.7 an address at which nothing listens is tried once more, and said', async () => {
    const closed = await GatewayServer.start();
    await closed.stop();
    const asked = await askGateway(gatewayAt(closed.baseUrl, 'corp', { route: 'images' }), { prompt: 'p' });
    assert.equal(asked.failure?.code, 'network');
    assert.match(asked.failure.message, /Nothing answers at 127\.0\.0\.1/);
  });
});
