import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { execPath, memoryUsage } from 'node:process';
import { isCodecError } from '../../src/core/image/codecs/codecError.ts';
import type { CodecReason } from '../../src/core/image/codecs/codecError.ts';
import { decodeImage, defaultLimits } from '../../src/core/image/codecs/decodeImage.ts';
import { createWasmModules } from '../../src/core/image/codecs/wasmModules.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import { loadWasm, modules } from '../support/codecs.ts';
import { fileOf, gradient, greatestDifference, pngOfRows, withPngChunks } from '../support/drawnPictures.ts';
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

describe('4.3 memory', () => {
  for (const format of formats) {
    // The first call of a process is the one whose memory start-up code could keep.
    it(`4.3 neither a ${format} decoder’s memory nor the picture is kept after the call`, async () => {
      const script = `
        import { readFileSync } from 'node:fs';
        import { setImmediate } from 'node:timers/promises';
        import { decodeImage } from './src/core/image/codecs/decodeImage.ts';
        import { modules } from './test/support/codecs.ts';
        await modules('${format}Decoder');
        const decode = async () => { await decodeImage(new Uint8Array(readFileSync(0)), modules); };
        const before = process.memoryUsage().external;
        await decode();
        for (let n = 0; n < 4; n++) { gc(); await setImmediate(); }
        console.log(process.memoryUsage().external - before);`;
      const flags = [
        '--expose-gc',
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        '--input-type=module',
        '-e',
      ];
      const input = await fileOf(gradient(2000, 1000), format);
      const kept = Number(execFileSync(execPath, [...flags, script], { input, encoding: 'utf8' }));
      // The picture has 8 MB, its decoder's memory more.
      assert.ok(kept < 4_000_000, `${kept} bytes`);
    });
  }
});

describe('4.8 the decoders, fuzzed', () => {
  /** A linear congruential generator: the same cases every time. */
  function createRandom(seed: number): (below: number) => number {
    let state = seed;
    return (below) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  }

  function mutate(file: Uint8Array, random: (below: number) => number): Uint8Array {
    const bytes = Uint8Array.from(file);
    const changes = 1 + random(6);
    for (let n = 0; n < changes; n++) {
      const at = random(bytes.length);
      const kind = random(4);
      if (kind === 0) bytes[at] = random(256);
      else if (kind === 1) bytes[at] = [0, 1, 0x7f, 0x80, 0xfe, 0xff][random(6)]!;
      else if (kind === 2) bytes[at]! ^= 1 << random(8);
      else bytes.copyWithin(at, random(bytes.length), random(bytes.length));
    }
    return bytes;
  }

  /** With their checksums mended, else no change would reach the decoder's inside. */
  function mended(png: Uint8Array): Uint8Array {
    const parts = [png.subarray(0, 8)];
    const view = Buffer.from(png);
    for (let at = 8; at + 12 <= png.length;) {
      const end = at + 12 + view.readUInt32BE(at);
      if (end > png.length) return png;
      parts.push(pngChunk(view.toString('latin1', at + 4, at + 8), png.subarray(at + 8, end - 4)));
      at = end;
    }
    return bytesOf(...parts);
  }

  for (const [format, cases] of [
    ['png', 1200],
    ['jpeg', 1200],
    ['webp', 1200],
    ['avif', 400],
  ] as const) {
    it(`4.8 ${format}: ${cases} damaged files end in pixels or a reason, in bounded memory`, async function () {
      this.timeout(120_000);
      const random = createRandom(format.length * 7919);
      const file = files.get(format)!;
      const reasons = new Map<string, number>();
      let decoders = 0;
      const counted = createWasmModules(loadWasm);
      const counting: typeof counted = (name) => {
        decoders++;
        return counted(name);
      };
      let most = 0;
      for (let n = 0; n < cases; n++) {
        const changed = mutate(file, random);
        const bytes = format === 'png' ? mended(changed) : changed;
        let reason = 'decoded';
        try {
          const { raster } = await decodeImage(bytes, counting, { maxPixels: 1_000_000 });
          assert.equal(raster.data.length, raster.width * raster.height * 4);
        } catch (error) {
          if (!isCodecError(error)) throw new Error(`case ${n}`, { cause: error });
          reason = error.reason;
        }
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
        most = Math.max(most, memoryUsage().external);
      }
      // Most cases must get as far as a decoder, some into it and out again, and some be refused.
      assert.ok(decoders > cases / 4, `${decoders} reached the decoder: ${JSON.stringify([...reasons])}`);
      assert.ok((reasons.get('damaged') ?? 0) > 20, JSON.stringify([...reasons]));
      assert.ok(most < 2 ** 30, `${most} bytes`);
      // After all that, the next picture is what it should be.
      assert.ok(greatestDifference((await decodeImage(file, counting)).raster, drawn) <= 16);
    });
  }
});
