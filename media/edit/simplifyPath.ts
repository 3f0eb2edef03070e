import type { PicturePoint } from '../../src/protocol/maskStrokes.ts';

/**
 * Leaves out points of a path that the line through the others passes within `tolerance` (the
 * Ramer–Douglas–Peucker algorithm; without recursion, so that no path is too long for the stack).
 * The first and the last point stay.
 * @param tolerance in the unit of the points
 */
export function simplifyPath(points: readonly PicturePoint[], tolerance: number): PicturePoint[] {
  if (points.length < 3) return [...points];
  const kept = new Set([0, points.length - 1]);
  const waiting: (readonly [number, number])[] = [[0, points.length - 1]];
  for (let part = waiting.pop(); part; part = waiting.pop()) {
    const [from, to] = part;
    const far = farthest(points, from, to);
    if (far.distance <= tolerance) continue;
    kept.add(far.index);
    waiting.push([from, far.index], [far.index, to]);
  }
  return points.filter((_, index) => kept.has(index));
}

function farthest(points: readonly PicturePoint[], from: number, to: number) {
  const [start, end] = [points[from], points[to]];
  let found = { index: from, distance: -1 };
  if (!start || !end) return found;
  for (let index = from + 1; index < to; index++) {
    const point = points[index];
    const distance = point ? distanceToLine(point, start, end) : 0;
    if (distance > found.distance) found = { index, distance };
  }
  return found;
}

/** From a point to the line between two others, its ends included. */
export function distanceToLine(point: PicturePoint, start: PicturePoint, end: PicturePoint): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((point.x - start.x) * dx + (point.y - start.y) * dy) / square;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(point.x - start.x - at * dx, point.y - start.y - at * dy);
}
