import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import avifEncoder from '@jsquash/avif/codec/enc/avif_enc.js';
import { defaultOptions } from '@jsquash/avif/meta.js';
import { Codecs } from '../../src/core/image/codecs/codecs.ts';
import { type WasmName, wasmFiles } from '../../src/core/image/codecs/wasmFiles.ts';
import { wasm, type WasmInstance } from '../../src/core/image/codecs/webAssembly.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import type { Rgba } from './png.ts';

const require = createRequire(import.meta.url);

/** Where the codecs' files are before they are packed. */
export const wasmPaths = Object.fromEntries(
  Object.entries(wasmFiles).map(([name, file]) => [name, require.resolve(file)]),
) as Readonly<Record<WasmName, string>>;

/** The codecs with their files from node_modules. */
export function createCodecs(): Codecs {
  return new Codecs(async (name) => new Uint8Array(await readFile(wasmPaths[name])));
}

/** Paints a picture pixel by pixel. */
export function paint(width: number, height: number, colour: (x: number, y: number) => Rgba): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 4);
  }
  return { width, height, data };
}

/** One pixel. */
export function pixelAt({ data, width }: Raster, x: number, y: number): Rgba {
  const at = (y * width + x) * 4;
  return [data[at] ?? -1, data[at + 1] ?? -1, data[at + 2] ?? -1, data[at + 3] ?? -1];
}

/** The largest difference of any channel of two pixels. */
export function difference(one: Rgba, other: Rgba): number {
  return Math.max(...one.map((value, channel) => Math.abs(value - (other[channel] ?? 0))));
}

/** Numbers from 0 to 1 that are the same each time. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** An AVIF, which nothing here but tests has to write. */
export async function encodeAvif({ data, width, height }: Raster): Promise<Uint8Array> {
  const file = await readFile(require.resolve('@jsquash/avif/codec/enc/avif_enc.wasm'));
  const compiled = await wasm.compile(new Uint8Array(file));
  const make = avifEncoder as unknown as (options: object) => Promise<{
    encode(data: Uint8Array, width: number, height: number, options: object): Uint8Array;
  }>;
  const module = await make({
    noInitialRun: true,
    instantiateWasm: (imports: object, done: (instance: WasmInstance) => void) => {
      const instance = new wasm.Instance(compiled, imports);
      done(instance);
      return instance.exports;
    },
  });
  const options = { ...defaultOptions, quality: 90, speed: 9 };
  return new Uint8Array(module.encode(new Uint8Array(data.buffer), width, height, options));
}
