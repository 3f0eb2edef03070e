import assert from 'node:assert/strict';
import { isLoopbackHost, isPrivateHost, mayCarryKey, parseBaseUrl } from '../../src/core/gateway/baseUrl.ts';
import { parseGateways } from '../../src/core/gateway/parseGateways.ts';

function url(text: string) {
  const parsed = parseBaseUrl(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed;
}

function problemOf(id: string, value: unknown): string {
  const { gateways, problems } = parseGateways({ [id]: value });
  assert.equal(
    gateways.some((one) => one.id === id),
    false,
    'a gateway whose settings are wrong is not there at all',
  );
  return problems.find((one) => one.id === id)?.problem ?? '';
}

describe('2.3 base URLs', () => {
  for (const [text, problem] of [
    ['https://user@gateway.example/v1', /user name/],
    ['https://user:pass@gateway.example/v1', /user name/],
    ['https://gateway.example/v1?key=1', /query/],
    ['https://gateway.example/v1?', /query/],
    ['https://gateway.example/v1#a', /fragment/],
    ['ftp://gateway.example', /https/],
    ['file:///etc/passwd', /https/],
    ['gateway.example/v1', /URL|https/],
    ['', /URL/],
  ] as const) {
    it(`2.3 refuses ${JSON.stringify(text)}`, () => {
      const parsed = parseBaseUrl(text);
      assert.ok('problem' in parsed);
      assert.match(parsed.problem, problem);
    });
  }

  it('2.3 shows an international host in punycode', () => {
    assert.equal(url('https://аpi.openai.com/v1').host, 'xn--pi-6kc.openai.com');
  });

  it('2.3 tells this machine by the parsed host only', () => {
    for (const host of ['localhost', '127.0.0.1', '127.8.9.1', '[::1]'])
      assert.equal(isLoopbackHost(host), true, host);
    for (const host of ['localhost.evil.example', '128.0.0.1', '[::2]', 'evil-localhost', '0.0.0.0']) {
      assert.equal(isLoopbackHost(host), false, host);
    }
    // The parser makes these the addresses they stand for.
    assert.equal(url('http://0x7f.1/v1').isLoopback, true);
    assert.equal(url('http://2130706433/').isLoopback, true);
  });

  it('2.3 lets a key travel over https, or over http to this machine only', () => {
    assert.equal(mayCarryKey(url('https://gateway.example/v1')), true);
    assert.equal(mayCarryKey(url('http://localhost:8080/v1')), true);
    assert.equal(mayCarryKey(url('http://gateway.example/v1')), false);
    assert.equal(mayCarryKey(url('http://192.168.1.2/v1')), false);
  });

  it('2.3 knows addresses that are not public', () => {
    const notPublic =
      '10.1.2.3 127.0.0.1 169.254.169.254 172.16.0.1 172.31.255.1 192.168.0.1 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ' +
      '[::1] [::] [fe80::1] [fc00::1] [fd12::1] [::ffff:10.0.0.1] [::ffff:a9fe:a9fe] [64:ff9b::a00:1] [2002:a00:1::] [2001::1] [2001:0:a::1] [ff02::1] ' +
      'localhost printer metadata.google.internal nas.local a.localhost.';
    for (const host of notPublic.split(' ')) assert.equal(isPrivateHost(host), true, host);
    for (const host of [
      '8.8.8.8',
      '172.32.0.1',
      '[2606:4700::1111]',
      '[2001:4860::8888]',
      'cdn.example.com',
      '[::ffff:8.8.8.8]',
    ]) {
      assert.equal(isPrivateHost(host), false, host);
    }
  });
});

describe('2.3 gateways of the settings', () => {
  it('2.3 has the six presets of the contract', () => {
    const { gateways, problems } = parseGateways(undefined);
    assert.deepEqual(
      gateways.map(({ id }) => id),
      ['vercel', 'agnic', 'openrouter', 'openai', 'localai', 'offline'],
    );
    assert.deepEqual(problems, []);
    assert.equal(gateways[0]?.url.href, 'https://ai-gateway.vercel.sh/v1');
  });

  it('2.3 takes a custom gateway, and lets an id of a preset change that preset', () => {
    const { gateways } = parseGateways({
      corp: {
        baseUrl: 'https://ai.corp.example/v1/',
        name: 'Corp',
        route: 'chat',
        auth: { header: 'X-Corp' },
        headers: { 'X-Team': 'docs' },
      },
      openai: { route: 'chat' },
    });
    const corp = gateways.find(({ id }) => id === 'corp');
    assert.equal(corp?.url.href, 'https://ai.corp.example/v1');
    assert.deepEqual(
      [corp.name, corp.route, corp.auth, corp.headers],
      ['Corp', 'chat', { kind: 'header', header: 'X-Corp' }, { 'X-Team': 'docs' }],
    );
    const openai = gateways.find(({ id }) => id === 'openai');
    assert.deepEqual([openai?.route, openai?.url.origin], ['chat', 'https://api.openai.com']);
  });

  it('2.3 wants a key by default, except on this machine', () => {
    const { gateways } = parseGateways({
      a: { baseUrl: 'https://a.example' },
      b: { baseUrl: 'http://127.0.0.1:9/v1' },
    });
    assert.equal(gateways.find(({ id }) => id === 'a')?.auth.kind, 'bearer');
    assert.equal(gateways.find(({ id }) => id === 'b')?.auth.kind, 'optional');
  });

  for (const name of [
    'Authorization',
    'authorization',
    'Cookie',
    'Set-Cookie',
    'X-Api-Key',
    'x-token',
    'X-Client-Secret',
    'Proxy-Authorization',
    'Host',
    'Content-Type',
    'bad name',
    '',
  ]) {
    it(`2.3 refuses the header ${JSON.stringify(name)}`, () => {
      assert.match(problemOf('corp', { baseUrl: 'https://a.example', headers: { [name]: 'x' } }), /header/);
    });
  }

  for (const [title, value] of [
    ['no baseUrl', {}],
    ['a baseUrl with a user', { baseUrl: 'https://k@a.example' }],
    ['an unknown route', { baseUrl: 'https://a.example', route: 'soap' }],
    ['an unknown auth', { baseUrl: 'https://a.example', auth: 'basic' }],
    [
      'an auth header that frames requests',
      { baseUrl: 'https://a.example', auth: { header: 'Content-Length' } },
    ],
    [
      'a header value with a line break',
      { baseUrl: 'https://a.example', headers: { 'X-A': 'a\r\nAuthorization: b' } },
    ],
    ['a list', []],
  ] as const) {
    it(`2.3 refuses a gateway with ${title}`, () => assert.notEqual(problemOf('corp', value), ''));
  }

  it('2.3 removes a preset whose change is wrong, instead of asking the old address', () => {
    assert.match(problemOf('openai', { baseUrl: 'http://' }), /baseUrl/);
  });

  it('2.3 never lets the offline gateway become another one', () => {
    const { gateways, problems } = parseGateways({ offline: { baseUrl: 'https://evil.example' } });
    assert.match(problems[0]?.problem ?? '', /offline/);
    assert.equal(gateways.find(({ id }) => id === 'offline')?.url.origin, 'https://offline.invalid');
  });

  it('2.3 marks a base URL of the environment, and lets the person’s own setting win over it', () => {
    const byEnvironment = parseGateways({}, 'https://env.example/v1').gateways.find(
      ({ id }) => id === 'vercel',
    );
    assert.deepEqual(
      [byEnvironment?.url.origin, byEnvironment?.fromEnvironment],
      ['https://env.example', true],
    );
    const renamed = parseGateways({ vercel: { name: 'V' } }, 'https://env.example/v1').gateways.find(
      ({ id }) => id === 'vercel',
    );
    assert.deepEqual([renamed?.url.origin, renamed?.fromEnvironment], ['https://env.example', true]);
    const own = parseGateways(
      { vercel: { baseUrl: 'https://own.example' } },
      'https://env.example/v1',
    ).gateways.find(({ id }) => id === 'vercel');
    assert.deepEqual([own?.url.origin, own?.fromEnvironment], ['https://own.example', undefined]);
    assert.equal(
      parseGateways({}, 'nonsense').gateways.some(({ id }) => id === 'vercel'),
      false,
    );
  });
});
