import type { Size } from '../request.ts';

/** What a gateway said of the sizes that a model makes. */
export interface LegalSizes {
  /** Every size, where it named them. */
  readonly sizes: readonly Size[];
  /** What both sides are multiples of. */
  readonly multiple?: number;
}

/** More than any model has. */
const mostSizes = 40;
const mostPixels = 16_384;

/**
 * Reads the sizes that a refusal names: "Supported sizes: 1024x1024, 1536x1024", "must be divisible by 16".
 * @param message words from outside
 * @param asked is left out: it is named because it was refused
 * @returns undefined where it names none
 */
export function sizesInRefusal(message: string, asked: Size): LegalSizes | undefined {
  const text = message.slice(0, 4000);
  const sizes = new Map<string, Size>();
  for (const [, width, height] of text.matchAll(/(?<!\d)(\d{2,5}) ?[x×*] ?(\d{2,5})(?!\d)/gi)) {
    const size = { width: Number(width), height: Number(height) };
    const isAsked = size.width === asked.width && size.height === asked.height;
    if (!isAsked && size.width <= mostPixels && size.height <= mostPixels && sizes.size < mostSizes)
      sizes.set(`${size.width}x${size.height}`, size);
  }
  const multiple = Number(/\b(?:divisible by|multiples? of) (\d{1,3})(?!\d)/i.exec(text)?.[1] ?? 0);
  if (sizes.size === 0 && multiple < 2) return undefined;
  return { sizes: [...sizes.values()], ...(multiple >= 2 && { multiple }) };
}

/**
 * The size to ask for so that the wanted one can be cut out of it: the legal one that covers it with the least that is cut
 * off and scaled away; where none covers it, the one that has to be enlarged least.
 * @returns undefined where nothing legal is known
 */
export function generationSize(wanted: Size, { sizes, multiple }: LegalSizes): Size | undefined {
  const candidates = sizes.length > 0 ? sizes : multiple === undefined ? [] : [roundedUp(wanted, multiple)];
  return candidates.reduce<Size | undefined>(
    (best, size) => (best === undefined || isBetter(wanted, size, best) ? size : best),
    undefined,
  );
}

function roundedUp({ width, height }: Size, multiple: number): Size {
  const up = (side: number) => Math.ceil(side / multiple) * multiple;
  return { width: up(width), height: up(height) };
}

function isBetter(wanted: Size, one: Size, other: Size): boolean {
  const [own, theirs] = [coverage(wanted, one), coverage(wanted, other)];
  // What covers it is as good as what covers it twice.
  if (Math.min(1, own) !== Math.min(1, theirs)) return own > theirs;
  const [lost, theirLost] = [cutOff(wanted, one), cutOff(wanted, other)];
  if (Math.abs(lost - theirLost) > 0.02) return lost < theirLost;
  return one.width * one.height < other.width * other.height;
}

/** How large the wanted size's part of a picture is beside the wanted size; below 1 it is enlarged. */
function coverage(wanted: Size, size: Size): number {
  return Math.min(size.width / wanted.width, size.height / wanted.height);
}

/** The part of a picture that is cut off for the wanted shape. */
function cutOff(wanted: Size, size: Size): number {
  const scale = coverage(wanted, size);
  return 1 - (wanted.width * scale * wanted.height * scale) / (size.width * size.height);
}
