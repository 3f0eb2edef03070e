import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { execPath, memoryUsage } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isCodecError } from '../../src/core/image/codecs/codecError.ts';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { createWasmModules } from '../../src/core/image/codecs/wasmModules.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { loadWasm } from '../support/codecs.ts';
import { fileOf, gradient, greatestDifference } from '../support/drawnPictures.ts';
import { bytesOf, pngChunk } from '../support/pictureBytes.ts';

const formats: readonly ImageFormat[] = ['png', 'jpeg', 'webp', 'avif'];
const files = new Map<ImageFormat, Uint8Array>();
const drawn = gradient(40, 30);

before(async () => {
  for (const format of formats) files.set(format, await fileOf(drawn, format));
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
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  const free = async (): Promise<void> => {
    collect();
    await setImmediate();
  };

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
    ['png', 400],
    ['jpeg', 400],
    ['webp', 400],
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
      await free();
      const before = memoryUsage().external;
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
        // The thread frees memory after each job; V8 by itself would let thousands of instances wait.
        const held = memoryUsage().external - before;
        most = Math.max(most, held);
        if (held > 2 ** 28) await free();
      }
      // Most cases must get as far as a decoder, some into it and out again, and some be refused.
      assert.ok(decoders > cases / 4, `${decoders} reached the decoder: ${JSON.stringify([...reasons])}`);
      assert.ok((reasons.get('damaged') ?? 0) > 20, JSON.stringify([...reasons]));
      assert.ok(most < 2 ** 29, `${most} bytes`);
      // After all that, the next picture is what it should be.
      assert.ok(greatestDifference((await decodeImage(file, counting)).raster, drawn) <= 16);
    });
  }
});
