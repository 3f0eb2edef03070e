import type { Raster } from './raster.ts';
import { byteAt } from './rgb.ts';

/** Diameter of the circle that every mask leaves of a maskable icon, as a share of its side (W3C Web Application Manifest). */
const safeZone = 0.8;

/**
 * The share of a maskable icon's side at which all that is visible of a square picture lies in the safe circle. A picture
 * that is visible to its corners needs 0.57, a disc 0.8, a small mark in the middle of much space no padding at all.
 * @returns above 0, at most 1; for an empty picture 0.8
 */
export function safeShare({ width, height, data }: Raster): number {
  const [middleX, middleY] = [width / 2, height / 2];
  let farthest = 0;
  for (let y = 0, at = 3; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      if (byteAt(data, at) < 26) continue;
      // The farthest corner of the pixel.
      const across = Math.max(middleX - x, x + 1 - middleX);
      const down = Math.max(middleY - y, y + 1 - middleY);
      farthest = Math.max(farthest, across * across + down * down);
    }
  if (farthest === 0) return safeZone;
  return Math.min(1, (safeZone * Math.max(width, height)) / (2 * Math.sqrt(farthest)));
}
