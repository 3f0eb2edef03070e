import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { GatewayConfig } from '../../src/core/gateway/gatewayConfig.ts';
import { parseGateways } from '../../src/core/gateway/parseGateways.ts';
import { keyProblem, KeyStore } from '../../src/host/keys.ts';
import type { Log } from '../../src/host/log.ts';

type Environment = Readonly<Record<string, string>>;

/** A key store over a plain table, with an environment. */
function keyStore(environment: Environment = {}, table = new Map<string, string>(), canList = true) {
  const logged: string[] = [];
  const secrets = {
    get: (name: string) => Promise.resolve(table.get(name)),
    store: (name: string, key: string) => Promise.resolve(void table.set(name, key)),
    delete: (name: string) => Promise.resolve(void table.delete(name)),
    ...(canList && { keys: () => Promise.resolve([...table.keys()]) }),
  } as unknown as vscode.SecretStorage;
  const log = { addSecret: (secret: string) => logged.push(secret) } as unknown as Log;
  const keys = new KeyStore(secrets, { environment: (name) => environment[name] }, log);
  return { keys, table, logged };
}

function gateway(id: string, members?: Readonly<Record<string, unknown>>, environmentUrl?: string) {
  const { gateways, problems } = parseGateways(members && { [id]: members }, environmentUrl);
  const found = gateways.find((one) => one.id === id);
  assert.ok(found, JSON.stringify(problems));
  return found;
}

const corp = gateway('corp', { baseUrl: 'https://ai.corp.example/v1' });
const vercel = gateway('vercel');

describe('2.3 stored keys', () => {
  it('2.3 keeps a key under the gateway’s id and its origin, trimmed', async () => {
    const { keys, table } = keyStore();
    await keys.store(corp, '  key-1234\n');
    assert.deepEqual([...table], [['corp@https://ai.corp.example', 'key-1234']]);
    assert.equal(await keys.find(corp), 'key-1234');
  });

  const elsewhere: readonly (readonly [string, GatewayConfig])[] = [
    ['host', gateway('corp', { baseUrl: 'https://ai.evil.example/v1' })],
    ['port', gateway('corp', { baseUrl: 'https://ai.corp.example:8443/v1' })],
    ['scheme', gateway('corp', { baseUrl: 'http://ai.corp.example/v1' })],
    ['subdomain', gateway('corp', { baseUrl: 'https://x.ai.corp.example/v1' })],
    ['id', gateway('other', { baseUrl: 'https://ai.corp.example/v1' })],
    ['spelling', gateway('corp', { baseUrl: 'https://ai.corp.example./v1' })],
  ];
  for (const [what, config] of elsewhere) {
    it(`2.3 finds no key where the ${what} is another`, async () => {
      const { keys } = keyStore({}, new Map([['corp@https://ai.corp.example', 'key-1234']]));
      assert.equal(await keys.find(config), undefined);
    });
  }

  it('2.3 finds it again at another path of the same origin', async () => {
    const { keys } = keyStore({}, new Map([['corp@https://ai.corp.example', 'key-1234']]));
    assert.equal(await keys.find(gateway('corp', { baseUrl: 'https://ai.corp.example:443/v2' })), 'key-1234');
  });

  it('2.3 never hands one out for plain http, except to this machine', async () => {
    for (const [baseUrl, found] of [
      ['http://ai.corp.example', undefined],
      ['http://192.168.1.2', undefined],
      ['http://127.0.0.1:9', 'k'],
      ['http://[::1]:9', 'k'],
      ['http://localhost:9', 'k'],
    ] as const) {
      const config = gateway('corp', { baseUrl, auth: 'bearer' });
      const { keys } = keyStore({}, new Map([[`corp@${baseUrl}`, 'k']]));
      assert.equal(await keys.find(config), found, baseUrl);
    }
  });

  it('2.3 never hands one out for a gateway without a key', async () => {
    const { keys } = keyStore({}, new Map([['corp@https://ai.corp.example', 'key-1234']]));
    const keyless = gateway('corp', { baseUrl: 'https://ai.corp.example', auth: 'none' });
    assert.equal(await keys.find(keyless), undefined);
  });

  it('2.3 tells the log of every key, so that no line can hold it', async () => {
    const { keys, logged } = keyStore({ AI_GATEWAY_API_KEY: 'env-key' });
    await keys.store(corp, ' key-1234 ');
    await keys.find(vercel);
    assert.deepEqual(logged, ['key-1234', 'env-key']);
  });

  it('2.3 lists what is stored by host, also of gateways that are gone where the editor can list', async () => {
    const table = new Map([
      ['corp@https://ai.corp.example', 'a'],
      ['gone@https://gone.example', 'b'],
      ['something else', 'c'],
    ]);
    const listed = await keyStore({}, table).keys.storedEntries([corp, vercel]);
    assert.deepEqual(
      listed.map(({ id, host }) => `${id} ${host}`),
      ['corp ai.corp.example', 'gone gone.example'],
    );
    const unlisted = await keyStore({}, table, false).keys.storedEntries([corp, vercel]);
    assert.deepEqual(
      unlisted.map(({ id }) => id),
      ['corp'],
    );
  });

  for (const [key, problem] of [
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['ключ', 'characters'],
    ['a b', 'characters'],
    ['a\r\nx-evil: 1', 'characters'],
    ['a\u200b', 'characters'],
    ['a'.repeat(4097), 'characters'],
    [' sk-1_2.3~ ', undefined],
  ] as const) {
    it(`2.3 says of ${JSON.stringify(key.slice(0, 20))} as a key: ${problem ?? 'fine'}`, () =>
      assert.equal(keyProblem(key), problem));
  }
});

describe('2.3 keys of the environment', () => {
  const key = { AI_GATEWAY_API_KEY: 'env-key' };
  const token = { VERCEL_OIDC_TOKEN: 'oidc' };
  const url = { AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://env.example/v1' };
  const atEnvironment = gateway('vercel', undefined, url.AI_GATEWAY_BASE_OPENAI_COMPAT_URL);
  const sameOrigin = gateway('corp', { baseUrl: 'https://env.example/other' });
  const cases: readonly (readonly [string, Environment, GatewayConfig, string | undefined])[] = [
    ['uses the key for Vercel', key, vercel, 'env-key'],
    ['uses the token for Vercel', token, vercel, 'oidc'],
    ['prefers the key to the token', { ...token, ...key }, vercel, 'env-key'],
    ['trims the key', { AI_GATEWAY_API_KEY: ' env-key\n' }, vercel, 'env-key'],
    ['takes no key that cannot be one', { AI_GATEWAY_API_KEY: 'a b' }, vercel, undefined],
    ['gives the key to no other gateway', key, corp, undefined],
    ['gives the token to no other gateway', token, corp, undefined],
    ['gives the key to no other preset', key, gateway('openai'), undefined],
    ['uses the key for the origin of the variable', { ...key, ...url }, atEnvironment, 'env-key'],
    ['uses the key for that origin whatever the gateway’s id', { ...key, ...url }, sameOrigin, 'env-key'],
    ['gives the token to no origin but Vercel’s', { ...token, ...url }, atEnvironment, undefined],
    ['gives the key not to Vercel where the variable names another', { ...key, ...url }, vercel, undefined],
    [
      'gives the token not to Vercel where the variable names another',
      { ...token, ...url },
      vercel,
      undefined,
    ],
    [
      'gives the key to nobody where the variable is no URL',
      { ...key, AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'nonsense' },
      vercel,
      undefined,
    ],
    [
      'takes a variable of spaces for an absent one',
      { ...key, AI_GATEWAY_BASE_OPENAI_COMPAT_URL: '  ' },
      vercel,
      'env-key',
    ],
  ];
  for (const [title, environment, config, found] of cases) {
    it(`2.3 ${title}`, async () => assert.equal(await keyStore(environment).keys.find(config), found));
  }

  it('2.3 uses it only where no key is stored', async () => {
    const { keys } = keyStore(key, new Map([['vercel@https://ai-gateway.vercel.sh', 'stored']]));
    assert.equal(await keys.find(vercel), 'stored');
    assert.equal(await keys.isStored(vercel), true);
    assert.equal(await keyStore(key).keys.isStored(vercel), false);
  });

  it('2.3 takes an international base URL, which dialogs show in punycode', () => {
    const { keys } = keyStore({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: 'https://bücher.example/v1' });
    assert.equal(gateway('vercel', undefined, keys.environmentBaseUrl()).url.host, 'xn--bcher-kva.example');
  });

  it('2.3 takes a base URL that cannot be used for a mistake, never for none', () => {
    for (const text of ['nonsense', 'ftp://env.example/v1', 'https://a.example/?x']) {
      const { keys } = keyStore({ AI_GATEWAY_BASE_OPENAI_COMPAT_URL: text });
      const { gateways } = parseGateways(undefined, keys.environmentBaseUrl());
      assert.equal(
        gateways.some(({ id }) => id === 'vercel'),
        false,
        text,
      );
    }
  });
});
