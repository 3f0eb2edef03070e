import type { TextRange } from './imageReference.ts';
import { maskRanges } from './maskText.ts';

/** Blanks the comments that begin with two slashes in SCSS and Less; `url(//host/a.png)` and strings hold none. */
export function maskLineComments(css: string): string {
  const comments: TextRange[] = [];
  for (let at = 0; at < css.length;) {
    const character = css.charAt(at);
    if (character === '"' || character === "'") at = endOfString(css, at);
    else if (character === '/' && css.charAt(at + 1) === '*') at = endAt(css, '*/', at + 2);
    else if (character === '/' && css.charAt(at + 1) === '/') {
      const end = endOfLine(css, at);
      comments.push({ start: at, end });
      at = end;
    } else if (/^url\($/i.test(css.slice(at, at + 4))) at = endOfUrl(css, at + 4);
    else at++;
  }
  return maskRanges(css, comments);
}

function endAt(text: string, what: string, from: number): number {
  const end = text.indexOf(what, from);
  return end < 0 ? text.length : end + what.length;
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from, from + 10_000).search(/[\r\n]/);
  return end < 0 ? Math.min(text.length, from + 10_000) : from + end;
}

/** After the quote that closes a string; a string ends with its line, too. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\\') at++;
    else if (character === quote || character === '\n') return at + 1;
  }
  return text.length;
}

/** After an unquoted URL; one in quotes is read as a string. */
function endOfUrl(text: string, start: number): number {
  const end = text.slice(start, start + 4000).search(/[)\r\n"']/);
  return end < 0 ? start : start + end;
}
