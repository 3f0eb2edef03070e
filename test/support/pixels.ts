import { join } from 'node:path';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { encodeImage } from '../../src/core/image/codecs/encodeImage.ts';
import type { WasmName } from '../../src/core/image/codecs/wasmModules.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import type { OutputFormat } from '../../src/core/request.ts';
import files from '../../scripts/codecFiles.json' with { type: 'json' };
import { modules } from './codecs.ts';
import type { Rgba } from './png.ts';

const packages = join(import.meta.dirname, '../../node_modules');

/** Where the codecs' files are before they are packed. */
export const wasmPaths = Object.fromEntries(
  Object.entries(files).map(([name, file]) => [name, join(packages, file)]),
) as Readonly<Record<WasmName, string>>;

/** A picture's file. */
export async function encode(raster: Raster, format: OutputFormat, quality: number): Promise<Uint8Array> {
  return (await encodeImage(raster, format, modules, quality)).bytes;
}

/** A picture's pixels, upright and in sRGB. */
export async function decode(bytes: Uint8Array): Promise<Raster> {
  return (await decodeImage(bytes, modules)).raster;
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
