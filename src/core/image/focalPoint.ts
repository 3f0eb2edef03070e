import type { Size } from '../request.ts';
import type { FocalPoint } from './pixelTask.ts';
import type { Raster } from './raster.ts';
import { byteAt } from './rgb.ts';

const centre: FocalPoint = { x: 0.5, y: 0.5 };
/** About as many pixels along each side are looked at: what a subject is made of is larger than that. */
const samples = 256;
/** A part elsewhere must hold so much more of what there is to see than the middle one: composition counts, too. */
const leastGain = 1.08;

/**
 * Where a picture is to be cropped for another shape: around the part of that shape which holds the most to see, the
 * middle one where no other holds clearly more. To see is what stands out from its neighbours, in lightness, colour or
 * opacity (as by the gradients of seam carving, Avidan and Shamir 2007). Only one side is cropped, so that one counts.
 */
export function focalPointOf(raster: Raster, wanted: Size): FocalPoint {
  const { width, height } = raster;
  const across = Math.min(1, (height * wanted.width) / wanted.height / width);
  const down = Math.min(1, (width * wanted.height) / wanted.width / height);
  if (across < 1) return { ...centre, x: middleOfMost(detailAlong(raster, 'x'), across) };
  if (down < 1) return { ...centre, y: middleOfMost(detailAlong(raster, 'y'), down) };
  return centre;
}

/** How much stands out in each column (`x`) or row (`y`) of samples. */
function detailAlong({ width, height, data }: Raster, axis: 'x' | 'y'): Float64Array {
  const columns = Math.min(samples, width - 1);
  const rows = Math.min(samples, height - 1);
  const detail = new Float64Array(Math.max(1, axis === 'x' ? columns : rows));
  for (let row = 0; row < rows; row++) {
    const y = Math.floor((row * (height - 1)) / rows);
    for (let column = 0; column < columns; column++) {
      const x = Math.floor((column * (width - 1)) / columns);
      const at = (y * width + x) * 4;
      const index = axis === 'x' ? column : row;
      const steps = stepBetween(data, at, at + 4) + stepBetween(data, at, at + width * 4);
      detail[index] = (detail[index] ?? 0) + steps;
    }
  }
  return detail;
}

/** How far two pixels are apart, alpha laid on its colour; what nobody can see does not stand out. */
function stepBetween(data: Uint8ClampedArray, one: number, other: number): number {
  const [here, there] = [byteAt(data, one + 3) / 255, byteAt(data, other + 3) / 255];
  let step = Math.abs(here - there) * 255;
  for (let channel = 0; channel < 3; channel++)
    step += Math.abs(byteAt(data, one + channel) * here - byteAt(data, other + channel) * there);
  return step;
}

/** The middle, 0 to 1, of the part of this length that holds the most. */
function middleOfMost(detail: Float64Array, length: number): number {
  const window = Math.max(1, Math.round(detail.length * length));
  const middle = Math.floor((detail.length - window) / 2);
  const sums = Float64Array.from({ length: detail.length - window + 1 }, (_, start) =>
    detail.subarray(start, start + window).reduce((sum, one) => sum + one, 0),
  );
  const most = sums.reduce((best, sum) => Math.max(best, sum), 0);
  if (most <= (sums[middle] ?? 0) * leastGain) return 0.5;
  // The middle of the parts that hold as much: what is to be seen has room on both sides.
  const holdsAsMuch = (start: number) => (sums[start] ?? 0) >= most * 0.995;
  let [first, last] = [sums.indexOf(most), sums.indexOf(most)];
  while (holdsAsMuch(first - 1)) first--;
  while (holdsAsMuch(last + 1)) last++;
  return ((first + last) / 2 + window / 2) / detail.length;
}
