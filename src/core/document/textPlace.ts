/** Places in a text that is being edited, as UTF-16 offsets. */

/** A range of a text and what stands there instead; offsets are those of the text before the edit. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Where a place between two characters is after one edit. What is written at the place itself comes after it.
 * @param changes of one edit: they do not overlap
 * @returns undefined where the characters on both sides were replaced: the place is gone
 */
export function followOffset(offset: number, changes: readonly TextChange[]): number | undefined {
  let shift = 0;
  for (const { rangeOffset, rangeLength, text } of changes) {
    if (rangeOffset >= offset) continue;
    if (rangeOffset + rangeLength > offset) return undefined;
    shift += text.length - rangeLength;
  }
  return offset + shift;
}

/**
 * Where a selection is when text was inserted and nobody is to notice: it holds the text that it held, and an
 * empty one (a cursor) at the very place stays before what was inserted.
 */
export function keepSelection(
  { start, end }: { readonly start: number; readonly end: number },
  insertedAt: number,
  length: number,
): { readonly start: number; readonly end: number } {
  const isAfter = start === end ? start > insertedAt : start >= insertedAt;
  return {
    start: isAfter ? start + length : start,
    end: isAfter || end > insertedAt ? end + length : end,
  };
}
