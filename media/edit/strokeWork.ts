import { maskBounds, type MaskStroke, type PicturePoint } from '../../src/protocol/maskStrokes.ts';
import type { Size } from './viewport.ts';

// The host refuses a mask that would take too long to draw. What it counts is counted here before a stroke is
// taken, so that nobody paints for minutes what is then refused. As src/core/image/maskStrokes.ts has it.
const mostRows = 2 ** 23;
const mostRowsOfStrokes = 4 * mostRows;
const mostArea = 2 ** 30;

interface Part {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Points of one piece of a long stroke: the rows that all its lines are looked for in stay few. */
const pieceLength = 64;

/** Cuts a long path into pieces that share their ends: together they mark what the whole does. */
export function piecesOf(points: readonly PicturePoint[]): readonly (readonly PicturePoint[])[] {
  const pieces = [points.slice(0, pieceLength)];
  for (let at = pieceLength; at < points.length; at += pieceLength - 1)
    pieces.push(points.slice(at - 1, at - 1 + pieceLength));
  return pieces;
}

function partsOf(stroke: MaskStroke): readonly Part[] {
  if (stroke.tool === 'rectangle') {
    const { x, y, width, height } = stroke;
    return [{ left: x, right: x + width, top: y, bottom: y + height }];
  }
  const { points, radius } = stroke;
  const starts = points.length === 1 ? points : points.slice(0, -1);
  return starts.map((start, index) => {
    const end = points[index + 1] ?? start;
    return {
      left: Math.min(start.x, end.x) - radius,
      right: Math.max(start.x, end.x) + radius,
      top: Math.min(start.y, end.y) - radius,
      bottom: Math.max(start.y, end.y) + radius,
    };
  });
}

function workOf(stroke: MaskStroke, picture: Size) {
  const parts = partsOf(stroke);
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const part of parts) {
    bounds.left = Math.min(bounds.left, part.left);
    bounds.right = Math.max(bounds.right, part.right);
    bounds.top = Math.min(bounds.top, part.top);
    bounds.bottom = Math.max(bounds.bottom, part.bottom);
  }
  const left = Math.max(0, Math.floor(bounds.left));
  const right = Math.min(picture.width, Math.ceil(bounds.right));
  const top = Math.max(0, Math.floor(bounds.top));
  const bottom = Math.min(picture.height, Math.ceil(bounds.bottom));
  const height = Math.max(0, bottom - top);
  const rowsOf = (part: Part) => Math.max(0, Math.min(bottom, part.bottom) - Math.max(top, part.top));
  return {
    points: stroke.tool === 'rectangle' ? 1 : stroke.points.length,
    rows: parts.reduce((total, part) => total + rowsOf(part), 0),
    rowsOfStroke: parts.length * height,
    area: Math.max(0, right - left) * height,
  };
}

/** Whether the host will draw a mask of these strokes on a picture of this size. */
export function isDrawable(strokes: readonly MaskStroke[], picture: Size): boolean {
  const total = { points: 0, rows: 0, rowsOfStroke: 0, area: 0 };
  for (const stroke of strokes) {
    const work = workOf(stroke, picture);
    total.points += work.points;
    total.rows += work.rows;
    total.rowsOfStroke += work.rowsOfStroke;
    total.area += work.area;
  }
  return (
    strokes.length <= maskBounds.strokes &&
    total.points <= maskBounds.points &&
    total.rows <= mostRows &&
    total.rowsOfStroke <= mostRowsOfStrokes &&
    total.area <= mostArea
  );
}
