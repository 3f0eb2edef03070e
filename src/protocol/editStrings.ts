/** What the mask editor and the comparison say; the host localizes. `{0}`, `{1}` stand for values. */

export interface MaskEditorStrings {
  /** Name of the editor, and of the place that is painted on. */
  readonly editor: string;
  readonly canvas: string;
  /** How the canvas works by keyboard; read out after its name. */
  readonly canvasHelp: string;
  readonly pictureAlt: string;
  readonly pictureFailed: string;
  readonly tools: string;
  readonly brush: string;
  readonly eraser: string;
  readonly rectangle: string;
  readonly hand: string;
  readonly brushSize: string;
  /** `{0}` pixels, beside the slider, and read out. */
  readonly pixelsShort: string;
  readonly brushIs: string;
  readonly eraserIs: string;
  readonly undo: string;
  readonly redo: string;
  readonly clear: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly zoomFit: string;
  /** `{0}` is a percentage as a number. */
  readonly zoomIs: string;
  /** `{0}` is a percentage as a number. */
  readonly marked: string;
  readonly nothingMarked: string;
  readonly undone: string;
  readonly redone: string;
  readonly cleared: string;
  /** Said after the first Space or Enter on the canvas. */
  readonly painting: string;
  readonly cornerSet: string;
  readonly dropped: string;
  /** `{0}` and `{1}`: pixels from the left and from the top. */
  readonly cursorAt: string;
  /** The mask holds no more strokes. */
  readonly full: string;
  /** A name and its key: `{0} ({1})`. */
  readonly withKey: string;
}

export interface ComparisonStrings {
  readonly comparison: string;
  readonly original: string;
  readonly edited: string;
  readonly slider: string;
  /** `{0}` is a percentage as a number. */
  readonly shown: string;
  readonly holdOriginal: string;
  readonly pictureFailed: string;
}

/** Everything that `media/edit` says. */
export interface EditStrings {
  readonly mask: MaskEditorStrings;
  readonly comparison: ComparisonStrings;
}

// Spelled out so that a string added above and forgotten here is a compile error.
const maskKeys = Object.keys({
  ...{ editor: 1, canvas: 1, canvasHelp: 1, pictureAlt: 1, pictureFailed: 1 },
  ...{ tools: 1, brush: 1, eraser: 1, rectangle: 1, hand: 1 },
  ...{ brushSize: 1, pixelsShort: 1, brushIs: 1, eraserIs: 1, undo: 1, redo: 1, clear: 1 },
  ...{ zoomIn: 1, zoomOut: 1, zoomFit: 1, zoomIs: 1, marked: 1, nothingMarked: 1 },
  ...{ undone: 1, redone: 1, cleared: 1, painting: 1, cornerSet: 1, dropped: 1 },
  ...{ cursorAt: 1, full: 1, withKey: 1 },
} satisfies Record<keyof MaskEditorStrings, 1>) as readonly (keyof MaskEditorStrings)[];

const comparisonKeys = Object.keys({
  ...{ comparison: 1, original: 1, edited: 1, slider: 1, shown: 1, holdOriginal: 1, pictureFailed: 1 },
} satisfies Record<keyof ComparisonStrings, 1>) as readonly (keyof ComparisonStrings)[];

const maxLength = 1000;

function stringsOf<K extends string>(value: unknown, keys: readonly K[]): Record<K, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const entries: [K, string][] = [];
  for (const key of keys) {
    const words = given[key];
    if (typeof words !== 'string' || words.length > maxLength) return undefined;
    entries.push([key, words]);
  }
  return Object.fromEntries(entries) as Record<K, string>;
}

/** The strings as the page takes them from a message; undefined where one is missing or too long. */
export function decodeEditStrings(value: unknown): EditStrings | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as Readonly<Record<string, unknown>>;
  const mask = stringsOf(given['mask'], maskKeys);
  const comparison = stringsOf(given['comparison'], comparisonKeys);
  return mask && comparison ? { mask, comparison } : undefined;
}
