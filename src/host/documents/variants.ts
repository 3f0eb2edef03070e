import type { MissingImage } from './missingImage.ts';

/** Of images that are one picture in several sizes and formats the largest first, in place of the first of them. */
export function largestFirst(all: readonly MissingImage[]): MissingImage[] {
  const waiting = new Map<string, MissingImage[]>();
  const order = all.map((missing) => {
    const key = pictureKey(missing);
    if (key === undefined) return [missing];
    const variants = waiting.get(key);
    variants?.push(missing);
    if (variants !== undefined) return [];
    const first = [missing];
    waiting.set(key, first);
    return first;
  });
  return order.flatMap((variants) => variants.toSorted((one, other) => sideOf(other) - sideOf(one)));
}

/** The same for images that are one picture; undefined for one that stands alone. */
export function pictureKey({ document, reference }: MissingImage): string | undefined {
  return reference.picture && `${document.toString()}#${reference.picture.of}`;
}

/** In pixels where they are known, else what can be compared with that of the others. */
function sideOf({ size, reference }: MissingImage): number {
  return size?.width ?? reference.size?.width ?? reference.picture?.scale ?? 0;
}
