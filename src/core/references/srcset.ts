import { mostReferences, type TextRange } from './imageReference.ts';
import type { Descriptor } from './sizes.ts';

/** One image of a `srcset`, with its descriptor. */
export interface SrcsetCandidate extends Descriptor {
  /** Of the URL, in the text that `start` of `parseSrcset` counts from. */
  readonly range: TextRange;
  /** As written, entities still in it. */
  readonly url: string;
}

const space = /[\t\n\f\r ]/;

/**
 * Takes a `srcset` apart as the HTML standard does ("parse a srcset attribute"): a comma ends a URL only at its end
 * or after white space, so that a URL may hold commas. Of more than `mostReferences` images the first are taken.
 * @param start the offset of the value in its document
 */
export function parseSrcset(value: string, start: number): SrcsetCandidate[] {
  const candidates: SrcsetCandidate[] = [];
  for (let at = 0; at < value.length && candidates.length < mostReferences;) {
    if (space.test(value.charAt(at)) || value.charAt(at) === ',') {
      at++;
      continue;
    }
    const end = runOf(value, at, (character) => !space.test(character));
    const urlEnd = runBack(value, at, end);
    const isEnded = urlEnd < end;
    const descriptorsEnd = isEnded ? end : endOfDescriptors(value, end);
    const url = value.slice(at, urlEnd);
    const range = { start: start + at, end: start + urlEnd };
    if (url !== '') candidates.push({ range, url, ...readDescriptors(value.slice(end, descriptorsEnd)) });
    at = descriptorsEnd;
  }
  return candidates;
}

function runOf(text: string, start: number, takes: (character: string) => boolean): number {
  let end = start;
  while (end < text.length && takes(text.charAt(end))) end++;
  return end;
}

/** The end of a URL without the commas that end it. */
function runBack(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charAt(last - 1) === ',') last--;
  return last;
}

/** The next comma outside parentheses. */
function endOfDescriptors(value: string, start: number): number {
  let isInside = false;
  return runOf(value, start, (character) => {
    if (character === '(') isInside = true;
    if (character === ')') isInside = false;
    return isInside || character !== ',';
  });
}

function readDescriptors(text: string): Descriptor {
  const words = text.slice(0, 200).split(/[\t\n\f\r ]+/);
  const width = words.map((word) => /^(\d{1,5})w$/.exec(word)?.[1]).find((one) => one !== undefined);
  const density = words
    .map((word) => /^(\d{1,3}(?:\.\d{1,6})?)x$/.exec(word)?.[1])
    .find((one) => one !== undefined);
  return { ...(width !== undefined && { width: Number(width) }), density: Number(density ?? 1) || 1 };
}
