import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { createPathGesture, createRectangleGesture, type Gesture } from './gesture.ts';
import { createMarkMeter } from './markMeter.ts';
import { createStrokeLog } from './strokeLog.ts';
import { isDrawable } from './strokeWork.ts';
import type { Size } from './viewport.ts';

/** What is marked on a picture, and what is just being made. */
export interface MarkModel {
  /** The finished ones. */
  readonly strokes: () => readonly MaskStroke[];
  readonly gesture: () => Gesture | undefined;
  readonly beginPath: (tool: 'brush' | 'eraser', radius: number, at: PicturePoint, tolerance: number) => void;
  readonly beginRectangle: (at: PicturePoint) => void;
  /** Marks what was marked earlier, all or nothing. */
  readonly put: (strokes: readonly MaskStroke[]) => void;
  /** Drops what is being made. @returns whether there was something */
  readonly drop: () => boolean;
  /** Keeps what is being made. `full`: it would be more than the host draws, and is dropped. */
  readonly keep: () => 'kept' | 'nothing' | 'full';
  readonly undo: () => boolean;
  readonly redo: () => boolean;
  readonly clear: () => boolean;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  /** Part of the picture that is marked, 0 to 1. */
  readonly share: () => number;
}

/** Makes the model of a picture on which nothing is marked. */
export function createMarkModel(picture: Size): MarkModel {
  const log = createStrokeLog();
  const meter = createMarkMeter(picture);
  let gesture: Gesture | undefined;
  const moved = (did: boolean) => {
    if (did) meter.reset(log.strokes());
    return did;
  };
  return {
    strokes: log.strokes,
    gesture: () => gesture,
    beginPath: (...path) => (gesture = createPathGesture(...path)),
    beginRectangle: (at) => (gesture = createRectangleGesture(at, picture)),
    put: (strokes) => {
      if (strokes.length === 0 || !isDrawable([...log.strokes(), ...strokes], picture)) return;
      // One at a time, so that one at a time can be undone.
      for (const stroke of strokes) log.add([stroke]);
      meter.add(strokes);
    },
    drop: () => {
      const had = gesture !== undefined;
      gesture = undefined;
      return had;
    },
    keep: () => {
      const made = gesture?.strokes() ?? [];
      gesture = undefined;
      if (made.length === 0) return 'nothing';
      if (!isDrawable([...log.strokes(), ...made], picture)) return 'full';
      log.add(made);
      meter.add(made);
      return 'kept';
    },
    undo: () => moved(log.undo()),
    redo: () => moved(log.redo()),
    clear: () => {
      if (log.strokes().length === 0) return false;
      log.clear();
      return moved(true);
    },
    canUndo: log.canUndo,
    canRedo: log.canRedo,
    share: meter.share,
  };
}
