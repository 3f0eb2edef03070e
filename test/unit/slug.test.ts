import assert from 'node:assert/strict';
import fc from 'fast-check';
import { slug } from '../../src/core/files/slug.ts';
import { shown } from '../support/shown.ts';

const byteLength = (text: string) => Buffer.byteLength(text);

describe('2.7 slugs', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['A red fox, in the snow!', 'a-red-fox-in-the-snow'],
    ['  --Hello__World--  ', 'hello-world'],
    ['Ein Größenvergleich: Äpfel & Birnen', 'ein-größenvergleich-äpfel-birnen'],
    ['赤い狐が雪の中', '赤い狐が雪の中'],
    ['二〇二四年', '二〇二四年'],
    ['Лиса в снегу', 'лиса-в-снегу'],
    ['हिन्दी में लोमड़ी', 'हिन्दी-में-लोमड़ी'],
    ['می‌خواهم', 'میخواهم'],
    ['cafe\u0301', 'caf\u00e9'],
    ['İstanbul', 'i\u0307stanbul'],
    ['\u01c6\u030c \u0130\u0323', '\u01c6\u030c-\u1ecb\u0307'],
    ['٣ قطط', '٣-قطط'],
    ['../../etc/passwd', 'etc-passwd'],
    ['C:\\Windows\\con', 'c-windows-con'],
    ['1\uFE0F\u20E3 fox 🦊', '1-fox'],
    ['g\u200cit \u202Egnp.exe', 'git-gnp-exe'],
    ['${prompt} $TM_FILEPATH', 'prompt-tm-filepath'],
    ['a\u0000b\nc', 'a-b-c'],
  ];
  for (const [prompt, expected] of cases) {
    it(`2.7 turns ${shown(prompt)} into ${shown(expected)}`, () => assert.equal(slug(prompt), expected));
  }

  it('2.7 calls a prompt without letters or digits "image"', () => {
    for (const prompt of ['', '   ', '🦊🦊', '!?…', '\u3164\u115F', '\u0301'])
      assert.equal(slug(prompt), 'image');
  });

  it('2.7 cuts at 60 characters and 120 bytes', () => {
    assert.equal(slug('a'.repeat(100)), 'a'.repeat(60));
    assert.equal(slug('狐'.repeat(100)), '狐'.repeat(40));
    assert.equal(slug('𠀀'.repeat(100)), '𠀀'.repeat(30));
    assert.equal(slug(`${'a'.repeat(59)} b`), 'a'.repeat(59));
  });

  it('2.7 never cuts a letter from its marks', () => {
    const cut = slug(`${'a'.repeat(59)}x\u0323\u0331b`);
    assert.equal(cut, 'a'.repeat(59));
  });

  it('2.7 keeps marks with their letter where Intl.Segmenter is missing', () => {
    const segmenter = Object.getOwnPropertyDescriptor(Intl, 'Segmenter')!;
    try {
      Object.defineProperty(Intl, 'Segmenter', { ...segmenter, value: undefined });
      assert.equal(slug(`${'a'.repeat(59)}x\u0323\u0331b`), 'a'.repeat(59));
      assert.equal(slug('A red fox'), 'a-red-fox');
    } finally {
      Object.defineProperty(Intl, 'Segmenter', segmenter);
    }
  });

  it('2.7 hold letters, digits and single hyphens only, within the limits, and are their own slug', () => {
    const prompt = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(prompt, (text) => {
        const result = slug(text);
        assert.match(
          result,
          /^[\p{L}\p{Nd}\p{Nl}][\p{L}\p{Nd}\p{Nl}\p{Mn}\p{Mc}]*(-[\p{L}\p{Nd}\p{Nl}\p{Mn}\p{Mc}]+)*$/u,
        );
        assert.ok(Array.from(result).length <= 60 && byteLength(result) <= 120);
        assert.equal(result, result.normalize('NFC'));
        assert.equal(slug(result), result);
      }),
      { numRuns: 2000 },
    );
  });
});
