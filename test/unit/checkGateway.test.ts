import assert from 'node:assert/strict';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { checkGateway, type GatewayCheck, isFailure } from '../../src/core/gateway/checkGateway.ts';
import { createGateway } from '../../src/core/gateway/gateway.ts';
import { gatewayAt } from '../support/askGateway.ts';
import { errorReply } from '../support/gatewayReply.ts';
import { GatewayServer } from '../support/gatewayServer.ts';

const credits = { json: { balance: '95.50', total_used: 4.5 } };

describe('3.3 checking a gateway', () => {
  let server: GatewayServer;
  before(async () => (server = await GatewayServer.start()));
  beforeEach(() => server.reset());
  after(() => server.stop());

  interface Options {
    readonly id?: string;
    readonly key?: string | undefined;
    readonly signal?: AbortSignal;
    readonly members?: Readonly<Record<string, unknown>>;
    readonly baseUrl?: string;
  }

  function check(options: Options = {}): Promise<GatewayCheck> {
    const { id = 'vercel', members = {}, baseUrl = server.baseUrl } = options;
    const key = 'key' in options ? options.key : 'sk-test-0123456789';
    const config = gatewayAt(baseUrl, id, members);
    const open = (used: string | undefined) => createGateway(config, { key: used, idleMs: 2000, fetch });
    let clock = 0;
    return checkGateway({
      gateway: open(key),
      keyless: open(undefined),
      hasKey: key !== undefined,
      takesKey: config.auth.kind !== 'none',
      signal: options.signal ?? new AbortController().signal,
      now: () => (clock += 40),
    });
  }

  it('3.3 says that the key works where the account answers, and what is left', async () => {
    server.reply('/credits', credits);
    const { key, account, list, reached } = await check();
    assert.deepEqual(key, { kind: 'works', shownBy: 'account' });
    assert.deepEqual(account, { of: 'credit', left: '$95.50', used: '$4.50' });
    assert.deepEqual(reached, { milliseconds: 40 });
    assert.equal((list as unknown[]).length, 3);
    assert.deepEqual(
      server.requests().map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/models', 'GET /v1/credits'],
    );
  });

  it('3.3 reads OpenRouter’s key: what it may spend, and no label', async () => {
    const data = {
      label: 'sk-or-v1-abc...123',
      usage: 25.5,
      limit: 100,
      limit_remaining: 74.5,
      is_free_tier: false,
    };
    server.reply('/key', { json: { data } });
    const { account, key } = await check({ id: 'openrouter' });
    assert.deepEqual(account, {
      of: 'keyLimit',
      left: '$74.50',
      used: '$25.50',
      limit: '$100',
      isFreeTier: false,
    });
    assert.equal(key.kind, 'works');
    server.reply('/key', { json: { data: { usage: 0, limit: null, limit_remaining: null } } });
    assert.deepEqual((await check({ id: 'openrouter' })).account, {
      of: 'keyLimit',
      used: '$0',
      limit: 'none',
    });
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'forbidden'],
  ] as const) {
    it(`3.3 says that the key is refused where the account answers ${status}, though the list is public`, async () => {
      server.reply('/credits', errorReply(status, 'no such key'));
      const { key, account, list } = await check();
      assert.ok(key.kind === 'refused' && key.failure.code === code);
      assert.match(key.failure.sentence, /no such key/);
      assert.ok(isFailure(account));
      assert.ok(!isFailure(list));
    });
  }

  it('3.3 claims nothing of a key where the list is public and the account fails or is missing', async () => {
    server.reply('/credits', errorReply(500, 'down'));
    assert.deepEqual((await check()).key, { kind: 'notTested', why: 'publicList' });
    server.reply('/credits', { status: 404, json: {} });
    const { key, account } = await check();
    assert.deepEqual(key, { kind: 'notTested', why: 'publicList' });
    assert.equal(account, undefined);
  });

  it('3.3 takes a page with status 200 for no account', async () => {
    server.reply('/credits', { body: '<html>Log in</html>' });
    const { key, account } = await check();
    assert.equal(key.kind, 'notTested');
    assert.ok(isFailure(account) && account.code === 'malformedResponse');
  });

  it('3.3 shows by asking without the key that a list comes with it only', async () => {
    server.queue('/models', { json: { data: [{ id: 'gpt-image-2' }] } }, errorReply(401, 'no key'));
    assert.deepEqual((await check({ id: 'openai' })).key, { kind: 'works', shownBy: 'list' });
    assert.deepEqual(
      server.requests().map(({ headers }) => headers['authorization']),
      ['Bearer sk-test-0123456789', undefined],
    );
  });

  it('3.3 reports a refused list as a refused key', async () => {
    server.reply('/models', errorReply(401, 'who are you'));
    const { key, list, reached } = await check({ id: 'openai' });
    assert.equal(key.kind, 'refused');
    assert.ok(isFailure(list) && list.code === 'unauthorized');
    assert.ok(!isFailure(reached));
  });

  it('3.3 reports a gateway that nobody answers for, and asks no more', async () => {
    const { reached, list, key } = await check({ baseUrl: 'http://127.0.0.1:9/v1' });
    assert.ok(isFailure(reached) && reached.code === 'network');
    assert.ok(isFailure(list));
    assert.deepEqual(key, { kind: 'notTested', why: 'noAnswer' });
  });

  it('3.3 reports a gateway without a list', async () => {
    server.reply('/models', { status: 404, json: {} });
    const { list, key } = await check({ id: 'corp' });
    assert.equal(list, 'none');
    assert.deepEqual(key, { kind: 'notTested', why: 'noPlace' });
  });

  it('3.3 asks for the list only where there is no key', async () => {
    assert.deepEqual((await check({ key: undefined, id: 'localai' })).key, {
      kind: 'notTested',
      why: 'noKey',
    });
    const none = await check({ key: undefined, members: { auth: 'none' } });
    assert.deepEqual(none.key, { kind: 'notTested', why: 'notNeeded' });
    assert.deepEqual([...new Set(server.requests().map(({ path }) => path))], ['/v1/models']);
  });

  it('3.3 ends when it is cancelled', async () => {
    server.reply('/models', { hang: 'before' });
    const controller = new AbortController();
    const checking = check({ signal: controller.signal });
    controller.abort();
    await assert.rejects(checking, (error) => isImageGatewayError(error) && error.code === 'cancelled');
  });
});
