import assert from 'node:assert/strict';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import { ascii, box, bytesOf, png, pngChunk, uint32, whole } from '../support/pictureBytes.ts';

/** Puts a segment right after a JPEG's SOI. */
function withJpegSegment(jpeg: Uint8Array, marker: number, data: Uint8Array): Uint8Array {
  const length = data.length + 2;
  return bytesOf(
    jpeg.subarray(0, 2),
    Uint8Array.of(0xff, marker, length >> 8, length & 255),
    data,
    jpeg.subarray(2),
  );
}

/** Where a run of bytes begins. */
const find = (bytes: Uint8Array, part: Uint8Array) => Buffer.from(bytes).indexOf(part);

describe('2.7 the extension follows the bytes: PNG', () => {
  it('2.7 finds alpha in grey with alpha, and in a transparent colour', () => {
    assert.equal(inspectImage(png({ colourType: 4 }))?.hasAlpha, true);
    assert.equal(inspectImage(png({ before: [pngChunk('tRNS', new Uint8Array(6))] }))?.hasAlpha, true);
    assert.equal(inspectImage(png({ colourType: 0 }))?.hasAlpha, false);
  });

  it('2.7 is not taken in by an end marker inside another chunk', () => {
    const bytes = png({ before: [pngChunk('tEXt', pngChunk('IEND', new Uint8Array()))] });
    assert.equal(inspectImage(bytes)?.end, bytes.length);
  });

  it('2.7 refuses a header without size, of a wrong length, or that is no header', () => {
    assert.equal(inspectImage(png({ width: 0 })), undefined);
    assert.equal(inspectImage(png({ width: 0x80000000 })), undefined);
    const wrongLength = png();
    wrongLength[11] = 14;
    assert.equal(inspectImage(wrongLength), undefined);
    const wrongName = png();
    wrongName[12] = 0x4a;
    assert.equal(inspectImage(wrongName), undefined);
  });

  it('2.7 does not call a picture with a damaged chunk or end complete', () => {
    const before = [pngChunk('\0\0\0\0', new Uint8Array(4))];
    assert.equal(inspectImage(png({ before }))?.complete, false);
    const filledEnd = bytesOf(png().subarray(0, -12), pngChunk('IEND', ascii('hidden')));
    assert.equal(inspectImage(filledEnd)?.complete, false);
  });

  it('2.7 does not call a picture without pixels complete', () => {
    const bytes = bytesOf(png().subarray(0, 33), pngChunk('IEND', new Uint8Array()));
    assert.equal(inspectImage(bytes)?.complete, false);
  });
});

describe('2.7 the extension follows the bytes: JPEG', () => {
  const jpeg = encodedPicture('jpegBaseline');

  it('2.7 steps over a thumbnail with end marker and size of its own', () => {
    const thumbnail = bytesOf(ascii('Exif\0\0'), encodedPicture('jpegProgressive'));
    thumbnail[thumbnail.indexOf(0xc2) + 5] = 99;
    const bytes = withJpegSegment(jpeg, 0xe1, thumbnail);
    assert.deepEqual(inspectImage(bytes), whole('jpeg', false, bytes.length));
  });

  it('2.7 steps over fill bytes, restart markers and stuffed bytes', () => {
    const scan = find(jpeg, Uint8Array.of(0xff, 0xda));
    const data = scan + 2 + jpeg[scan + 3]!;
    const bytes = bytesOf(
      jpeg.subarray(0, scan),
      Uint8Array.of(0xff, 0xff, 0xff),
      jpeg.subarray(scan, data),
      Uint8Array.of(0xff, 0, 0xd9, 0xff, 0xd0, 0xff, 0, 0xff, 0xd7),
      jpeg.subarray(data),
    );
    assert.deepEqual(inspectImage(bytes), whole('jpeg', false, bytes.length));
  });

  it('2.7 takes a height that follows the first scan', () => {
    const bytes = bytesOf(
      jpeg.subarray(0, jpeg.length - 2),
      Uint8Array.of(0xff, 0xdc, 0, 4, 0, 9),
      jpeg.subarray(jpeg.length - 2),
    );
    const frame = find(bytes, Uint8Array.of(0xff, 0xc0));
    bytes.set([0, 0], frame + 5);
    assert.deepEqual(inspectImage(bytes), whole('jpeg', false, bytes.length));
  });

  it('2.7 calls a picture incomplete that another one begins in, or that has no scan or size', () => {
    const half = jpeg.subarray(0, jpeg.length - 20);
    assert.equal(inspectImage(bytesOf(half, jpeg))?.complete, false);
    assert.equal(inspectImage(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9))?.complete, false);
    const noSize = Uint8Array.of(0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 0xff, 0xd9);
    const { complete, width, height } = inspectImage(noSize)!;
    assert.deepEqual({ complete, width, height }, { complete: false, width: 0, height: 0 });
    const noHeight = jpeg.slice();
    noHeight.set([0, 0], find(jpeg, Uint8Array.of(0xff, 0xc0)) + 5);
    assert.equal(inspectImage(noHeight)?.width, 0);
    const noScan = bytesOf(
      jpeg.subarray(0, find(jpeg, Uint8Array.of(0xff, 0xda))),
      Uint8Array.of(0xff, 0xd9),
    );
    assert.equal(inspectImage(noScan)?.complete, false);
  });
});

describe('2.7 the extension follows the bytes: WebP', () => {
  it('2.7 takes the canvas of an animation and of a picture with alpha chunk', () => {
    const bytes = encodedPicture('webpLossyAlpha');
    // The flag in VP8X is a promise; the alpha chunk is the alpha.
    bytes[20] = 0;
    assert.deepEqual(inspectImage(bytes), whole('webp', true, bytes.length));
    bytes.set(ascii('XXXX'), find(bytes, ascii('ALPH')));
    assert.equal(inspectImage(bytes)?.hasAlpha, false);
    bytes[20] = 0x10;
    assert.equal(inspectImage(bytes)?.hasAlpha, true);
  });

  it('2.7 counts a padding byte that the RIFF size leaves out', () => {
    const lossless = encodedPicture('webpLossless');
    const odd = lossless.slice();
    odd[4] = odd[4]! - 1;
    odd[16] = odd[16]! - 1;
    assert.deepEqual(inspectImage(bytesOf(odd, ascii('tail'))), whole('webp', false, lossless.length));
  });

  it('2.7 steps over a chunk of odd length with its padding', () => {
    const lossy = encodedPicture('webpLossyAlpha');
    const odd = bytesOf(lossy.subarray(0, 30), ascii('ODD \x03\0\0\0abc\0'), lossy.subarray(30));
    odd[4] = odd[4]! + 12;
    assert.deepEqual(inspectImage(odd), whole('webp', true, odd.length));
  });

  it('2.7 reads no size from a header that was cut off', () => {
    const large = encodedPicture('webpLossy');
    // 300 × 300, so that half of a number is another number.
    large.set([0x2c, 1, 0x2c, 1], 26);
    for (let length = 0; length < large.length; length++) {
      const facts = inspectImage(large.subarray(0, length));
      const expected = length < 30 ? 0 : 300;
      if (facts) assert.deepEqual([facts.width, facts.height], [expected, expected], `${length} bytes`);
    }
  });

  it('2.7 does not call a canvas without a picture complete', () => {
    const canvas = encodedPicture('webpAnimated').slice(0, 30);
    canvas[4] = 22;
    assert.equal(inspectImage(canvas)?.complete, false);
  });

  it('2.7 calls a picture incomplete whose chunk is longer than its RIFF, or that has none', () => {
    const long = encodedPicture('webpLossless');
    long[16] = long[16]! + 2;
    assert.equal(inspectImage(bytesOf(long, new Uint8Array(8)))?.complete, false);
    const none = encodedPicture('webpLossless');
    none.set(ascii('XXXX'), 12);
    const { complete, width } = inspectImage(none)!;
    assert.deepEqual({ complete, width }, { complete: false, width: 0 });
    const tiny = encodedPicture('webpLossless');
    tiny[4] = 4;
    assert.equal(inspectImage(tiny), undefined);
  });
});

describe('2.7 the extension follows the bytes: AVIF', () => {
  const ispe = (width: number, height: number) => box('ispe', uint32(0), uint32(width), uint32(height));
  const ftyp = box('ftyp', ascii('mif1'), uint32(0), ascii('miafavif'));
  const mdat = box('mdat', ascii('pixels'));
  const avif = (properties: Uint8Array[], associations: Uint8Array, ...rest: Uint8Array[]) => {
    const ipma = box('ipma', uint32(0), associations);
    const iprp = box('iprp', box('ipco', ...properties), ipma);
    return bytesOf(
      ftyp,
      box('meta', uint32(0), box('pitm', uint32(0), Uint8Array.of(0, 2)), iprp, ...rest),
      mdat,
    );
  };
  const item = (id: number, ...indexes: number[]) => Uint8Array.of(0, id, indexes.length, ...indexes);
  const sizeOf = (bytes: Uint8Array) => {
    const { width, height, complete } = inspectImage(bytes)!;
    return { width, height, complete };
  };

  it("2.7 takes the primary item's size, not a tile's or a thumbnail's", () => {
    const bytes = avif([ispe(512, 512), ispe(100, 50)], bytesOf(uint32(2), item(1, 1), item(2, 0x82)));
    assert.deepEqual(sizeOf(bytes), { width: 100, height: 50, complete: true });
  });

  it('2.7 takes the largest size where no item has one, and turns it as it is drawn', () => {
    const bytes = avif([ispe(100, 50), ispe(300, 200)], uint32(0));
    assert.deepEqual(sizeOf(bytes), { width: 300, height: 200, complete: true });
    const turned = avif([ispe(100, 50), box('irot', Uint8Array.of(1))], bytesOf(uint32(1), item(2, 1, 2)));
    assert.deepEqual(sizeOf(turned), { width: 50, height: 100, complete: true });
    const upsideDown = avif(
      [ispe(100, 50), box('irot', Uint8Array.of(2))],
      bytesOf(uint32(1), item(2, 1, 2)),
    );
    assert.deepEqual(sizeOf(upsideDown), { width: 100, height: 50, complete: true });
  });

  it('2.7 finds alpha in an alpha auxiliary only, not in a depth map', () => {
    const aux = (name: string) => box('auxC', uint32(0), ascii(`${name}\0`));
    const alpha = avif([ispe(1, 1), aux('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha')], uint32(0));
    assert.equal(inspectImage(alpha)?.hasAlpha, true);
    const depth = avif([ispe(1, 1), aux('urn:mpeg:mpegB:cicp:systems:auxiliary:depth')], uint32(0));
    assert.equal(inspectImage(depth)?.hasAlpha, false);
  });

  it("2.7 calls a picture incomplete where an item's data lies beyond the file, or where there is no size", () => {
    // One item, one extent: 4-byte offset and length.
    const iloc = (offset: number, length: number) =>
      box('iloc', uint32(0), Uint8Array.of(0x44, 0, 0, 1, 0, 2, 0, 0, 0, 1), uint32(offset), uint32(length));
    const whole = avif([ispe(1, 1)], uint32(0), iloc(0, 10));
    assert.equal(sizeOf(whole).complete, true);
    assert.equal(sizeOf(avif([ispe(1, 1)], uint32(0), iloc(whole.length, 0))).complete, true);
    assert.equal(sizeOf(avif([ispe(1, 1)], uint32(0), iloc(whole.length, 1))).complete, false);
    assert.deepEqual(sizeOf(avif([], uint32(0))), { width: 0, height: 0, complete: false });
    const noLocation = avif([ispe(1, 1)], uint32(0));
    assert.equal(sizeOf(noLocation.subarray(0, -1)).complete, false);
  });

  it('2.7 counts data from its base, and data in the meta box itself not as data in the file', () => {
    // Version 1, one item: 4-byte base, offset and length; the second byte is the construction method.
    const iloc = (method: number, base: number) =>
      box(
        'iloc',
        Uint8Array.of(1, 0, 0, 0, 0x44, 0x40, 0, 1, 0, 2, 0, method, 0, 0),
        uint32(base),
        Uint8Array.of(0, 1),
        uint32(0),
        uint32(1),
      );
    const isComplete = (method: number, base: number) =>
      sizeOf(avif([ispe(1, 1)], uint32(0), iloc(method, base))).complete;
    assert.deepEqual([isComplete(0, 9), isComplete(0, 9999), isComplete(1, 9999)], [true, false, true]);
  });

  it('2.7 reads 64-bit sizes, a last box without size, and boxes after the data', () => {
    const bytes = avif([ispe(4, 3)], uint32(0));
    const head = bytes.subarray(0, bytes.length - mdat.length);
    const large = bytesOf(head, uint32(1), ascii('mdat'), uint32(0), uint32(18), ascii('xy'), box('free'));
    assert.deepEqual(inspectImage(bytesOf(large, ascii('tail of text')))?.end, large.length);
    const open = bytesOf(head, uint32(0), ascii('mdat'), ascii('to the end'));
    assert.deepEqual(inspectImage(open)?.end, open.length);
    assert.deepEqual(sizeOf(open), { width: 4, height: 3, complete: true });
  });

  it('2.7 reads a sequence without a meta box', () => {
    const track = box('tkhd', new Uint8Array(76), Uint8Array.of(0, 20, 0, 0, 0, 10, 0, 0));
    const bytes = bytesOf(box('ftyp', ascii('avis'), uint32(0)), box('moov', box('trak', track)), mdat);
    assert.deepEqual(sizeOf(bytes), { width: 20, height: 10, complete: true });
    assert.equal(sizeOf(bytes.subarray(0, bytes.length - mdat.length)).complete, false);
  });
});
