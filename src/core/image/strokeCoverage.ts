import type { MaskStroke } from './maskStroke.ts';

/** A convex part of a stroke: a line with round ends, or a rectangle where the radius is 0. */
interface Segment {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly radius: number;
  readonly top: number;
  readonly bottom: number;
}

/** A stroke ready to be drawn, with the whole pixels that it can touch: from the first to before the last. */
export interface StrokeShape {
  readonly erases: boolean;
  readonly segments: readonly Segment[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Lines on which each row of pixels is looked at; along a line coverage is exact. */
const linesPerRow = 4;

/** Makes the segments of a stroke, cut to a picture of this size. */
export function strokeShape(stroke: MaskStroke, width: number, height: number): StrokeShape {
  const segments = stroke.tool === 'rectangle' ? [rectangle(stroke)] : lines(stroke);
  const least = (of: (one: Segment) => number) =>
    segments.reduce((min, one) => Math.min(min, of(one)), Infinity);
  const most = (of: (one: Segment) => number) =>
    segments.reduce((max, one) => Math.max(max, of(one)), -Infinity);
  return {
    erases: stroke.tool === 'eraser',
    segments,
    left: Math.max(0, Math.floor(least((one) => Math.min(one.x0, one.x1) - one.radius))),
    right: Math.min(width, Math.ceil(most((one) => Math.max(one.x0, one.x1) + one.radius))),
    top: Math.max(0, Math.floor(least(({ top }) => top))),
    bottom: Math.min(height, Math.ceil(most(({ bottom }) => bottom))),
  };
}

function rectangle({ x, y, width, height }: Extract<MaskStroke, { tool: 'rectangle' }>): Segment {
  return { x0: x, y0: y, x1: x + width, y1: y + height, radius: 0, top: y, bottom: y + height };
}

function lines({ points, radius }: Exclude<MaskStroke, { tool: 'rectangle' }>): readonly Segment[] {
  const starts = points.length === 1 ? points : points.slice(0, -1);
  return starts.map(({ x, y }, index) => {
    const end = points[index + 1] ?? { x, y };
    const [top, bottom] = [Math.min(y, end.y) - radius, Math.max(y, end.y) + radius];
    return { x0: x, y0: y, x1: end.x, y1: end.y, radius, top, bottom };
  });
}

/**
 * Adds up how much of each pixel of a row a stroke covers, 0 to 1; where it crosses itself, once.
 * @param coverage of width + 1 numbers, all 0
 * @returns the pixels that are touched: from the first to before the last
 */
export function coverRow(
  { segments, top, bottom }: StrokeShape,
  y: number,
  width: number,
  coverage: Float32Array,
): readonly [number, number] {
  if (y < top || y >= bottom) return [0, 0];
  const active = segments.filter((one) => one.top < y + 1 && one.bottom > y);
  let [first, last] = [width, 0];
  for (let line = 0; line < linesPerRow; line++) {
    const at = y + (line + 0.5) / linesPerRow;
    const spans = active.map((one) => spanOf(one, at)).filter((span) => span !== undefined);
    for (const [from, to] of joined(spans)) {
      const [left, right] = [Math.max(0, from), Math.min(width, to)];
      if (left >= right) continue;
      addSpan(coverage, left, right);
      first = Math.min(first, Math.floor(left));
      last = Math.max(last, Math.ceil(right));
    }
  }
  return first < last ? [first, last] : [0, 0];
}

type Span = readonly [from: number, to: number];

function addSpan(coverage: Float32Array, from: number, to: number): void {
  const share = 1 / linesPerRow;
  const [first, last] = [Math.floor(from), Math.floor(to)];
  if (first === last) {
    coverage[first] = (coverage[first] ?? 0) + (to - from) * share;
    return;
  }
  coverage[first] = (coverage[first] ?? 0) + (first + 1 - from) * share;
  for (let x = first + 1; x < last; x++) coverage[x] = (coverage[x] ?? 0) + share;
  coverage[last] = (coverage[last] ?? 0) + (to - last) * share;
}

/** Spans that overlap are one. */
function joined(spans: Span[]): readonly Span[] {
  if (spans.length < 2) return spans;
  const result: [number, number][] = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Where a horizontal line crosses a segment; it is convex, so once. */
function spanOf({ x0, y0, x1, y1, radius, top, bottom }: Segment, y: number): Span | undefined {
  if (y <= top || y >= bottom) return undefined;
  if (radius === 0) return [x0, x1];
  let [from, to] = [Infinity, -Infinity];
  const include = (x: number) => {
    from = Math.min(from, x);
    to = Math.max(to, x);
  };
  const includeRound = (x: number, centre: number) => {
    const square = radius * radius - (y - centre) ** 2;
    if (square < 0) return;
    include(x - Math.sqrt(square));
    include(x + Math.sqrt(square));
  };
  includeRound(x0, y0);
  includeRound(x1, y1);
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = Math.hypot(dx, dy);
  if (length > 0 && dy !== 0) {
    // Both long sides, where the line crosses them between their ends.
    for (const side of [-radius, radius]) {
      const [shiftX, shiftY] = [(-dy / length) * side, (dx / length) * side];
      const along = (y - y0 - shiftY) / dy;
      if (along >= 0 && along <= 1) include(x0 + shiftX + along * dx);
    }
  }
  return from < to ? [from, to] : undefined;
}
