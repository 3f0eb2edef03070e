import type { Orientation } from '../exifOrientation.ts';
import type { Raster } from '../raster.ts';

/** The Exif orientation that an AVIF's `irot` (quarter turns anticlockwise) and then `imir` (axis) amount to. */
export function orientationOfTurn(quarterTurns: number, mirrorAxis: 0 | 1 | undefined): Orientation {
  const turn = quarterTurns & 3;
  // ISO/IEC 23008-12:2022, 6.5.12: axis 0 exchanges top and bottom, axis 1 left and right.
  const rows: Readonly<Record<'none' | 0 | 1, readonly Orientation[]>> = {
    none: [1, 8, 3, 6],
    0: [4, 5, 2, 7],
    1: [2, 7, 4, 5],
  };
  return rows[mirrorAxis ?? 'none'][turn] ?? 1;
}

/** The picture upright: as it is for 1, else in new memory of the same length. */
export function applyOrientation(raster: Raster, orientation: Orientation): Raster {
  if (orientation === 1) return raster;
  const { width, height } = raster;
  const isTurned = orientation >= 5;
  const source = new Uint32Array(raster.data.buffer, raster.data.byteOffset, width * height);
  const target = new Uint32Array(width * height);
  // Where a source pixel goes: start + x × stepX + y × stepY.
  const targetWidth = isTurned ? height : width;
  const along = isTurned ? targetWidth : 1;
  const down = isTurned ? 1 : targetWidth;
  const isBackX = [2, 3, 7, 8].includes(orientation);
  const isBackY = [3, 4, 6, 7].includes(orientation);
  const stepX = isBackX ? -along : along;
  const stepY = isBackY ? -down : down;
  const start = (isBackX ? (width - 1) * along : 0) + (isBackY ? (height - 1) * down : 0);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = start + y * stepY; x < width; x++, to += stepX) target[to] = source[from++] ?? 0;
  }
  return {
    width: targetWidth,
    height: isTurned ? width : height,
    data: new Uint8ClampedArray(target.buffer),
  };
}
