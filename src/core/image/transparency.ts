import { type AlphaUse, alphaOf, looksLikeCheckerboard } from './alpha.ts';
import { chromaOf } from './keyBackground.ts';
import type { Raster } from './raster.ts';
import { byteAt, type Rgb } from './rgb.ts';

export type TransparencyCheck =
  | {
      readonly ok: true;
      readonly alpha: AlphaUse;
      /** How much of the key's colour the edges still have, 0…1; 0 where no key is known. */
      readonly fringe: number;
    }
  | {
      readonly ok: false;
      /**
       * `opaque`: too little can be seen through; `checkerboard`: transparency is painted; `fringe`: the
       * edges have the key's colour; `empty`: nothing visible is left.
       */
      readonly reason: 'opaque' | 'checkerboard' | 'fringe' | 'empty';
      readonly alpha: AlphaUse;
    };

/** Shares of the picture and of a side that can be seen through, at least: a button shows nothing but its corners. */
const leastSeenThrough = 0.005;
/** Of two sides at least: a stripe of nothing along one of them is no background. */
const leastBorder = 0.02;
/** A picture with less that is visible, 0…1, shows nothing. */
const leastVisible = 0.0005;
/** The most of the key's colour that edges may have, on the mean. */
const mostFringe = 0.1;

/**
 * Judges whether a picture's background is really transparent.
 * @param key the colour that was taken out, where one was
 */
export function checkTransparency(raster: Raster, key?: Rgb): TransparencyCheck {
  const alpha = alphaOf(raster);
  const refused = (reason: 'opaque' | 'checkerboard' | 'fringe' | 'empty') =>
    ({ ok: false, reason, alpha }) as const;
  if (visibleShare(raster) < leastVisible) return refused('empty');
  if (looksLikeCheckerboard(raster)) return refused('checkerboard');
  if (alpha.seenThrough < leastSeenThrough || sidesSeenThrough(raster) < 2) return refused('opaque');
  const fringe = key ? fringeOf(raster, key) : 0;
  return fringe > mostFringe ? refused('fringe') : { ok: true, alpha, fringe };
}

function visibleShare({ width, height, data }: Raster): number {
  let visible = 0;
  for (let at = 3; at < data.length; at += 4) if (byteAt(data, at) > 25) visible++;
  return visible / (width * height);
}

/** How many of the four sides can be seen through, half at least, in a part of their pixels. */
function sidesSeenThrough({ width, height, data }: Raster): number {
  const share = (length: number, offsetOf: (index: number) => number) => {
    let count = 0;
    for (let index = 0; index < length; index++) if (byteAt(data, offsetOf(index) * 4 + 3) < 128) count++;
    return count / length;
  };
  const sides = [
    share(width, (x) => x),
    share(width, (x) => (height - 1) * width + x),
    share(height, (y) => y * width),
    share(height, (y) => y * width + width - 1),
  ];
  return sides.filter((one) => one >= leastBorder).length;
}

/**
 * How much more of the key's hue the visible pixels next to transparent ones have than what lies two pixels inwards, as
 * a share of the key's own, weighted by their alpha. A green subject is green all through and has no fringe.
 */
export function fringeOf(raster: Raster, key: Rgb): number {
  const { width, height, data } = raster;
  const chroma = chromaOf(key);
  const length = Math.hypot(...chroma) ** 2;
  const hueAt = (at: number) =>
    (byteAt(data, at) * chroma[0] + byteAt(data, at + 1) * chroma[1] + byteAt(data, at + 2) * chroma[2]) /
    length;
  let sum = 0;
  let weight = 0;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const alpha = byteAt(data, at + 3);
      if (alpha < 26) continue;
      const inner = innerHue(raster, x, y, hueAt);
      if (inner === undefined) continue;
      sum += Math.max(0, hueAt(at) - Math.max(0, inner)) * alpha;
      weight += alpha;
    }
  return weight === 0 ? 0 : sum / weight;
}

const directions = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((across) => ({ across, down })));

/** The hue two pixels inwards of an edge; 0 in a line that has no inside; undefined where there is no edge. */
function innerHue(
  { width, height, data }: Raster,
  x: number,
  y: number,
  hueAt: (at: number) => number,
): number | undefined {
  let isEdge = false;
  let inner = 0;
  for (const { across, down } of directions) {
    const [column, row] = [x + across, y + down];
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    if (byteAt(data, (row * width + column) * 4 + 3) > 25) continue;
    isEdge = true;
    const [innerX, innerY] = [x - 2 * across, y - 2 * down];
    if (innerX < 0 || innerY < 0 || innerX >= width || innerY >= height) continue;
    const at = (innerY * width + innerX) * 4;
    if (byteAt(data, at + 3) > 250) inner = Math.max(inner, hueAt(at));
  }
  return isEdge ? inner : undefined;
}
