import { maskBounds } from '../../src/protocol/maskStrokes.ts';
import type { Size } from './viewport.ts';

const growth = 1.15;

/** Two digits: 1150 becomes 1100, and is read out shorter. */
function shortened(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / unit) * unit;
}

/** The diameters that a brush can have on a picture, ascending, in its pixels; each about a seventh larger. */
export function brushSizes({ width, height }: Size): readonly number[] {
  const most = Math.min(2 * maskBounds.radius, Math.max(width, height));
  const sizes: number[] = [];
  for (let size = 1; size < most; size = size < 10 ? size + 1 : shortened(size * growth)) sizes.push(size);
  return [...sizes, most];
}

/** Which of the sizes to begin with: the one next to a sixteenth of the picture's shorter side. */
export function firstBrushSize(sizes: readonly number[], { width, height }: Size): number {
  const wanted = Math.min(width, height) / 16;
  const distances = sizes.map((size) => Math.abs(size - wanted));
  return distances.indexOf(Math.min(...distances));
}
