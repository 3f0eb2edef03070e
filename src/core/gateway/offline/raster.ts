import type { Layer } from './layers.ts';
import type { Pace } from './pace.ts';

/** Pixels as they stand in a picture: red, green, blue, alpha, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * Paints layers. With a `step` above 1 only every so many pixels is painted and stands for a block of
 * `block` pixels: a coarse preview of the same picture.
 */
export async function paint(
  layers: readonly Layer[],
  size: { readonly width: number; readonly height: number },
  pace: Pace,
  step = 1,
  block = 1,
): Promise<Pixels> {
  const width = Math.ceil(size.width / step) * block;
  const height = Math.ceil(size.height / step) * block;
  const rgba = new Uint8Array(width * height * 4);
  const row = new Float32Array(size.width * 4);
  const cover = new Float32Array(size.width);
  for (let y = 0; y < height; y += block) {
    const sourceY = Math.min(size.height - 1, (y / block) * step + (step >> 1));
    row.fill(0);
    for (const layer of layers) {
      if (sourceY >= layer.top && sourceY < layer.bottom) blend(layer, sourceY, row, cover);
    }
    if (step === 1 && block === 1) toBytes(row, y, rgba.subarray(y * width * 4, (y + 1) * width * 4));
    else toBlocks(row, rgba, { width, y, step, block });
    await pace.breathe();
  }
  return { width, height, rgba };
}

/** Lays one layer over a row of premultiplied colour. */
function blend(layer: Layer, y: number, row: Float32Array, cover: Float32Array): void {
  const left = Math.max(0, layer.left);
  const right = Math.min(cover.length, layer.right);
  cover.fill(0, left, right);
  layer.cover(y, cover);
  const [red, green, blue] = layer.colourAt(y + 0.5);
  for (let x = left, i = left * 4; x < right; x++, i += 4) {
    const alpha = Math.min(1, cover[x] ?? 0) * layer.opacity;
    if (alpha <= 0) continue;
    const rest = 1 - alpha;
    row[i] = red * alpha + (row[i] ?? 0) * rest;
    row[i + 1] = green * alpha + (row[i + 1] ?? 0) * rest;
    row[i + 2] = blue * alpha + (row[i + 2] ?? 0) * rest;
    row[i + 3] = alpha + (row[i + 3] ?? 0) * rest;
  }
}

/** Thresholds of an 8×8 ordered dither: no bands in gradients, and (unlike noise) it still packs well. */
const thresholds = Float32Array.from({ length: 64 }, (_, i) => {
  const [x, y] = [i & 7, i >> 3];
  let value = 0;
  for (let bit = 0; bit < 3; bit++) {
    value = (value << 2) | ((((x ^ y) >> bit) & 1) << 1) | ((y >> bit) & 1);
  }
  return (value + 0.5) / 64;
});

function toBytes(row: Float32Array, y: number, target: Uint8Array): void {
  for (let i = 0, x = 0; i < target.length; i += 4, x++) {
    const alpha = row[i + 3] ?? 0;
    if (alpha <= 0) continue;
    const threshold = thresholds[((y & 7) << 3) | (x & 7)] ?? 0.5;
    const scale = 1 / alpha;
    target[i] = Math.min(255, (row[i] ?? 0) * scale + threshold);
    target[i + 1] = Math.min(255, (row[i + 1] ?? 0) * scale + threshold);
    target[i + 2] = Math.min(255, (row[i + 2] ?? 0) * scale + threshold);
    target[i + 3] = Math.min(255, alpha * 255 + 0.5);
  }
}

/** Writes a sparse row as blocks. */
function toBlocks(
  row: Float32Array,
  rgba: Uint8Array,
  at: { readonly width: number; readonly y: number; readonly step: number; readonly block: number },
): void {
  const columns = row.length / 4;
  const stride = at.width * 4;
  const line = new Uint8Array(row.length);
  toBytes(row, 0, line);
  for (let x = 0; x < at.width; x++) {
    const source = Math.min(columns - 1, Math.floor(x / at.block) * at.step + (at.step >> 1)) * 4;
    rgba.set(line.subarray(source, source + 4), at.y * stride + x * 4);
  }
  for (let copy = 1; copy < at.block; copy++) {
    rgba.copyWithin((at.y + copy) * stride, at.y * stride, (at.y + 1) * stride);
  }
}
