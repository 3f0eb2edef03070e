/** What the edit of a picture says; the host localizes. `{0}`, `{1}` stand for values. */
import { membersOf, stringsOf } from './decoding.ts';

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

/** What stands around the two. */
export interface EditViewStrings {
  /** `{0}` is the file's name. */
  readonly title: string;
  readonly close: string;
  /** The row of pictures that one can go back to. */
  readonly steps: string;
  readonly original: string;
  /** `{0}` is a number, `{1}` what was asked for. */
  readonly step: string;
  readonly prompt: string;
  readonly promptPlaceholder: string;
  /** The same where there is a result to go on from. */
  readonly refinePrompt: string;
  readonly refinePlaceholder: string;
  readonly generate: string;
  /** `{0}` are keys. */
  readonly generateHint: string;
  readonly cancel: string;
  readonly waiting: string;
  /** `{0}` is a number. */
  readonly receivingFrame: string;
  readonly elapsedSeconds: string;
  readonly partialAlt: string;
  /** Said when a request ended. */
  readonly arrived: string;
  readonly cancelled: string;
  readonly failed: string;
  readonly showLog: string;
  /** Said before each notice, for those who do not see the mark. */
  readonly notice: string;
  /** Name of the box with what the model wrote. */
  readonly modelText: string;
  readonly reject: string;
  readonly rejectHint: string;
  readonly tryAgain: string;
  readonly tryAgainHint: string;
  readonly markPart: string;
  readonly backToComparison: string;
  /** Asked where something would be lost. */
  readonly leaveQuestion: string;
  readonly leave: string;
  readonly stay: string;
}

/** Everything that `media/edit` says. */
export interface EditStrings {
  readonly mask: MaskEditorStrings;
  readonly comparison: ComparisonStrings;
  readonly view: EditViewStrings;
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

const viewKeys = Object.keys({
  ...{ title: 1, close: 1, steps: 1, original: 1, step: 1 },
  ...{ prompt: 1, promptPlaceholder: 1, refinePrompt: 1, refinePlaceholder: 1 },
  ...{ generate: 1, generateHint: 1, cancel: 1 },
  ...{ waiting: 1, receivingFrame: 1, elapsedSeconds: 1, partialAlt: 1 },
  ...{ arrived: 1, cancelled: 1, failed: 1, showLog: 1, notice: 1, modelText: 1 },
  ...{ reject: 1, rejectHint: 1, tryAgain: 1, tryAgainHint: 1, markPart: 1, backToComparison: 1 },
  ...{ leaveQuestion: 1, leave: 1, stay: 1 },
} satisfies Record<keyof EditViewStrings, 1>) as readonly (keyof EditViewStrings)[];

/** Takes the strings. Ends a decoder with `refuse` where one is missing or too long. */
export function editStringsOf(value: unknown): EditStrings {
  const strings = membersOf(value);
  return {
    mask: stringsOf(strings['mask'], maskKeys),
    comparison: stringsOf(strings['comparison'], comparisonKeys),
    view: stringsOf(strings['view'], viewKeys),
  };
}
