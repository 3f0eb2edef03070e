import type { Size } from './request.ts';

/** A size as wire and arguments write it: 1200x630. */
export function sizeText({ width, height }: Size): string {
  return `${width}x${height}`;
}

/** Reads a size as wire and lists write it: 1200x630; undefined for any other text. */
export function parseSize(text: unknown): Size | undefined {
  return pairOf(text, /^(\d{1,5})x(\d{1,5})$/);
}

/** Reads an aspect ratio as wire and lists write it: 16:9; undefined for any other text. */
export function parseRatio(text: unknown): Size | undefined {
  return pairOf(text, /^(\d{1,3}):(\d{1,3})$/);
}

function pairOf(text: unknown, pattern: RegExp): Size | undefined {
  if (typeof text !== 'string') return undefined;
  const [, width, height] = pattern.exec(text) ?? [];
  return width === undefined ? undefined : { width: Number(width), height: Number(height) };
}

/** An aspect ratio as wire and arguments write it: 16:9. */
export function ratioText({ width, height }: Size): string {
  return `${width}:${height}`;
}

/** Whether a size has an aspect ratio: gateways' own sizes are up to 3 % off it (1184×864 for 4:3). */
export function hasRatio(size: Size, ratio: Size): boolean {
  return Math.abs((size.width / size.height) * (ratio.height / ratio.width) - 1) <= 0.03;
}

/** An aspect ratio as far as it can be reduced: 1920:1080 is 16:9. */
export function reducedRatio({ width, height }: Size): Size {
  const divisor = greatestCommonDivisor(width, height);
  return { width: width / divisor, height: height / divisor };
}

/** The greatest whole number that divides both, which are whole and above 0. */
export function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
