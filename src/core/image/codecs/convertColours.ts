import type { Raster } from '../raster.ts';
import type { Conversion } from './colourSpace.ts';
import { srgbIndex, srgbTable } from './transferCurve.ts';

/**
 * Converts a raster's colours to sRGB where they stand; colours outside of sRGB are cut to it (relative
 * colorimetric), alpha stays.
 */
export function convertColours({ data }: Raster, { curves, matrix }: Conversion): void {
  const [red, green, blue] = curves;
  const [a, b, c, d, e, f, g, h, i] = matrix;
  const table = srgbTable();
  for (let at = 0; at < data.length; at += 4) {
    const r = red[data[at] ?? 0] ?? 0;
    const gr = green[data[at + 1] ?? 0] ?? 0;
    const bl = blue[data[at + 2] ?? 0] ?? 0;
    data[at] = table[srgbIndex(a * r + b * gr + c * bl)] ?? 0;
    data[at + 1] = table[srgbIndex(d * r + e * gr + f * bl)] ?? 0;
    data[at + 2] = table[srgbIndex(g * r + h * gr + i * bl)] ?? 0;
  }
}
