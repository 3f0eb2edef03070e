import assert from 'node:assert/strict';
import { type Bill, followBill } from '../../src/core/billing.ts';
import { type Asked, askGateway, type AskOptions, gatewayAt } from '../support/askGateway.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const painter = { prompt: 'a fox', model: 'acme/painter' };
const chatty = { prompt: 'a fox', model: 'acme/chatty' };
const refused = (status: number, code = '') => ({ status, json: { error: { message: 'no', code } } });

/** What a request counts as that brought no picture. */
function billOf({ events, failure }: Asked): Bill | undefined {
  assert.ok(failure);
  assert.ok(!events.some(({ type }) => type === 'image'));
  const follow = followBill();
  for (const event of events) assert.equal(follow(event), undefined);
  return follow({ type: 'failed', error: failure });
}

describe('7.2 what a gateway accepted is not given back, whatever became of it', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  afterEach(() => server.reset());
  after(() => server.stop());

  async function ask(args: object, options?: AskOptions): Promise<{ code?: string; bill: Bill | undefined }> {
    const asked = await askGateway(gatewayAt(server.baseUrl), { ...args }, options);
    return { ...(asked.failure && { code: asked.failure.code }), bill: billOf(asked) };
  }

  it('7.2 counts a picture whose URL redirects, or breaks off', async () => {
    server.reply('/images/generations', { json: { data: [{ url: `${server.origin}/v1/there.png` }] } });
    server.reply('/v1/there.png', { status: 302, headers: { location: 'https://example.com/x.png' } });
    assert.deepEqual(await ask(painter), { code: 'network', bill: 'unknown' });
    server.reply('/v1/there.png', { body: 'x', headers: { 'content-length': '500' }, cut: true });
    assert.deepEqual(await ask(painter), { code: 'network', bill: 'unknown' });
  });

  it('7.2 counts a failure that is told inside an answer, whatever it calls itself', async () => {
    for (const [said, code] of [
      [429, 'rateLimited'],
      [401, 'unauthorized'],
      ['invalid_request_error', 'badRequest'],
    ] as const) {
      server.reply('/images/generations', { json: { error: { message: 'no', code: said } } });
      assert.deepEqual(await ask(painter), { code, bill: 'unknown' });
    }
  });

  it('7.2 counts several requests of which one was refused and the others were accepted or broke', async () => {
    const wordsOnly = { json: { choices: [{ message: { content: 'No.' }, finish_reason: 'stop' }] } };
    server.queue('/chat/completions', refused(429));
    server.reply('/chat/completions', wordsOnly);
    assert.deepEqual(await ask({ ...chatty, n: 4 }), { code: 'rateLimited', bill: 'unknown' });
    for (const broken of [refused(500), refused(424), refused(408), refused(400, 'moderation_blocked')]) {
      server.queue('/chat/completions', refused(429));
      server.reply('/chat/completions', { ...broken, delayMs: 50 });
      const asked = await ask({ ...chatty, n: 4 });
      assert.deepEqual(asked, { code: 'rateLimited', bill: 'unknown' }, String(broken.status));
    }
  });

  it('7.2 counts what a server did not refuse for what it was: it broke, gave up, or minded the picture', async () => {
    for (const reply of [refused(500), refused(424), refused(408), refused(400, 'moderation_blocked')]) {
      server.reply('/images/generations', reply);
      assert.equal((await ask(painter)).bill, 'unknown', String(reply.status));
    }
  });

  it('7.2 counts a request of which nobody can tell whether it was heard', async () => {
    const hostThatSays =
      (code?: string): typeof fetch =>
      (url, init) =>
        init?.method === 'POST'
          ? Promise.reject(
              new TypeError('Failed to fetch', { cause: Object.assign(new Error(), code && { code }) }),
            )
          : fetch(url, init);
    for (const code of [undefined, 'EPIPE', 'ERR_SSL_BAD_RECORD'])
      assert.deepEqual(await ask(painter, { fetch: hostThatSays(code) }), {
        code: 'network',
        bill: 'unknown',
      });
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])
      assert.deepEqual(await ask(painter, { fetch: hostThatSays(code) }), { code: 'network', bill: 'none' });
  });

  it('7.2 gives back what was refused, by every request', async () => {
    for (const [status, code, said = ''] of [
      [400, 'badRequest'],
      [401, 'unauthorized'],
      [402, 'insufficientCredits'],
      [403, 'forbidden'],
      [429, 'rateLimited'],
      [503, 'insufficientCredits', 'insufficient_quota'],
    ] as const) {
      server.reply('/images/generations', refused(status, said));
      server.reply('/chat/completions', refused(status, said));
      assert.deepEqual(await ask(painter), { code, bill: 'none' });
      assert.deepEqual(await ask({ ...chatty, n: 4 }), { code, bill: 'none' });
    }
  });
});
