import { byteAt } from './rgb.ts';
import type { Raster, Rectangle } from './raster.ts';

/** How much of a picture is transparent. Whether its file has an alpha channel at all, `ImageFacts.hasAlpha` says. */
export interface AlphaUse {
  /** Whether any pixel can be seen through. */
  readonly isUsed: boolean;
  /** Shares of all pixels, 0…1, together 1. Alpha within 2 of either end is noise of a model or an encoder. */
  readonly transparent: number;
  readonly partly: number;
  readonly opaque: number;
  /** How much of the picture lets through what is behind it, 0…1: a half transparent one 0.5. */
  readonly seenThrough: number;
}

/** Counts what the alpha channel of a decoded picture is used for. */
export function alphaOf({ width, height, data }: Raster): AlphaUse {
  let transparent = 0;
  let opaque = 0;
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at];
    sum += 255 - (alpha ?? 255);
    if (alpha === undefined || alpha >= 253) opaque++;
    else if (alpha <= 2) transparent++;
  }
  const all = width * height;
  return {
    isUsed: opaque < all,
    transparent: transparent / all,
    partly: (all - transparent - opaque) / all,
    opaque: opaque / all,
    seenThrough: sum / 255 / all,
  };
}

/** Sides of a cell that are looked for, in pixels. */
const cells = { least: 4, greatest: 64 } as const;
/** How far two cells differ in lightness, 0…255: less is noise, more is no drawing of transparency. */
const contrast = { least: 5, greatest: 130 } as const;
/** The darkest that a cell is, and the most that its channels differ (JPEG, warm greys). */
const darkest = 100;
/** Alpha from which a pixel counts as painted. */
const leastVisible = 128;
const mostColour = 28;
/** Share of the points looked at that must have the pattern. A random texture has it at about one in ten. */
const patterned = 0.55;
const points = 6000;

/**
 * Whether a picture's background shows the checkerboard with which editors draw transparency, painted by a model that
 * has no alpha: two light greys in turn, in a regular grid of any phase with cells of 4 to 64 pixels, along most of the
 * border. Slow shading, noise as of JPEG and a subject that touches the border do no harm; a chess board in the middle
 * is a subject. A photograph of a light tiled floor that fills the border looks the same.
 *
 * Looks at a bounded number of points, so the time does not grow with the picture.
 */
export function looksLikeCheckerboard(raster: Raster): boolean {
  const visible = visiblePart(raster);
  if (visible === undefined) return false;
  const isWhole = visible.width === raster.width && visible.height === raster.height;
  // Transparency may have been painted inside a frame of real one.
  return (
    hasPattern(raster, { x: 0, y: 0, width: raster.width, height: raster.height }) ||
    (!isWhole && hasPattern(raster, visible))
  );
}

/** The smallest rectangle that holds all that can be seen; undefined where nothing can. */
function visiblePart({ width, height, data }: Raster): Rectangle | undefined {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, at = 3; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      if (byteAt(data, at) < leastVisible) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  return right < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** @param part of the picture, along whose border is looked */
function hasPattern(raster: Raster, part: Rectangle): boolean {
  const short = Math.min(part.width, part.height);
  const at = borderPoints(part);
  for (let cell = cells.least; cell <= Math.min(cells.greatest, Math.floor(short / 4)); cell++) {
    const { found, alike, halves } = countPattern(raster, part, at, cell);
    // Half a cell along both sides leads as often to the same grey as to the other; in diagonal stripes always to the
    // one or always to the other.
    if (found >= patterned * at.length && alike >= 0.25 * halves && alike <= 0.75 * halves) return true;
  }
  return false;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Points spread evenly along the border and, by the golden ratio, over a band inside it. */
function borderPoints({ x: left, y: top, width, height }: Rectangle): readonly Point[] {
  const depth = Math.max(1, Math.min(48, Math.floor(Math.min(width, height) / 12)));
  const perimeter = 2 * (width + height);
  const count = Math.min(points, perimeter);
  return Array.from({ length: count }, (_, index) => {
    const along = Math.floor((index * perimeter) / count);
    const inside = Math.floor(((index * 0.618034) % 1) * depth);
    if (along < width) return { x: left + along, y: top + inside };
    if (along < 2 * width) return { x: left + along - width, y: top + height - 1 - inside };
    if (along < 2 * width + height) return { x: left + inside, y: top + along - 2 * width };
    return { x: left + width - 1 - inside, y: top + along - 2 * width - height };
  });
}

interface Pattern {
  /** The points that have it. */
  found: number;
  /** Of the points with a neighbour half a cell along both sides, those that are like it. */
  alike: number;
  halves: number;
}

/** Counts the points at which the pattern of a cell's size is. */
function countPattern(raster: Raster, part: Rectangle, at: readonly Point[], cell: number): Pattern {
  const counts = { found: 0, alike: 0, halves: 0 };
  // Four pixels have less noise than one, but lie within one small cell too seldom.
  const block = cell < 8 ? 1 : 2;
  const half = Math.round(cell / 2);
  for (const { x, y } of at) {
    const contrastHere = contrastAt(raster, part, { x, y }, cell, block);
    if (contrastHere === undefined) continue;
    counts.found++;
    const by = x + half < part.x + part.width && y + half < part.y + part.height ? half : -half;
    if (x + by < part.x || y + by < part.y) continue;
    counts.halves++;
    const off = lightness(raster, x, y, block) - lightness(raster, x + by, y + by, block);
    if (Math.abs(off) < Math.abs(contrastHere) / 2) counts.alike++;
  }
  return counts;
}

/**
 * How much lighter a point is than its neighbours one cell to the side and one cell up or down; undefined where they
 * differ otherwise, or where the one across the corner and those two cells on are not like the point.
 */
function contrastAt(
  raster: Raster,
  part: Rectangle,
  { x, y }: Point,
  cell: number,
  block: 1 | 2,
): number | undefined {
  // Towards the middle, so that no neighbour lies outside.
  const dx = x < part.x + part.width / 2 ? cell : -cell;
  const dy = y < part.y + part.height / 2 ? cell : -cell;
  const here = lightness(raster, x, y, block);
  const beside = here - lightness(raster, x + dx, y, block);
  const below = here - lightness(raster, x, y + dy, block);
  const least = Math.min(Math.abs(beside), Math.abs(below));
  if (!(least >= contrast.least) || beside > 0 !== below > 0) return undefined;
  if (Math.max(Math.abs(beside), Math.abs(below)) > contrast.greatest) return undefined;
  const isLike = (across: number, down: number) =>
    Math.abs(here - lightness(raster, x + across, y + down, block)) < 0.5 * least;
  return isLike(dx, dy) && isLike(2 * dx, 0) && isLike(0, 2 * dy) ? (beside + below) / 2 : undefined;
}

/**
 * The mean lightness of `block` × `block` pixels, 0…255; NaN, for which no comparison holds, where one of them is
 * more transparent than not, dark or coloured.
 */
function lightness({ width, height, data }: Raster, x: number, y: number, block: 1 | 2): number {
  let sum = 0;
  const left = Math.min(x, width - block);
  const top = Math.min(y, height - block);
  for (let pixel = 0; pixel < block * block; pixel++) {
    const at = ((top + (pixel >> 1)) * width + left + (pixel & 1)) * 4;
    const [red, green, blue] = [byteAt(data, at), byteAt(data, at + 1), byteAt(data, at + 2)];
    const least = Math.min(red, green, blue);
    if (
      byteAt(data, at + 3) < leastVisible ||
      least < darkest ||
      Math.max(red, green, blue) - least > mostColour
    )
      return NaN;
    sum += red + green + blue;
  }
  return sum / (3 * block * block);
}
