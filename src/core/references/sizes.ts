import type { DeclaredSize, SizeSource } from './imageReference.ts';

/** No image is larger: what a document declares beyond it is a mistake or an attack. */
const mostSide = 16_384;

/** A side in pixels as an attribute declares it (`640`, `640px`); undefined for `100%`, `auto` and nonsense. */
export function pixels(value: string | undefined): number | undefined {
  const digits = /^\s*(\d{1,5})(?:\.\d{1,6})?\s*(?:px)?\s*$/i.exec(value ?? '')?.[1];
  return sideOf(digits === undefined ? undefined : Number(digits));
}

/** A number as a side: a whole one from 1 to 16384, else undefined. */
export function sideOf(value: number | undefined): number | undefined {
  const side = Math.round(value ?? 0);
  return side >= 1 && side <= mostSide ? side : undefined;
}

/** A size of which a side may be missing; undefined where both are. */
export function declared(
  width: number | undefined,
  height: number | undefined,
  from: SizeSource,
): DeclaredSize | undefined {
  if (width === undefined && height === undefined) return undefined;
  return { ...(width !== undefined && { width }), ...(height !== undefined && { height }), from };
}

/** The size of a square. */
export function square(side: number, from: SizeSource): DeclaredSize {
  return { width: side, height: side, from };
}

/** The largest of `16x16 32x32`, as `sizes` of icons lists them; undefined for `any`. */
export function largestOfSizes(value: string | undefined, from: SizeSource): DeclaredSize | undefined {
  let largest: DeclaredSize | undefined;
  for (const word of (value ?? '').slice(0, 1000).split(/\s+/)) {
    const match = /^(\d{1,5})x(\d{1,5})$/i.exec(word);
    const size = declared(pixels(match?.[1]), pixels(match?.[2]), from);
    if (size?.width === undefined || size.height === undefined) continue;
    if (largest === undefined || size.width > (largest.width ?? 0)) largest = size;
  }
  return largest;
}

/** What a `srcset` says of one of its images. */
export interface Descriptor {
  /** In the image's own pixels (`480w`). */
  readonly width?: number;
  /** Of the declared size (`2x`); 1 where nothing is said. */
  readonly density: number;
}

/** The size of an image of a `srcset` whose element is declared to be of another; what leaves the bounds is dropped. */
export function describedSize(
  { width, density }: Descriptor,
  size: DeclaredSize | undefined,
): DeclaredSize | undefined {
  const side = (value: number | undefined) => (value === undefined ? undefined : sideOf(value * density));
  if (width === undefined)
    return density === 1 ? size : size && declared(side(size.width), side(size.height), 'descriptor');
  // In the proportions of the element, if it has both sides.
  const { width: w, height: h } = size ?? {};
  const height = w !== undefined && h !== undefined ? sideOf((width * h) / w) : undefined;
  return declared(sideOf(width), height, 'descriptor');
}
