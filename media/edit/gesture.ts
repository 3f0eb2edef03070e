import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { createPathRecorder } from './pathRecorder.ts';
import { piecesOf } from './strokeWork.ts';
import type { Size } from './viewport.ts';

/** A stroke or a rectangle while it is being made; in pixels of the picture. */
export interface Gesture {
  readonly extend: (points: readonly PicturePoint[]) => void;
  /** What it marks so far. */
  readonly strokes: () => readonly MaskStroke[];
  /** What came since this was last asked, to be drawn on top of the rest; nothing for a rectangle. */
  readonly takeNews: () => MaskStroke | undefined;
  /** The rectangle, to be outlined. */
  readonly box: () => Extract<MaskStroke, { tool: 'rectangle' }> | undefined;
}

/**
 * Begins a stroke of the brush or the eraser with a dot.
 * @param tolerance pixels of the picture by which the stroke may differ from the hand's way
 */
export function createPathGesture(
  tool: 'brush' | 'eraser',
  radius: number,
  first: PicturePoint,
  tolerance: number,
): Gesture {
  const path = createPathRecorder(first, tolerance);
  let news: PicturePoint[] = [path.last()];
  let start: PicturePoint | undefined;
  return {
    extend: (points) => {
      for (const point of points) {
        path.add(point);
        news.push(path.last());
      }
    },
    strokes: () => piecesOf(path.points()).map((points) => ({ tool, radius, points })),
    takeNews: () => {
      if (news.length === 0) return undefined;
      const points = news;
      news = [];
      // The next piece begins where this one ends.
      const stroke: MaskStroke = { tool, radius, points: start ? [start, ...points] : points };
      start = points.at(-1);
      return stroke;
    },
    box: () => undefined,
  };
}

/** Begins a rectangle at a corner. It covers whole pixels of the picture and ends at its edges. */
export function createRectangleGesture(first: PicturePoint, { width, height }: Size): Gesture {
  const snapped = ({ x, y }: PicturePoint) => ({
    x: Math.min(width, Math.max(0, Math.round(x))),
    y: Math.min(height, Math.max(0, Math.round(y))),
  });
  const from = snapped(first);
  let to = from;
  const box = () => ({
    tool: 'rectangle' as const,
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  });
  return {
    extend: (points) => {
      const last = points.at(-1);
      if (last) to = snapped(last);
    },
    strokes: () => [box()].filter((one) => one.width > 0 && one.height > 0),
    takeNews: () => undefined,
    box,
  };
}
