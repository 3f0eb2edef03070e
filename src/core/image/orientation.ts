import { uint16BE, uint16LE, uint32BE, uint32LE } from './readBytes.ts';
import type { Raster } from './raster.ts';

const orientationTag = 0x0112;

/**
 * Reads the orientation of an Exif block (CIPA DC-008, 4.6.4; a TIFF header and its first directory).
 * @param tiff from `II` or `MM` on
 * @returns 1 to 8; 1, upright, where it says nothing that can be read
 */
export function readOrientation(tiff: Uint8Array): number {
  const order = uint16BE(tiff, 0);
  const isLittle = order === 0x4949;
  if (!isLittle && order !== 0x4d4d) return 1;
  const [uint16, uint32] = isLittle ? [uint16LE, uint32LE] : [uint16BE, uint32BE];
  const directory = uint32(tiff, 4);
  // The count is only a claim.
  const count = Math.min(uint16(tiff, directory), Math.floor((tiff.length - directory) / 12));
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12;
    if (uint16(tiff, entry) !== orientationTag) continue;
    const value = uint16(tiff, entry + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Turns and mirrors a stored picture as its orientation (1 to 8) says; what is upright stays as it is. */
export function upright(raster: Raster, orientation: number): Raster {
  if (orientation <= 1 || orientation > 8) return raster;
  const { width, height } = raster;
  const isTurned = orientation >= 5;
  const [newWidth, newHeight] = isTurned ? [height, width] : [width, height];
  const from = new Uint32Array(raster.data.buffer, raster.data.byteOffset, width * height);
  const to = new Uint32Array(newWidth * newHeight);
  // Which side of the stored picture is seen first, by row and by column.
  const flipsX = [2, 3, 7, 8].includes(orientation);
  const flipsY = [3, 4, 6, 7].includes(orientation);
  for (let y = 0; y < newHeight; y++) {
    for (let x = 0; x < newWidth; x++) {
      const [column, row] = isTurned ? [y, x] : [x, y];
      const storedX = flipsX ? width - 1 - column : column;
      const storedY = flipsY ? height - 1 - row : row;
      to[y * newWidth + x] = from[storedY * width + storedX] ?? 0;
    }
  }
  return { width: newWidth, height: newHeight, data: new Uint8ClampedArray(to.buffer) };
}
