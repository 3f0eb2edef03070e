import { h } from '../dom.ts';
import type { Size, StagePoint } from './viewport.ts';

/** What the cursor looks like; all in CSS pixels on the stage. */
export interface CursorShape {
  readonly at: StagePoint;
  /** The brush's true size; undefined where the tool has none. */
  readonly radius?: number;
  /** Drawn for those who move it by keyboard, for whom there is no arrow. */
  readonly hasCross: boolean;
}

/** The rectangle that is being drawn. */
export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** The layer of what moves with the hand. */
export interface CursorLayer {
  readonly element: HTMLCanvasElement;
  readonly resize: (stage: Size, ratio: number) => void;
  readonly draw: (cursor: CursorShape | undefined, box: Box | undefined) => void;
}

const crossLength = 9;
/** A cross in the middle of a ring that is smaller than this would hide the ring. */
const leastRadius = 3;

/** Light on dark: seen on every picture. */
function strokeTwice(context: CanvasRenderingContext2D, path: Path2D): void {
  context.setLineDash([]);
  context.strokeStyle = '#000000';
  context.lineWidth = 3;
  context.stroke(path);
  context.strokeStyle = '#ffffff';
  context.lineWidth = 1;
  context.stroke(path);
}

function cursorPath({ at, radius, hasCross }: CursorShape): Path2D {
  const path = new Path2D();
  if (radius !== undefined && radius >= leastRadius) path.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  if (!hasCross) return path;
  path.moveTo(at.x - crossLength, at.y);
  path.lineTo(at.x + crossLength, at.y);
  path.moveTo(at.x, at.y - crossLength);
  path.lineTo(at.x, at.y + crossLength);
  return path;
}

/** Makes the layer, empty. */
export function createCursorLayer(): CursorLayer {
  const element = h('canvas', { class: 'mask-cursor', 'aria-hidden': 'true' });
  const context = element.getContext('2d');
  let ratio = 1;
  return {
    element,
    resize: (stage, nextRatio) => {
      ratio = nextRatio;
      element.width = Math.max(1, Math.round(stage.width * ratio));
      element.height = Math.max(1, Math.round(stage.height * ratio));
    },
    draw: (cursor, box) => {
      if (!context) return;
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, element.width, element.height);
      context.scale(ratio, ratio);
      if (box) {
        const path = new Path2D();
        path.rect(box.x, box.y, box.width, box.height);
        strokeTwice(context, path);
      }
      if (cursor) strokeTwice(context, cursorPath(cursor));
    },
  };
}
