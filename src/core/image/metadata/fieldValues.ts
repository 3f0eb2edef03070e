import type { Background, Size } from '../../request.ts';
import { nameWords } from './cleanText.ts';

/** Values out of a file, each as strictly checked as an argument of a command; undefined where it is not one. */

const pairs = { size: { separator: 'x', most: 16_384 }, ratio: { separator: ':', most: 10_000 } };
const names = { model: 200, gateway: 64, quality: 40 };

/** Two numbers such as 1200x630 (`size`, in pixels) or 16:9 (`ratio`). */
export function readPair(text: string | undefined, kind: keyof typeof pairs): Size | undefined {
  const { separator, most } = pairs[kind];
  const parts = /^([1-9]\d{0,4})([x:])([1-9]\d{0,4})$/.exec(text?.slice(0, 20).trim() ?? '');
  const [width, height] = [Number(parts?.[1]), Number(parts?.[3])];
  return parts?.[2] === separator && width <= most && height <= most ? { width, height } : undefined;
}

/** An integer that a number holds exactly. */
export function readSeed(text: string | undefined): number | undefined {
  const digits = text?.slice(0, 40).trim() ?? '';
  const seed = /^-?\d{1,16}$/.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(seed) ? seed : undefined;
}

/** A name of one line. */
export function readName(text: string | undefined, kind: keyof typeof names): string | undefined {
  return nameWords(text, names[kind]);
}

export function readBackground(text: string | undefined): Background | undefined {
  const value = text?.slice(0, 40).trim();
  return (['transparent', 'opaque', 'auto'] as const).find((each) => each === value);
}
