import type { EditPicture } from '../../src/protocol/edit.ts';
import type { EditStrings } from '../../src/protocol/editStrings.ts';
import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { createComparison } from './comparison.ts';
import { createEditProgress, type EditProgress } from './editProgress.ts';
import { createMaskEditor } from './maskEditor.ts';

/** What the stage tells and needs. */
export interface StageActions {
  /** Other strokes than before are marked. */
  readonly marked: () => void;
  /** Escape on the canvas, where there was nothing to drop. */
  readonly escape: () => void;
  /** Makes a change that may take the place of what has the focus. */
  readonly swap: (change: () => void) => void;
}

/** What is seen of an edit: the picture to paint on, the one on its way, or the two of before and after. */
export interface EditStage {
  readonly element: HTMLElement;
  readonly progress: EditProgress;
  /** Lets the picture of a step be painted on; what was painted on it earlier is there again. */
  readonly mark: (step: number, picture: EditPicture) => void;
  /** Shows the picture that is edited, and what comes of it. */
  readonly run: (step: number, picture: EditPicture) => void;
  readonly compare: (step: number, original: EditPicture, edited: EditPicture) => void;
  /** What is painted on the picture of a step. */
  readonly marks: (step: number) => readonly MaskStroke[];
  readonly setMarks: (step: number, strokes: readonly MaskStroke[]) => void;
  /** Another picture takes the place of this step's: what was painted on it, and shown of it, goes. */
  readonly forget: (step: number) => void;
  /** Shows the original of the comparison while it is held. */
  readonly holdButton: HTMLButtonElement;
  /** Puts the focus where one paints, as soon as that is seen. */
  readonly focusCanvas: () => void;
  /** Gives the memory back. */
  readonly dispose: () => void;
}

function blobOf({ bytes, mediaType }: EditPicture): Blob {
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
}

/** What is painted on the pictures; one editor serves them all. */
function createMarks(strings: EditStrings, actions: StageActions) {
  const editor = createMaskEditor(strings.mask, { changed: actions.marked, cancel: actions.escape });
  const kept = new Map<number, readonly MaskStroke[]>();
  let edited: number | undefined;
  const marks = (step: number) => (step === edited ? editor.strokes() : (kept.get(step) ?? []));
  return {
    editor,
    marks,
    setMarks: (step: number, strokes: readonly MaskStroke[]) => {
      if (JSON.stringify(marks(step)) === JSON.stringify(strokes)) return false;
      kept.set(step, strokes);
      if (step === edited) edited = undefined;
      return true;
    },
    forget: (step: number) => {
      kept.delete(step);
      if (step === edited) edited = undefined;
    },
    show: (step: number, picture: EditPicture) => {
      if (step === edited) return undefined;
      if (edited !== undefined) kept.set(edited, editor.strokes());
      edited = step;
      return editor.show(blobOf(picture), picture.width, picture.height, kept.get(step));
    },
  };
}

/** Makes the stage, with nothing on it. */
export function createEditStage(strings: EditStrings, actions: StageActions): EditStage {
  const painting = createMarks(strings, actions);
  const progress = createEditProgress(strings.view);
  const comparison = createComparison(strings.comparison);
  const surfaces = [painting.editor.element, progress.element, comparison.element];
  for (const surface of surfaces) surface.hidden = true;
  let shown = '';
  let revealed: Promise<void> | undefined;
  /** Puts a surface in the place of another once its pictures can be painted: nothing flickers. */
  const show = (what: string, surface: HTMLElement, prepare: () => Promise<void> | undefined) => {
    if (shown === what) return;
    shown = what;
    progress.end();
    const reveal = () => {
      if (shown !== what) return;
      actions.swap(() => {
        for (const other of surfaces) other.hidden = other !== surface;
      });
    };
    const ready = prepare();
    if (!ready) reveal();
    revealed = ready?.then(reveal);
  };
  return {
    element: h('div', { class: 'edit-stage' }, ...surfaces),
    progress,
    mark: (step, picture) =>
      show(`marking ${step}`, painting.editor.element, () => painting.show(step, picture)),
    run: (step, picture) => show(`running ${step}`, progress.element, () => progress.begin(picture)),
    compare: (step, original, edited) =>
      show(`comparing ${step}`, comparison.element, () =>
        comparison.show(blobOf(original), blobOf(edited), edited.width, edited.height),
      ),
    marks: painting.marks,
    setMarks: (step, strokes) => {
      if (painting.setMarks(step, strokes)) shown = '';
    },
    forget: (step) => {
      painting.forget(step);
      if (shown.endsWith(` ${step}`)) shown = '';
    },
    holdButton: comparison.holdButton,
    focusCanvas: () => {
      if (revealed) void revealed.then(painting.editor.focus);
      else painting.editor.focus();
    },
    dispose: () => {
      shown = '';
      progress.dispose();
      painting.editor.dispose();
      comparison.dispose();
    },
  };
}
