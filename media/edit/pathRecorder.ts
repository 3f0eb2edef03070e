import type { PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { simplifyPath } from './simplifyPath.ts';

/** A path while it is being drawn. */
export interface PathRecorder {
  readonly add: (point: PicturePoint) => void;
  readonly last: () => PicturePoint;
  /** The path with as few points as its tolerance allows. */
  readonly points: () => readonly PicturePoint[];
}

/** Points that are simplified at a time: a hand that never lifts costs neither memory nor quadratic time. */
const windowLength = 512;

/** The precision of a stroke's coordinates: what is sent has no more digits than mean something. */
function rounded({ x, y }: PicturePoint): PicturePoint {
  return { x: Math.round(x * 100) / 100, y: Math.round(y * 100) / 100 };
}

/**
 * Begins a path.
 * @param tolerance pixels of the picture by which the path may differ from what was drawn
 */
export function createPathRecorder(first: PicturePoint, tolerance: number): PathRecorder {
  // Rounding takes a part of what the path may differ by.
  const room = Math.max(0.01, tolerance - 0.01);
  const settled: PicturePoint[] = [];
  let recent: PicturePoint[] = [rounded(first)];
  const last = () => recent.at(-1) ?? rounded(first);
  return {
    last,
    add: (point) => {
      const next = rounded(point);
      if (next.x === last().x && next.y === last().y) return;
      recent.push(next);
      if (recent.length < windowLength) return;
      const simple = simplifyPath(recent, room);
      settled.push(...simple.slice(0, -1));
      recent = simple.slice(-1);
    },
    points: () => [...settled, ...simplifyPath(recent, room)],
  };
}
