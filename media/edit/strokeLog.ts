import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';

/** The strokes of a mask, with the way back. */
export interface StrokeLog {
  /** What one movement of the hand made; more than one stroke where it was a long one. */
  readonly add: (strokes: readonly MaskStroke[]) => void;
  /** Takes all strokes away; `undo` brings them back. */
  readonly clear: () => void;
  /** @returns whether there was something to undo */
  readonly undo: () => boolean;
  readonly redo: () => boolean;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  /** Those that count now, in the order in which they were made. */
  readonly strokes: () => readonly MaskStroke[];
}

type Change = readonly MaskStroke[] | 'clear';

/** An empty log. */
export function createStrokeLog(): StrokeLog {
  const done: Change[] = [];
  const undone: Change[] = [];
  const change = (one: Change) => {
    done.push(one);
    undone.length = 0;
  };
  const move = (from: Change[], to: Change[]) => {
    const one = from.pop();
    if (one) to.push(one);
    return one !== undefined;
  };
  return {
    add: change,
    clear: () => change('clear'),
    undo: () => move(done, undone),
    redo: () => move(undone, done),
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
    strokes: () => {
      const since = done.slice(done.lastIndexOf('clear') + 1);
      return since.flatMap((one) => (one === 'clear' ? [] : one));
    },
  };
}
