import { inspectImage } from '../../image/inspect.ts';
import type { Size } from '../../request.ts';
import { invalidValue } from './offlineFailure.ts';

const longestSide = 8192;
const mostPixels = 33_554_432;

/** Sizes that gateways document for an aspect ratio; others come out at about as many pixels. */
const knownSizes: Readonly<Record<string, string>> = {
  '1:1': '1024x1024',
  '16:9': '1344x768',
  '9:16': '768x1344',
  '4:3': '1184x864',
  '3:4': '864x1184',
  '3:2': '1248x832',
  '2:3': '832x1248',
  '5:4': '1152x896',
  '4:5': '896x1152',
  '21:9': '1536x672',
};

/** What is drawn when nothing is said. */
export const defaultSize: Size = { width: 1024, height: 1024 };

/** Reads `WIDTHxHEIGHT`; undefined for none and for `auto`. @throws OfflineFailure */
export function parseSize(value: unknown): Size | undefined {
  if (value === undefined || value === null || value === 'auto') return undefined;
  const [, width, height] = typeof value === 'string' ? (/^(\d{1,6})x(\d{1,6})$/.exec(value) ?? []) : [];
  if (width === undefined) {
    throw invalidValue('size', 'The size must be WIDTHxHEIGHT in pixels, such as 1024x1024, or auto.');
  }
  const size = { width: Number(width), height: Number(height) };
  if (isDrawable(size)) return size;
  throw invalidValue(
    'size',
    `The size ${width}x${height ?? ''} cannot be drawn: each side is from 1 to ${longestSide} pixels, and all pixels together are at most ${mostPixels}.`,
  );
}

/** Reads an aspect ratio such as `16:9` as a size; undefined for none. @throws OfflineFailure */
export function parseAspectRatio(value: unknown): Size | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : '';
  if (Object.hasOwn(knownSizes, text)) return parseSize(knownSizes[text]);
  const [, across, down] = /^(\d{1,4}):(\d{1,4})$/.exec(text) ?? [];
  const ratio = Number(across) / Number(down);
  if (!(ratio > 0 && ratio < Infinity)) {
    throw invalidValue('aspect_ratio', 'The aspect ratio must be two whole numbers, such as 16:9.');
  }
  const side = (length: number) => Math.min(longestSide, Math.max(1, Math.round(length)));
  return { width: side(1024 * Math.sqrt(ratio)), height: side(1024 / Math.sqrt(ratio)) };
}

/** The size in a PNG's header, where it is one that can be drawn. */
export function pngSize(bytes: Uint8Array): Size | undefined {
  const facts = inspectImage(bytes);
  return facts?.format === 'png' && isDrawable(facts)
    ? { width: facts.width, height: facts.height }
    : undefined;
}

function isDrawable({ width, height }: Size): boolean {
  const isSide = (side: number) => side >= 1 && side <= longestSide;
  return isSide(width) && isSide(height) && width * height <= mostPixels;
}
