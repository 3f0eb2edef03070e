import assert from 'node:assert/strict';
import { memoryUsage } from 'node:process';
import { isCodecError } from '../../src/core/image/codecs/codecError.ts';
import type { CodecReason } from '../../src/core/image/codecs/codecError.ts';
import { decodeImage, defaultLimits } from '../../src/core/image/codecs/decodeImage.ts';
import { createWasmModules } from '../../src/core/image/codecs/wasmModules.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import { loadWasm, modules } from '../support/codecs.ts';
import { fileOf, gradient, pngOfRows, withPngChunks } from '../support/drawnPictures.ts';
import { ascii, bytesOf, pngChunk, uint32 } from '../support/pictureBytes.ts';

const formats: readonly ImageFormat[] = ['png', 'jpeg', 'webp', 'avif'];
const files = new Map<ImageFormat, Uint8Array>();
const drawn = gradient(40, 30);

async function reasonOf(bytes: Uint8Array, limits = defaultLimits): Promise<CodecReason | 'decoded'> {
  try {
    await decodeImage(bytes, modules, limits);
    return 'decoded';
  } catch (error) {
    if (!isCodecError(error)) throw error;
    assert.ok(error.message.length > 10 && error.message.length < 200);
    return error.reason;
  }
}

before(async () => {
  for (const format of formats) files.set(format, await fileOf(drawn, format));
});

describe('4.8 bad input ends in a reason', () => {
  it('4.8 what is no picture', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    for (const text of ['', 'a red fox, as image/png', svg, 'GIF89a\x01\0\x01\0\0\0\0;', '\0'.repeat(1000)]) {
      assert.equal(await reasonOf(ascii(text)), 'unsupported', text.slice(0, 20));
    }
  });

  for (const format of formats) {
    it(`4.8 a cut off ${format}, wherever it ends`, async () => {
      const file = files.get(format)!;
      for (let length = 0; length < file.length; length += Math.ceil(file.length / 60)) {
        const reason = await reasonOf(file.subarray(0, length));
        assert.ok(reason === 'damaged' || (reason === 'unsupported' && length < 40), `${length}: ${reason}`);
      }
    });

    it(`4.8 ${format} of more pixels than allowed, before a pixel is decoded`, async () => {
      let loaded = 0;
      const counted = createWasmModules((name) => {
        loaded++;
        return loadWasm(name);
      });
      const maxPixels = 40 * 30 * (format === 'avif' ? 2 : 1);
      await assert.rejects(decodeImage(files.get(format)!, counted, { maxPixels: maxPixels - 1 }), {
        reason: 'tooLarge',
      });
      assert.equal(loaded, 0);
      await decodeImage(files.get(format)!, counted, { maxPixels });
      assert.equal(loaded, 1);
    });
  }

  it('4.8 a file of 1 kB that claims 60,000 × 60,000 pixels, in each format', async () => {
    const png = pngOfRows({ width: 60_000, height: 60_000 }, { bits: 8, colourType: 2 }, [
      new Uint8Array(1000),
    ]);
    const jpeg = Buffer.from(files.get('jpeg')!);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc2]));
    jpeg.writeUInt16BE(60_000, frame + 5);
    jpeg.writeUInt16BE(60_000, frame + 7);
    const avif = Buffer.from(files.get('avif')!);
    const ispe = avif.indexOf('ispe');
    avif.writeUInt32BE(60_000, ispe + 8);
    avif.writeUInt32BE(60_000, ispe + 12);
    const webp = Buffer.from(encodedPicture('webpLossyAlpha'));
    webp.writeUIntLE(60_000 - 1, 24, 3);
    webp.writeUIntLE(60_000 - 1, 27, 3);
    const before = memoryUsage().arrayBuffers;
    for (const bytes of [png, jpeg, avif, webp]) assert.equal(await reasonOf(bytes), 'tooLarge');
    assert.ok(memoryUsage().arrayBuffers - before < 16 * 1024 * 1024);
  });

  it('4.8 a size inside that is not the one the container claims', async () => {
    const avif = Buffer.from(files.get('avif')!);
    const ispe = avif.indexOf('ispe');
    avif.writeUInt32BE(20, ispe + 8);
    assert.equal(await reasonOf(avif), 'damaged');
    const webp = Buffer.from(encodedPicture('webpLossyAlpha'));
    webp.writeUIntLE(4, 24, 3);
    assert.equal(await reasonOf(webp), 'damaged');
  });

  it('4.8 pixels that are missing or wrong are never made up', async () => {
    // The picture is as long as it says and has its end marker, but its data were cut out, or changed.
    const jpeg = files.get('jpeg')!;
    assert.equal(
      await reasonOf(bytesOf(jpeg.subarray(0, jpeg.length - 200), Uint8Array.of(0xff, 0xd9))),
      'damaged',
    );
    const png = pngOfRows({ width: 40, height: 30 }, { bits: 8, colourType: 2 }, [new Uint8Array(120)]);
    assert.equal(await reasonOf(png), 'damaged');
    const wrongSum = Uint8Array.from(files.get('png')!);
    wrongSum[60]! ^= 1;
    assert.equal(await reasonOf(wrongSum), 'damaged');
  });

  it('4.8 animated files, whose first frame alone would not be what came', async () => {
    const control = pngChunk('acTL', bytesOf(uint32(2), uint32(0)));
    assert.equal(await reasonOf(withPngChunks(files.get('png')!, control)), 'animated');
    assert.equal(await reasonOf(encodedPicture('webpAnimated')), 'animated');
    const avif = files.get('avif')!;
    const moov = bytesOf(uint32(16), ascii('moov'), uint32(8), ascii('mvhd'));
    assert.equal(await reasonOf(bytesOf(avif, moov)), 'animated');
  });

  it('4.8 JPEGs for printing, of 12 bits, and arithmetically coded', async () => {
    const jpeg = files.get('jpeg')!;
    const frame = Buffer.from(jpeg).indexOf(Buffer.from([0xff, 0xc2]));
    // Four components: one more than there were, of three bytes.
    const head = Buffer.from(jpeg.subarray(frame, frame + 4 + 15));
    head.writeUInt16BE(20, 2);
    head[9] = 4;
    const cmyk = bytesOf(jpeg.subarray(0, frame), head, Uint8Array.of(4, 0x11, 1), jpeg.subarray(frame + 19));
    assert.equal(await reasonOf(cmyk), 'unsupported');
    for (const [offset, value] of [
      [4, 12],
      [1, 0xca],
      [1, 0xc3],
    ] as const) {
      const changed = Uint8Array.from(jpeg);
      changed[frame + offset] = value;
      assert.equal(await reasonOf(changed), 'unsupported');
    }
  });

  it('4.8 a JPEG of thousands of scans, which would keep a decoder busy for hours', async () => {
    const jpeg = Buffer.from(files.get('jpeg')!);
    const frame = jpeg.indexOf(Buffer.from([0xff, 0xc2]));
    jpeg.writeUInt16BE(8000, frame + 5);
    jpeg.writeUInt16BE(8000, frame + 7);
    const scan = Uint8Array.of(0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 1);
    const scans = bytesOf(...Array.from({ length: 5000 }, () => scan));
    const bytes = bytesOf(jpeg.subarray(0, jpeg.length - 2), scans, Uint8Array.of(0xff, 0xd9));
    assert.equal(await reasonOf(bytes), 'tooLarge');
  });
});
