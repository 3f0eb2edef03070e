import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64, decodeDataUrl, encodeBase64, isDataUrl } from '../../src/core/gateway/base64.ts';

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('latin1');

describe('2.4 base64 of answers', () => {
  it('2.4 decodes what it encodes, as everybody else does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const encoded = encodeBase64(bytes);
        assert.equal(encoded, Buffer.from(bytes).toString('base64'));
        assert.deepEqual(decodeBase64(encoded), bytes);
      }),
    );
  });

  it('2.4 encodes more than one slice without padding in between', () => {
    const bytes = Uint8Array.from({ length: 3 * 8192 + 1 }, (_, index) => index);
    assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString('base64'));
  });

  for (const [title, given] of [
    ['white space and line breaks', ' aGVs\r\nbG8h\t\n'],
    ['padding', 'aGVsbG8hIQ=='],
    ['missing padding', 'aGVsbG8hIQ'],
    ['padding apart', 'aGVsbG8hIQ= =\n'],
  ] as const) {
    it(`2.4 accepts ${title}`, () => assert.match(text(decodeBase64(given)) ?? '', /^hello!/));
  }

  it('2.4 accepts the URL-safe alphabet', () => {
    assert.deepEqual(decodeBase64('-_-_'), decodeBase64('+/+/'));
  });

  for (const [title, given] of [
    ['a left-in data: prefix', 'data:image/png;base64,aGVsbG8h'],
    ['an elision of three dots', 'iVBORw0KGgo...'],
    ['an elision inside', 'iVBO...Rw0K'],
    ['an ellipsis', 'iVBORw0KGgo…'],
    ['HTML', '<html>'],
    ['percent-encoding', 'aGVsbG8h%3D'],
    ['quotes', '"aGVsbG8h"'],
    ['something after the padding', 'aGVsbG8hIQ==aGVs'],
    ['two texts in one', 'aQ==aQ=='],
    ['a single digit left over', 'aGVsb'],
    ['more padding than anybody writes', `aGVs${'='.repeat(1025)}`],
    ['a letter of another script', 'aGVsаG8h'],
  ] as const) {
    it(`2.4 refuses ${title}`, () => assert.equal(decodeBase64(given), undefined));
  }

  it('2.4 decodes nothing to nothing', () => {
    assert.deepEqual(decodeBase64(''), new Uint8Array());
  });
});

describe('2.4 data URLs of answers', () => {
  for (const [given, mediaType] of [
    ['data:image/png;base64,aGVsbG8h', 'image/png'],
    ['DATA:IMAGE/PNG;BASE64,aGVsbG8h', 'image/png'],
    ['data:image/webp;charset=utf-8;base64,aGVsbG8h', 'image/webp'],
    ['data:image/jpeg; base64,aGVsbG8h', 'image/jpeg'],
    ['data:;base64,aGVsbG8h', ''],
  ] as const) {
    it(`2.4 reads ${given}`, () => {
      const decoded = decodeDataUrl(given);
      assert.equal(decoded?.mediaType, mediaType);
      assert.equal(text(decoded.bytes), 'hello!');
    });
  }

  for (const given of [
    'data:image/png,hello',
    'data:image/png;base64',
    'data:image/svg+xml;utf8,<svg/>',
    'data:image/png;base64,iVBO...',
    `data:image/png;${'x'.repeat(300)};base64,aGVs`,
    'https://a.example/a.png',
    '',
  ]) {
    it(`2.4 refuses ${JSON.stringify(given.slice(0, 40))}`, () =>
      assert.equal(decodeDataUrl(given), undefined));
  }

  it('2.4 knows one by its beginning', () => {
    assert.equal(isDataUrl('\n data:image/png;base64,'), true);
    assert.equal(isDataUrl('Data:,x'), true);
    assert.equal(isDataUrl('see data:'), false);
    assert.equal(isDataUrl('https://data:80'), false);
  });
});
