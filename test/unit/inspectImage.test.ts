import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { encodedPicture, encodedPictures } from '../fixtures/pictures/encodedPictures.ts';
import type { EncodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import { ascii, box, bytesOf, png, pngChunk, uint32, whole } from '../support/pictureBytes.ts';

const pictures: Readonly<Record<string, Uint8Array>> = {
  png: png(),
  pngAlpha: png({ colourType: 6 }),
  ...Object.fromEntries(encodedPictures.map((name) => [name, encodedPicture(name)])),
};

describe('2.7 the extension follows the bytes: what a picture is', () => {
  const alpha = new Set(['pngAlpha', 'webpLosslessAlpha', 'webpLossyAlpha', 'avifAlpha']);
  for (const [name, bytes] of Object.entries(pictures)) {
    it(`2.7 reads a whole picture: ${name}`, () => {
      const format = (['png', 'jpeg', 'webp', 'avif'] as const).find((each) => name.startsWith(each))!;
      assert.deepEqual(inspectImage(bytes), whole(format, alpha.has(name), bytes.length));
    });

    it(`2.7 ends the picture at its end marker, whatever follows: ${name}`, () => {
      for (const tail of [
        '<script>alert(1)</script>',
        '\0',
        '\xff\xd9',
        'PK\x03\x04',
        '\0\0\0\x08evil',
        '\0\0\0\x04free-',
      ]) {
        const facts = inspectImage(bytesOf(bytes, ascii(tail)));
        assert.deepEqual(
          { complete: facts?.complete, end: facts?.end },
          { complete: true, end: bytes.length },
        );
      }
    });

    it(`2.7 calls no beginning of a picture complete: ${name}`, () => {
      for (let length = 0; length < bytes.length; length++) {
        const facts = inspectImage(bytes.subarray(0, length));
        assert.ok(facts === undefined || (!facts.complete && facts.end === length), `${length} bytes`);
        assert.ok(facts === undefined || facts.width === 17 || facts.width === 0, `${length} bytes`);
      }
      assert.equal(inspectImage(bytes.subarray(0, bytes.length - 1))?.complete, false);
    });
  }

  it('2.7 recognizes nothing but PNG, JPEG, WebP and AVIF', () => {
    const others = [
      '',
      'a red fox',
      '<svg xmlns="http://www.w3.org/2000/svg"/>',
      '<!doctype html><title>x</title>',
      'GIF89a\x01\0\x01\0\0\0\0;',
      'BM\x46\0\0\0',
      '%PDF-1.7',
      'RIFF\x24\0\0\0WAVEfmt ',
      '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
      '\0\0\0\x18ftypisom\0\0\0\0isommp42',
    ];
    for (const text of others) assert.equal(inspectImage(ascii(text)), undefined, text);
  });

  it('2.7 never throws and stays within the bytes, on damaged and on hostile ones', () => {
    const damaged = fc
      .tuple(
        fc.constantFrom(...Object.values(pictures)),
        fc.array(fc.tuple(fc.nat({ max: 800 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), { maxLength: 8 }),
      )
      .map(([bytes, changes]) => {
        const copy = bytes.slice();
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(damaged, fc.uint8Array()), (bytes) => {
        const facts = inspectImage(bytes);
        if (!facts) return;
        assert.ok(facts.end <= bytes.length && facts.end > 0);
        assert.ok(!facts.complete || (facts.width > 0 && facts.height > 0));
        assert.ok(facts.complete || facts.end === bytes.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('2.7 takes a moment only, for megabytes made to keep it busy', () => {
    const size = 8 * 1024 * 1024;
    const filled = (head: Uint8Array, unit: Uint8Array) => {
      const bytes = new Uint8Array(size);
      bytes.set(head);
      for (let at = head.length; at + unit.length <= size; at += unit.length) bytes.set(unit, at);
      return bytes;
    };
    const avifHead = bytesOf(box('ftyp', ascii('avif'), uint32(0)));
    const inMeta = (content: Uint8Array) =>
      bytesOf(avifHead, uint32(12 + content.length), ascii('meta'), uint32(0), content);
    const hostile = [
      filled(png().subarray(0, 33), pngChunk('teSt', new Uint8Array())),
      filled(Uint8Array.of(0xff, 0xd8), Uint8Array.of(0xff)),
      filled(Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2), Uint8Array.of(0xff, 0)),
      filled(bytesOf(ascii('RIFF'), Uint8Array.of(255, 255, 255, 127), ascii('WEBP')), new Uint8Array(8)),
      filled(avifHead, box('free')),
      // A box that ends where it begins, at the top and inside.
      bytesOf(avifHead, uint32(1), ascii('free'), new Uint8Array(64)),
      inMeta(bytesOf(uint32(1), ascii('free'), new Uint8Array(64))),
      // Millions of items that each claim 65,535 extents of no bytes.
      inMeta(box('iloc', filled(bytesOf(uint32(0), uint32(0xffff)), Uint8Array.of(0, 1, 0, 0, 255, 255)))),
      // Many association boxes that claim 255 properties each for the primary item.
      inMeta(
        box('iprp', filled(new Uint8Array(), box('ipma', uint32(0), uint32(1), Uint8Array.of(0, 0, 255)))),
      ),
    ];
    for (const bytes of hostile) assert.ok((inspectImage(bytes)?.end ?? 0) <= bytes.length);
  });
});

describe('2.7 the fixtures', () => {
  it('2.7 are small', () => {
    const large = encodedPictures.filter((name: EncodedPicture) => encodedPicture(name).length >= 1000);
    assert.deepEqual(large, []);
  });
});
