import type { Size } from '../request.ts';
import { type Resolution, sides, type SizeRules } from './sizeRules.ts';

/** A size to ask a model for, in the place of a wanted one. */
export interface GenerationSize {
  /** Pixels. */
  readonly size: Size;
  /** Whether the wanted size can be cut out of it without making anything larger. */
  readonly covers: boolean;
}

/** What to ask for on a route that takes an aspect ratio in place of a size. */
export interface GenerationRatio extends GenerationSize {
  readonly aspectRatio: Size;
  readonly resolution: Resolution;
  /** Estimated: what comes is measured. */
  readonly size: Size;
}

/**
 * Chooses the legal size from which a wanted one is best cut: one that covers it in both sides, with the least waste
 * (pixels that are generated beyond the wanted ones, and once more those that the crop throws away, because they also
 * distort the composition), then the least crop. Where none covers it, the one that has to be enlarged least.
 * @param wanted in pixels, sides from 1 to `sides.greatest`
 * @param rules what is known; nothing known: the wanted size itself
 * @returns undefined where the rules leave no size at all
 */
export function generationSize(wanted: Size, rules: SizeRules): GenerationSize | undefined {
  const listed = rules.sizes?.length ? rules.sizes : undefined;
  const best = bestOf(wanted, listed ?? candidates(wanted, rules), (size) => size);
  return best && { size: best, covers: covers(wanted, best) };
}

/**
 * Chooses aspect ratio and resolution for a wanted size, by the same measure.
 * @param rules their `aspectRatios` and `resolutions`; absent resolutions: 1K, 2K and 4K
 * @param documented the ratios to choose from where the rules list none
 * @returns undefined where there is no ratio to choose from
 */
export function generationRatio(
  wanted: Size,
  rules: SizeRules,
  documented: readonly Size[],
): GenerationRatio | undefined {
  const ratios = rules.aspectRatios?.length ? rules.aspectRatios : documented;
  const resolutions = rules.resolutions?.length ? rules.resolutions : (['1K', '2K', '4K'] as const);
  const pairs = ratios.flatMap((aspectRatio) =>
    resolutions.map((resolution) => ({ aspectRatio, resolution, size: expected(aspectRatio, resolution) })),
  );
  const best = bestOf(wanted, pairs, ({ size }) => size);
  return best && { ...best, covers: covers(wanted, best.size) };
}

/**
 * What a model makes of a ratio: the area of a square of the resolution, sides in steps of 32 pixels. Rounded down,
 * so that the documented sizes (1344×768 for 16:9 in 1K) are this or a step more.
 */
function expected({ width, height }: Size, resolution: Resolution): Size {
  const square = 1024 * Number(resolution.slice(0, -1));
  const side = (quotient: number) =>
    Math.max(32, Math.floor((square * Math.sqrt(quotient) + 0.01) / 32) * 32);
  return { width: side(width / height), height: side(height / width) };
}

function covers(wanted: Size, { width, height }: Size): boolean {
  return width >= wanted.width && height >= wanted.height;
}

/** The first of the best: less is better, place by place. */
function bestOf<T>(wanted: Size, all: Iterable<T>, sizeOf: (one: T) => Size): T | undefined {
  let best: T | undefined;
  let bestRank: readonly number[] = [];
  for (const one of all) {
    const rank = rankOf(wanted, sizeOf(one));
    const differs = rank.findIndex((value, place) => value !== bestRank[place]);
    if (best !== undefined && (rank[differs] ?? 0) >= (bestRank[differs] ?? 0)) continue;
    best = one;
    bestRank = rank;
  }
  return best;
}

function rankOf(wanted: Size, size: Size): readonly number[] {
  const area = size.width * size.height;
  // Not rounded to pixels as the crop itself will be: a pixel more or less must not decide.
  const scale = Math.min(size.width / wanted.width, size.height / wanted.height);
  const thrownAway = area - scale * scale * wanted.width * wanted.height;
  // The factor by which the crop has to be enlarged; 1 where it need not be.
  const enlarged = Math.max(1, wanted.width / size.width, wanted.height / size.height);
  return [enlarged, area + thrownAway, thrownAway];
}

/**
 * Every size that can be the best under limits: for each legal width the least legal height that covers the wanted one
 * or keeps its ratio. A greater height wastes more, a smaller one has to be enlarged more.
 */
function* candidates(wanted: Size, rules: SizeRules): Generator<Size> {
  const {
    multipleOf: step = 1,
    minSide = 1,
    minPixels = 1,
    maxPixels = Infinity,
    maxRatio = Infinity,
  } = rules;
  const maxSide = Math.min(rules.maxSide ?? sides.greatest, sides.greatest);
  const up = (value: number) => Math.ceil(value / step) * step;
  const down = (value: number) => Math.floor(value / step) * step;
  for (let width = up(minSide); width <= maxSide; width += step) {
    const least = up(Math.max(minSide, minPixels / width, width / maxRatio));
    const greatest = down(Math.min(maxSide, maxPixels / width, width * maxRatio));
    if (least > greatest) continue;
    const inRatio = Math.min(wanted.height, (width * wanted.height) / wanted.width);
    yield { width, height: Math.min(greatest, Math.max(least, up(inRatio))) };
  }
}
