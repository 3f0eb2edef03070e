import type { Size } from '../request.ts';
import { asArray, asRecord } from './json.ts';

/** The `image_size` of chat routes: about 1024 (2048, 4096) pixels for a square, its area for other ratios. */
export const resolutions = ['1K', '2K', '4K'] as const;
export type Resolution = (typeof resolutions)[number];

/** What is known of the sizes that a model makes, from refusals or from its entry in a list. Empty: nothing. */
export interface SizeRules {
  /** The only sizes there are. */
  readonly sizes?: readonly Size[];
  /** Both sides are multiples of this many pixels. */
  readonly multipleOf?: number;
  /** Pixels in the whole picture. */
  readonly minPixels?: number;
  readonly maxPixels?: number;
  /** Pixels of each side. */
  readonly minSide?: number;
  readonly maxSide?: number;
  /** The long side divided by the short one, at most. */
  readonly maxRatio?: number;
  /** The only aspect ratios there are, where a ratio is sent in place of a size. */
  readonly aspectRatios?: readonly Size[];
  readonly resolutions?: readonly Resolution[];
}

/** No side outside this range is believed or asked for, in pixels. */
export const sides = { least: 16, greatest: 16_384 } as const;

/** The most entries of a list that are believed. */
export const mostListed = 64;

const limits = {
  multipleOf: [2, 1024],
  minPixels: [1, sides.greatest ** 2],
  maxPixels: [1, sides.greatest ** 2],
  minSide: [1, sides.greatest],
  maxSide: [sides.least, sides.greatest],
  maxRatio: [1, 100],
} as const;
type Limit = keyof typeof limits;

/** Whether a number can be what a limit says. */
export function isLimit(limit: Limit, value: unknown): value is number {
  const [least, greatest] = limits[limit];
  const isWhole = limit === 'maxRatio' || Number.isInteger(value);
  return typeof value === 'number' && isWhole && value >= least && value <= greatest;
}

/** What is known after one more refusal: newer words win over older ones, limit by limit. */
export function mergeRules(known: SizeRules, told: SizeRules): SizeRules {
  return withoutContradiction({ ...known, ...told }, told);
}

/** Where an older limit leaves no size between itself and a newer one, the older one was wrong. */
function withoutContradiction(rules: SizeRules, newer: SizeRules): SizeRules {
  const mended: { -readonly [Key in keyof SizeRules]: SizeRules[Key] } = { ...rules };
  for (const [least, greatest] of [
    ['minPixels', 'maxPixels'],
    ['minSide', 'maxSide'],
  ] as const) {
    if ((mended[least] ?? 0) <= (mended[greatest] ?? Infinity)) continue;
    if (newer[least] === undefined) Reflect.deleteProperty(mended, least);
    else Reflect.deleteProperty(mended, greatest);
  }
  return mended;
}

/** Checks rules that were stored, by this version or another; what is not understood is left out. */
export function parseSizeRules(stored: unknown): SizeRules {
  const value = asRecord(stored) ?? {};
  const numbers = Object.entries(value).filter(
    ([name, one]) => Object.hasOwn(limits, name) && isLimit(name as Limit, one),
  );
  const sizes = parseSizes(value['sizes'], sides.least, sides.greatest);
  const aspectRatios = parseSizes(value['aspectRatios'], 1, 100);
  const classes = asArray(value['resolutions']);
  const known = resolutions.filter((one) => classes.includes(one));
  return withoutContradiction(
    {
      ...(Object.fromEntries(numbers) as SizeRules),
      ...(sizes.length > 0 && { sizes }),
      ...(aspectRatios.length > 0 && { aspectRatios }),
      ...(known.length > 0 && { resolutions: known }),
    },
    {},
  );
}

function parseSizes(stored: unknown, least: number, greatest: number): readonly Size[] {
  return asArray(stored)
    .slice(0, mostListed)
    .flatMap((one) => {
      const { width, height } = asRecord(one) ?? {};
      const isSide = (side: unknown): side is number =>
        Number.isInteger(side) && (side as number) >= least && (side as number) <= greatest;
      return isSide(width) && isSide(height) ? [{ width, height }] : [];
    });
}

/**
 * What is known after a refusal of a size.
 * @param told by `sizesInRefusal`. A verdict without a number doubles or halves the pixels: refusals cost nothing, and a
 *   few of them reach the limit.
 */
export function rulesAfterRefusal(
  known: SizeRules,
  told: SizeRules & { readonly verdict?: 'tooSmall' | 'tooLarge' },
  refused: Size,
): SizeRules {
  const { verdict, ...rules } = told;
  const pixels = refused.width * refused.height;
  if (verdict === 'tooSmall') return mergeRules(known, { minPixels: pixels * 2, ...rules });
  if (verdict === 'tooLarge') return mergeRules(known, { maxPixels: Math.floor(pixels / 2), ...rules });
  return mergeRules(known, rules);
}
