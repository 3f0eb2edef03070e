import type { Raster, Rectangle } from '../raster.ts';
import { CodecError } from './codecError.ts';
import { lanczosWeights } from './lanczos.ts';
import type { Weights } from './lanczos.ts';
import { createCurve, srgbCurve, srgbIndex, srgbTable } from './transferCurve.ts';

/** How stored values are read and written while resampling. */
interface Light {
  readonly curve: Float32Array;
  readonly table: Uint8Array;
}

/**
 * Resamples to exactly width × height pixels with Lanczos3: fewer pixels in linear light, so that fine bright detail
 * keeps its brightness, more pixels on stored values, where Lanczos rings less visibly; always premultiplied, so that the unseen colour of transparent pixels does not bleed in. Takes besides
 * both rasters the few output rows that one input row adds to.
 * @param width pixels, an integer from 1 on
 * @returns the same raster where it already has this size
 * @throws CodecError `tooLarge` beyond `maxPixels`; RangeError where a side is no such integer
 */
export function resizeRaster(source: Raster, width: number, height: number, maxPixels = 2 ** 26): Raster {
  if (!isSide(width) || !isSide(height))
    throw new RangeError('A side has a whole number of pixels from 1 on.');
  if (width * height > maxPixels) throw new CodecError('tooLarge', `${width}×${height} is too large.`);
  if (width === source.width && height === source.height) return source;
  const light = width * height < source.width * source.height ? linearLight() : storedLight();
  const columns = lanczosWeights(source.width, width);
  const rows = lanczosWeights(source.height, height);
  const openRows = mostOpen(rows);
  // From a few rows to thousands: all of them would be open at a time, four times the picture.
  if (openRows * width > mostOpenPixels)
    throw new CodecError('tooLarge', `${source.width}×${source.height} is too small for ${width}×${height}.`);
  const target = { width, height, data: new Uint8ClampedArray(width * height * 4) };
  const line = new Float32Array(source.width * 4);
  const resampled = new Float32Array(width * 4);
  // Several output rows are open at a time: those that the next input row adds to.
  const open = Array.from({ length: openRows }, () => new Float32Array(width * 4));
  for (let row = 0, first = 0; row < source.height; row++) {
    readRow(source, row, line, light);
    resampleRow(line, columns, resampled);
    for (let y = first; y < height && row >= (rows.starts[y] ?? 0); y++) {
      const sum = open[y % open.length];
      const place = row - (rows.starts[y] ?? 0);
      const count = rows.counts[y] ?? 0;
      if (!sum || place >= count) continue;
      addRow(sum, resampled, rows.values[y * rows.most + place] ?? 0);
      if (place < count - 1) continue;
      storeRow(sum, target, y, light);
      sum.fill(0);
      first = y + 1;
    }
  }
  return target;
}

/** Pixels of all output rows that are open at a time: 64 MiB of floats. */
const mostOpenPixels = 2 ** 22;

/** How many output rows one input row adds to at most. */
function mostOpen({ starts, counts }: Weights): number {
  let most = 1;
  for (let y = 0, first = 0; y < starts.length; y++) {
    while ((starts[first] ?? 0) + (counts[first] ?? 0) <= (starts[y] ?? 0)) first++;
    most = Math.max(most, y - first + 1);
  }
  return most;
}

/**
 * A copy of a part of the picture.
 * @throws RangeError where it does not lie within, in whole pixels
 */
export function cropRaster({ width, height, data }: Raster, part: Rectangle): Raster {
  const isWithin = part.x + part.width <= width && part.y + part.height <= height;
  const isWhole = [part.x, part.y].every((value) => Number.isInteger(value) && value >= 0);
  if (!isWithin || !isWhole || !isSide(part.width) || !isSide(part.height)) {
    throw new RangeError('The part does not lie within the picture.');
  }
  const copy = new Uint8ClampedArray(part.width * part.height * 4);
  for (let y = 0; y < part.height; y++) {
    const from = ((part.y + y) * width + part.x) * 4;
    copy.set(data.subarray(from, from + part.width * 4), y * part.width * 4);
  }
  return { width: part.width, height: part.height, data: copy };
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function linearLight(): Light {
  return { curve: srgbCurve, table: srgbTable() };
}

function storedLight(): Light {
  const table = Uint8Array.from({ length: 0x10000 }, (_, index) => Math.round((index * 255) / 0xffff));
  return { curve: createCurve((value) => value), table };
}

/** One row premultiplied, each part 0 to 1. */
function readRow({ width, data }: Raster, y: number, line: Float32Array, { curve }: Light): void {
  for (let at = 0, from = y * width * 4; at < line.length; at += 4, from += 4) {
    const alpha = (data[from + 3] ?? 0) / 255;
    line[at] = (curve[data[from] ?? 0] ?? 0) * alpha;
    line[at + 1] = (curve[data[from + 1] ?? 0] ?? 0) * alpha;
    line[at + 2] = (curve[data[from + 2] ?? 0] ?? 0) * alpha;
    line[at + 3] = alpha;
  }
}

function resampleRow(line: Float32Array, columns: Weights, target: Float32Array): void {
  const { starts, counts, values, most } = columns;
  for (let x = 0; x < starts.length; x++) {
    const count = counts[x] ?? 0;
    let at = (starts[x] ?? 0) * 4;
    let [red, green, blue, alpha] = [0, 0, 0, 0];
    for (let n = 0, index = x * most; n < count; n++, index++, at += 4) {
      const weight = values[index] ?? 0;
      red += weight * (line[at] ?? 0);
      green += weight * (line[at + 1] ?? 0);
      blue += weight * (line[at + 2] ?? 0);
      alpha += weight * (line[at + 3] ?? 0);
    }
    target[x * 4] = red;
    target[x * 4 + 1] = green;
    target[x * 4 + 2] = blue;
    target[x * 4 + 3] = alpha;
  }
}

function addRow(sum: Float32Array, row: Float32Array, weight: number): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) + weight * (row[at] ?? 0);
}

/** Back to straight sRGB. What rings beyond 0 and 1 is cut; where nothing is seen the colour is black. */
function storeRow(sum: Float32Array, { width, data }: Raster, y: number, { table }: Light): void {
  for (let at = 0, to = y * width * 4; at < sum.length; at += 4, to += 4) {
    const alpha = Math.min(1, sum[at + 3] ?? 0);
    const stored = Math.round(alpha * 255);
    if (stored <= 0) continue;
    data[to] = table[srgbIndex((sum[at] ?? 0) / alpha)] ?? 0;
    data[to + 1] = table[srgbIndex((sum[at + 1] ?? 0) / alpha)] ?? 0;
    data[to + 2] = table[srgbIndex((sum[at + 2] ?? 0) / alpha)] ?? 0;
    data[to + 3] = stored;
  }
}
