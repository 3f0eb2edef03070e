import type { PicturePoint } from '../../src/protocol/maskStrokes.ts';
import type { MarkModel } from './markModel.ts';
import type { MaskBrush } from './maskBrush.ts';
import type { StageSource } from './maskStage.ts';
import type { Size } from './viewport.ts';

/** Where the tool is, and whose hand leads it: that of a pointer that has left is not shown. */
export class MaskCursor {
  /** Pixels of the picture. */
  at: PicturePoint;
  hand: 'pointer' | 'keys' | 'none' = 'none';
  readonly #picture: Size;

  /** Begins in the middle. */
  constructor(picture: Size) {
    this.#picture = picture;
    this.at = { x: Math.round(picture.width / 2), y: Math.round(picture.height / 2) };
  }

  /** Moves by whole pixels of the picture, to its edges at most. */
  moveBy(dx: number, dy: number): void {
    const within = (place: number, most: number) => Math.min(most, Math.max(0, Math.round(place)));
    this.at = {
      x: within(this.at.x + dx, this.#picture.width),
      y: within(this.at.y + dy, this.#picture.height),
    };
  }
}

/** What a stage shows of the marks, the tool and where it is. */
export function stageSource(
  model: MarkModel,
  brush: MaskBrush,
  cursor: MaskCursor,
  viewChanged: () => void,
): StageSource {
  return {
    strokes: () => {
      const made = model.gesture();
      // A rectangle is outlined until it is one.
      return made && !made.box() ? [...model.strokes(), ...made.strokes()] : model.strokes();
    },
    takeNews: () => model.gesture()?.takeNews(),
    box: () => model.gesture()?.box(),
    cursor: () => {
      if (cursor.hand === 'none' || brush.tool === 'hand') return undefined;
      const { radius } = brush;
      const ring = radius === undefined ? {} : { radius };
      return { at: cursor.at, hasCross: cursor.hand === 'keys', ...ring };
    },
    viewChanged,
  };
}
