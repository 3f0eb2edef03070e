import { cutAtCharacter, oneLine } from '../outsideText.ts';
import type { ReferenceContext, TextRange } from './imageReference.ts';

const mostHeading = 200;
const mostParagraph = 600;
/** Characters that are looked at to make either. */
const mostRead = 4000;

interface OutlinePart {
  readonly start: number;
  readonly end: number;
  /** Asked only where it is needed: most paragraphs are near no image. */
  readonly line: Line;
}

/** A line of plain text; undefined where nothing is left. */
type Line = () => string | undefined;

/** One line of plain text, at most `limit` characters; undefined where nothing is left. */
export function plainLine(text: string, limit: number): string | undefined {
  const line = oneLine(cutAtCharacter(text, mostRead));
  if (line === '') return undefined;
  return line.length > limit ? `${cutAtCharacter(line, limit - 1).trimEnd()}…` : line;
}

/** The headings and paragraphs of a document, in its order, from which a reference's context is taken. */
export class Outline {
  private readonly headings: OutlinePart[] = [];
  private readonly paragraphs: OutlinePart[] = [];
  private title: Line | undefined;
  private summary: Line | undefined;

  /** What the document is called; where no heading stands before a reference. The first counts. */
  setTitle(text: () => string): void {
    this.title ??= lineOnce(text, mostHeading);
  }

  /** What the document says of itself; where no paragraph is near. The first counts. */
  setSummary(text: () => string): void {
    this.summary ??= lineOnce(text, mostParagraph);
  }

  addHeading(range: TextRange, text: () => string): void {
    this.headings.push({ ...range, line: lineOnce(text, mostHeading) });
  }

  addParagraph(range: TextRange, text: () => string): void {
    this.paragraphs.push({ ...range, line: lineOnce(text, mostParagraph) });
  }

  /** What stands around an offset. */
  contextAt(offset: number): ReferenceContext {
    const before = lastStartingBefore(this.headings, offset);
    const heading = (this.headings[before]?.line ?? this.title)?.();
    const paragraph = this.paragraphNear(
      offset,
      this.headings[before]?.end ?? 0,
      this.headings[before + 1]?.start ?? Infinity,
    );
    return { ...(heading !== undefined && { heading }), ...(paragraph !== undefined && { paragraph }) };
  }

  /** The paragraph at the offset, else the one before it, else the one after it, between two headings. */
  private paragraphNear(offset: number, from: number, to: number): string | undefined {
    const at = lastStartingBefore(this.paragraphs, offset);
    for (const index of [at, at - 1, at + 1]) {
      const part = this.paragraphs[index];
      if (part === undefined || part.start < from || part.start >= to) continue;
      const line = part.line();
      if (line !== undefined) return line;
    }
    return this.summary?.();
  }
}

/** Words that are asked for by every image of a paragraph are made once. */
function lineOnce(text: () => string, limit: number): Line {
  let made: { readonly line: string | undefined } | undefined;
  return () => (made ??= { line: plainLine(text(), limit) }).line;
}

/** The index of the last part that starts at or before an offset; -1 where there is none. */
function lastStartingBefore(parts: readonly OutlinePart[], offset: number): number {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.start ?? Infinity) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
