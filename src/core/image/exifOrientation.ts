import { startsWith, uint16BE, uint16LE, uint32BE, uint32LE } from './readBytes.ts';

/** How stored pixels are turned to be upright: Exif 2.32, tag 0x0112. 1 is upright, 5 to 8 swap the sides. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const orientationTag = 0x0112;
const short = 3;
const exifPrefix = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * Reads the orientation out of an Exif block: a TIFF structure, with `Exif\0\0` before it or without.
 * @returns 1 where there is none or it makes no sense; never throws
 */
export function readOrientation(exif: Uint8Array): Orientation {
  const tiff = startsWith(exif, exifPrefix) ? exif.subarray(exifPrefix.length) : exif;
  const isLittle = startsWith(tiff, [0x49, 0x49, 0x2a, 0]);
  if (!isLittle && !startsWith(tiff, [0x4d, 0x4d, 0, 0x2a])) return 1;
  const uint16 = isLittle ? uint16LE : uint16BE;
  const directory = (isLittle ? uint32LE : uint32BE)(tiff, 4);
  const count = uint16(tiff, directory);
  for (let n = 0, at = directory + 2; n < count && at + 12 <= tiff.length; n++, at += 12) {
    if (uint16(tiff, at) !== orientationTag || uint16(tiff, at + 2) !== short) continue;
    const value = uint16(tiff, at + 8);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** Whether it swaps width and height. */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}
