import type { Raster } from './raster.ts';

/** Squares of programs that show transparency, and of models that paint what they saw there: pixels of one side. */
const squares = { least: 4, most: 80 };
/** Both greys of a line must make up so much of it. */
const leastShare = 0.85;

/**
 * Whether the edges of a picture show the checkerboard by which programs show transparency: two greys in squares of one
 * size. A board that is the picture's subject does not reach its edges in grey squares on all sides.
 */
export function isPaintedCheckerboard(raster: Raster): boolean {
  const { width, height } = raster;
  if (width < 2 * squares.least * 4 || height < 2 * squares.least * 4) return false;
  // A little inside, because encoders and models treat the very edge in their own way.
  const inset = Math.min(6, Math.floor(Math.min(width, height) / 32));
  const lines = [
    lineOf(raster, 0, inset, 1, 0, width),
    lineOf(raster, 0, height - 1 - inset, 1, 0, width),
    lineOf(raster, inset, 0, 0, 1, height),
    lineOf(raster, width - 1 - inset, 0, 0, 1, height),
  ].map(alternation);
  const found = lines.filter((one) => one !== undefined);
  if (found.length < 3) return false;
  const sizes = found.map(({ square }) => square).sort((a, b) => a - b);
  return (sizes.at(-1) ?? 0) <= (sizes[0] ?? 0) * 1.3 + 1;
}

/** Lightness along a line, −1 where it is coloured. */
function lineOf(
  { width, data }: Raster,
  x: number,
  y: number,
  dx: number,
  dy: number,
  length: number,
): Int16Array {
  const line = new Int16Array(length);
  for (let step = 0; step < length; step++) {
    const at = ((y + dy * step) * width + x + dx * step) * 4;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
    line[step] = spread > 24 ? -1 : (red + green + blue) / 3;
  }
  return line;
}

/** The size of a line's squares, where it changes between two greys at equal steps. */
function alternation(line: Int16Array): { readonly square: number } | undefined {
  const greys = line.filter((value) => value >= 0).sort();
  if (greys.length < line.length * leastShare) return undefined;
  const [dark, light] = [
    greys[Math.floor(greys.length * 0.2)] ?? 0,
    greys[Math.floor(greys.length * 0.8)] ?? 0,
  ];
  if (light - dark < 12) return undefined;
  const middle = (dark + light) / 2;
  const near = line.filter((value) => Math.abs(value - dark) <= 14 || Math.abs(value - light) <= 14).length;
  if (near < line.length * leastShare) return undefined;
  const runs = runsOf(line, middle);
  // Those at both ends are cut.
  const inner = runs.slice(1, -1).sort((a, b) => a - b);
  const square = inner[Math.floor(inner.length / 2)] ?? 0;
  if (inner.length < 4 || square < squares.least || square > squares.most) return undefined;
  const regular = inner.filter((run) => Math.abs(run - square) <= Math.max(1, square * 0.2)).length;
  return regular >= inner.length * 0.75 ? { square } : undefined;
}

/** Lengths of what lies on one side of a value, one after the other. */
function runsOf(line: Int16Array, middle: number): number[] {
  const runs: number[] = [];
  let length = 0;
  for (let index = 0; index < line.length; index++) {
    const isChange = index > 0 && (line[index] ?? 0) > middle !== (line[index - 1] ?? 0) > middle;
    if (isChange) {
      runs.push(length);
      length = 0;
    }
    length++;
  }
  return [...runs, length];
}
