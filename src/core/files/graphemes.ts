/** How long a text may become; whichever is reached first. */
export interface TextLimits {
  readonly codePoints?: number;
  /** In UTF-8, as file systems count. */
  readonly bytes?: number;
  /** UTF-16 code units, as `String.length` counts. */
  readonly units?: number;
}

/** The longest beginning of a text within the limits that splits no grapheme (a letter with its marks). */
export function takeGraphemes(text: string, limits: TextLimits): string {
  const { codePoints = Infinity, bytes = Infinity, units = Infinity } = limits;
  const encoder = new TextEncoder();
  const taken = { codePoints: 0, bytes: 0, units: 0 };
  for (const grapheme of graphemesOf(text)) {
    taken.codePoints += Array.from(grapheme).length;
    taken.bytes += encoder.encode(grapheme).length;
    if (taken.codePoints > codePoints || taken.bytes > bytes || taken.units + grapheme.length > units) break;
    taken.units += grapheme.length;
  }
  return text.slice(0, taken.units);
}

function* graphemesOf(text: string): Generator<string> {
  // Missing in older Firefox, where the extension can run in its worker: a character with its marks then.
  const Segmenter = (Intl as Partial<typeof Intl>).Segmenter;
  if (Segmenter) {
    for (const { segment } of new Segmenter('und').segment(text)) yield segment;
  } else {
    for (const [cluster] of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) yield cluster;
  }
}
