import type { Size } from './request.ts';

/** A size as wire and arguments write it: 1200x630. */
export function sizeText({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** An aspect ratio as wire and arguments write it: 16:9. */
export function ratioText({ width, height }: Size): string {
  return `${width}:${height}`;
}

/** Whether a size has an aspect ratio: gateways' own sizes are up to 3 % off it (1184×864 for 4:3). */
export function hasRatio(size: Size, ratio: Size): boolean {
  return Math.abs((size.width / size.height) * (ratio.height / ratio.width) - 1) <= 0.03;
}
