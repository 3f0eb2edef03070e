import type { CSSToken, TokenURL } from '@csstools/css-tokenizer';
import type { TextRange } from './imageReference.ts';

/** A comment without the stars and lines that people draw around it. */
export function commentWords(comment: string): string {
  const start = comment.search(/[^\s*!=-]/);
  // From a place where a run begins: each run is read once only.
  return start < 0 ? '' : comment.slice(start).replace(/(?<![\s*=-])[\s*=-]+$/, '');
}

/** Of what stands between the brackets of `url( a.png )`. */
export function urlRange([, raw, start]: TokenURL): TextRange {
  const open = raw.indexOf('(') + 1;
  const inside = raw.slice(open, raw.endsWith(')') ? -1 : undefined);
  const before = inside.length - inside.trimStart().length;
  return { start: start + open + before, end: start + open + before + inside.trim().length };
}

/** The end of what stands in a string's quotes; the closing one may be missing at the end of a text. */
export function endOfString([, raw, start]: CSSToken): number {
  const isClosed = raw.length > 1 && raw.endsWith(raw.charAt(0));
  return start + raw.length - (isClosed ? 1 : 0);
}
