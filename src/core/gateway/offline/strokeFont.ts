import { doubles, glyphTable, markTable } from './strokeTable.ts';

/** A straight piece of a stroke, in units of the font. */
export type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/** A drawn line of text, its left edge at x = 0 and its baseline at y = 12. */
export interface TextShape {
  readonly segments: readonly Segment[];
  readonly width: number;
}

/** The height of a capital, the font's own measure. */
export const capHeight = 12;
/** How thick the pen is. */
export const penWidth = 1.55;

const letterGap = 2.7;
const wordGap = 4.4;

interface Glyph {
  readonly strokes: readonly string[];
  readonly width: number;
}

const glyphs = readTable(glyphTable);
const marks = readTable(markTable);

/**
 * Turns a text into what the font can draw: marks apart from their letters, ligatures and typographic
 * signs as their doubles, every run of anything else (other scripts, emoji) as one "…".
 */
export function drawableText(text: string): string {
  let result = '';
  for (const character of text.normalize('NFKD')) {
    const double = doubles[character] ?? character;
    if (/\s/.test(character)) result += ' ';
    else if (glyphs.has(double[0] ?? '') || marks.has(double)) result += double;
    else if (!/\p{M}|\p{C}/u.test(character) && !result.endsWith('…')) result += '…';
  }
  // The dot of an i gives way to the mark above it.
  return result
    .replace(/i(?=[\u0300-\u030c])/g, 'ı')
    .replace(/ +/g, ' ')
    .trim();
}

/** Draws a text that went through `drawableText`. */
export function shapeText(text: string): TextShape {
  const segments: Segment[] = [];
  let pen = 0;
  let last = { x: 0, character: '' };
  for (const character of text) {
    const glyph = glyphs.get(character);
    if (character === ' ') pen += wordGap;
    else if (glyph) {
      segments.push(...drawGlyph(glyph, pen));
      last = { x: pen + glyph.width / 2, character };
      pen += glyph.width + letterGap;
    } else segments.push(...drawMark(character, last));
  }
  return { segments, width: Math.max(0, pen - letterGap) };
}

/** The width of a text that went through `drawableText`. */
export function widthOf(text: string): number {
  let pen = 0;
  for (const character of text) {
    if (character === ' ') pen += wordGap;
    else pen += (glyphs.get(character)?.width ?? -letterGap) + letterGap;
  }
  return Math.max(0, pen - letterGap);
}

function readTable(lines: string): ReadonlyMap<string, Glyph> {
  return new Map(
    lines.split('\n').map((line) => {
      const [character = '', ...strokes] = line.split(' ');
      const width = Math.max(...strokes.flatMap((stroke) => pointsOf(stroke).map(([x]) => x)));
      return [character, { strokes, width }];
    }),
  );
}

function drawGlyph(glyph: Glyph, pen: number): Segment[] {
  return glyph.strokes.flatMap((stroke) => drawStroke(stroke, pen, 0));
}

/** A mark stands over the middle of its letter, higher over capitals and tall letters. */
function drawMark(mark: string, letter: { readonly x: number; readonly character: string }): Segment[] {
  const strokes = marks.get(mark)?.strokes ?? [];
  const isBelow = mark === '\u0327' || mark === '\u0328';
  const rise = !isBelow && /[A-Zbdfhklt]/.test(letter.character) ? -4 : 0;
  return strokes.flatMap((stroke) => drawStroke(stroke, letter.x - 2, rise - (isBelow ? 0 : 0.5)));
}

function drawStroke(stroke: string, dx: number, dy: number): Segment[] {
  const points = pointsOf(stroke);
  const path = stroke.startsWith('~') ? curveOf(points) : points;
  const [first] = path;
  const moved = path.length === 1 && first ? [first, first] : path;
  return moved.slice(1).map(([x, y], i) => {
    const [fromX, fromY] = moved[i] ?? [x, y];
    return [fromX + dx, fromY + dy, x + dx, y + dy];
  });
}

type Point = readonly [number, number];

function pointsOf(stroke: string): Point[] {
  const digits = stroke.replace('~', '').match(/../g) ?? [];
  return digits.map((pair) => [parseInt(pair[0] ?? '0', 36), parseInt(pair[1] ?? '0', 36)]);
}

/** A quadratic B-spline: it runs through the middles of the lines between its points. */
function curveOf(points: readonly Point[]): Point[] {
  const [first = [0, 0], second = first] = points;
  const last = points.at(-1) ?? first;
  const isClosed = first[0] === last[0] && first[1] === last[1];
  const ring = isClosed ? [...points, second] : points;
  const path: Point[] = isClosed ? [] : [first];
  for (let i = 1; i < ring.length - 1; i++) {
    const [before = first, corner = first, after = last] = ring.slice(i - 1, i + 2);
    path.push(...corneredBy(middle(before, corner), corner, middle(corner, after)));
  }
  if (!isClosed) path.push(last);
  return path;
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];

function corneredBy(from: Point, corner: Point, to: Point): Point[] {
  return Array.from({ length: 9 }, (_, i) => {
    const t = i / 8;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    return [a * from[0] + b * corner[0] + c * to[0], a * from[1] + b * corner[1] + c * to[1]];
  });
}
