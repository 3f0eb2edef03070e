import assert from 'node:assert/strict';
import type { BaseUrl } from '../../src/core/gateway/baseUrl.ts';
import { newGatewayId } from '../../src/core/gateway/newGatewayId.ts';
import { parseGateways } from '../../src/core/gateway/parseGateways.ts';
import { parseTypedUrl, possibleBaseUrls } from '../../src/core/gateway/typedUrl.ts';

function typed(text: string): BaseUrl {
  const url = parseTypedUrl(text);
  assert.ok(!('problem' in url), JSON.stringify(url));
  return url;
}

describe('3.4 the address of a new gateway', () => {
  for (const [text, href] of [
    ['https://llm.example/v1', 'https://llm.example/v1'],
    [' https://llm.example/v1/ ', 'https://llm.example/v1'],
    ['https://llm.example/v1/chat/completions', 'https://llm.example/v1'],
    ['https://llm.example/v1/images/generations/', 'https://llm.example/v1'],
    ['https://llm.example/v1/images/edits', 'https://llm.example/v1'],
    ['https://llm.example/api/v1/images', 'https://llm.example/api/v1'],
    ['https://llm.example/v1/models', 'https://llm.example/v1'],
    ['llm.example/v1', 'https://llm.example/v1'],
    ['llm.example:8443', 'https://llm.example:8443'],
    ['localhost:4000', 'http://localhost:4000'],
    ['127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['http://images.example/images', 'http://images.example'],
  ] as const) {
    it(`3.4 takes ${text} for ${href}`, () => assert.equal(typed(text).href, href));
  }

  for (const text of [
    '',
    'two words',
    'ftp://llm.example',
    'https://user:secret@llm.example/v1',
    'user:secret@llm.example/v1',
    'https://llm.example/v1?key=secret',
    'https://llm.example/v1#top',
    'javascript:alert(1)',
  ]) {
    it(`3.4 refuses “${text}” with a reason`, () => {
      const url = parseTypedUrl(text);
      assert.ok('problem' in url && url.problem.length > 5);
    });
  }

  it('3.4 may mean the version that was left out, and only then', () => {
    assert.deepEqual(possibleBaseUrls(typed('https://a.example/api')), [
      'https://a.example/api',
      'https://a.example/api/v1',
    ]);
    for (const text of ['https://a.example/v1', 'https://a.example/v1beta', 'https://a.example/openai/v4'])
      assert.deepEqual(possibleBaseUrls(typed(text)), [text]);
  });
});

describe('3.4 the id of a new gateway', () => {
  for (const text of [
    'https://llm.example:8443/v1',
    '[::1]:8080',
    'https://münchen.example',
    `${'a'.repeat(60)}.example`,
  ]) {
    it(`3.4 for ${text} is one that the settings take`, async () => {
      const url = typed(text);
      const id = await newGatewayId(url, () => false);
      assert.deepEqual(parseGateways({ [id]: { baseUrl: url.href } }).problems, []);
    });
  }

  it('3.4 reads like the host, and is nobody else’s', async () => {
    const url = typed('https://llm.example:8443/v1');
    assert.equal(await newGatewayId(url, () => false), 'llm.example-8443');
    const taken = ['llm.example-8443', 'llm.example-8443-2'];
    assert.equal(await newGatewayId(url, (id) => Promise.resolve(taken.includes(id))), 'llm.example-8443-3');
    const long = typed(`https://${'a'.repeat(60)}.example`);
    const first = await newGatewayId(long, () => false);
    const second = await newGatewayId(long, (id) => id === first);
    assert.notEqual(first, second);
    assert.deepEqual(parseGateways({ [second]: { baseUrl: long.href } }).problems, []);
  });
});
