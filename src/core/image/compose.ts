import type { Size } from '../request.ts';
import type { Raster } from './raster.ts';
import { byteAt, type Rgb } from './rgb.ts';

/**
 * Lays a picture on one colour, as a page does: source over, on the 8-bit sRGB values (CSS Compositing 1).
 * @returns a new, opaque picture of the same size
 */
export function flattenOn({ width, height, data }: Raster, colour: Rgb): Raster {
  const flat = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) layOn(flat, data, at, colour);
  return { width, height, data: flat };
}

/** Lays one pixel on a colour, at the same offset in both. */
function layOn(to: Uint8ClampedArray, from: Uint8ClampedArray, at: number, [red, green, blue]: Rgb): void {
  const alpha = byteAt(from, at + 3) / 255;
  to[at] = byteAt(from, at) * alpha + red * (1 - alpha);
  to[at + 1] = byteAt(from, at + 1) * alpha + green * (1 - alpha);
  to[at + 2] = byteAt(from, at + 2) * alpha + blue * (1 - alpha);
  to[at + 3] = 255;
}

/**
 * Puts a picture, unchanged, into the middle of a larger one.
 * @param size in pixels
 * @param fill of the padding; what is transparent in the picture stays so
 * @throws RangeError where the size is not whole or smaller than the picture
 */
export function padRaster(raster: Raster, size: Size, fill: Rgb): Raster {
  const { width, height } = size;
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < raster.width || height < raster.height)
    throw new RangeError(`No padding from ${raster.width}×${raster.height} to ${width}×${height}`);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < data.length; at += 4) data.set([...fill, 255], at);
  const left = Math.floor((width - raster.width) / 2);
  const top = Math.floor((height - raster.height) / 2);
  for (let y = 0; y < raster.height; y++) {
    const row = raster.data.subarray(y * raster.width * 4, (y + 1) * raster.width * 4);
    data.set(row, ((top + y) * width + left) * 4);
  }
  return { width, height, data };
}

/**
 * The colour round a picture's edge: the median of its visible border pixels, channel by channel.
 * @returns undefined where less than half of the border is visible: then the picture says nothing about it
 */
export function borderColour(raster: Raster): Rgb | undefined {
  const counts = [new Uint32Array(256), new Uint32Array(256), new Uint32Array(256)] as const;
  let seen = 0;
  let all = 0;
  for (const at of borderOffsets(raster)) {
    all++;
    if (byteAt(raster.data, at + 3) < 128) continue;
    seen++;
    counts.forEach((count, channel) => {
      const value = byteAt(raster.data, at + channel);
      count[value] = (count[value] ?? 0) + 1;
    });
  }
  if (seen * 2 < all) return undefined;
  return [median(counts[0], seen), median(counts[1], seen), median(counts[2], seen)];
}

/** The byte offsets of the outermost pixels, each once. */
export function* borderOffsets({ width, height }: Size): Generator<number> {
  for (let x = 0; x < width; x++) {
    yield x * 4;
    if (height > 1) yield ((height - 1) * width + x) * 4;
  }
  for (let y = 1; y < height - 1; y++) {
    yield y * width * 4;
    if (width > 1) yield (y * width + width - 1) * 4;
  }
}

function median(counts: Uint32Array, total: number): number {
  let below = 0;
  return counts.findIndex((count) => (below += count) * 2 >= total);
}
