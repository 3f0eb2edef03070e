import type { TextRange } from './imageReference.ts';

/** A text in which ranges are blank, so that all else keeps its offset. @param ranges in order, not overlapping */
export function maskRanges(text: string, ranges: readonly TextRange[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    parts.push(text.slice(at, start), blank(text.slice(start, end)));
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

/** A text of which only ranges are left and the rest is blank. @param ranges in order, not overlapping */
export function keepRanges(text: string, ranges: readonly TextRange[]): string {
  const others: TextRange[] = [];
  let at = 0;
  for (const { start, end } of ranges) {
    if (start < at) continue;
    if (start > at) others.push({ start: at, end: start });
    at = end;
  }
  others.push({ start: at, end: text.length });
  return maskRanges(text, others);
}

/** Spaces for everything but the ends of lines. */
function blank(text: string): string {
  return text.replace(/[^\r\n]+/g, (run) => ' '.repeat(run.length));
}
