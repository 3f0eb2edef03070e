import { CodecError } from './codecs/codecError.ts';
import { encodePng } from './codecs/pngEncoder.ts';
import type { MaskStroke } from './maskStroke.ts';
import type { Raster } from './raster.ts';
import { coverRow, type StrokeShape, strokeShape } from './strokeCoverage.ts';

const mostStrokes = 5000;
const mostPoints = 20_000;
const mostRadius = 8192;
const mostPixels = 2 ** 26;
/** Of all strokes: rows that their segments cross, and pixels of the fields that they lie in. Ten seconds of work. */
const mostRows = 2 ** 23;
const mostArea = 2 ** 30;

/**
 * Draws the mask of an edit as OpenAI's `/images/edits` takes it: black, and transparent where the picture is to be
 * edited, with edges smoothed over one pixel.
 * @param width pixels, as many as the picture has
 * @param strokes in the order in which they were made
 * @throws CodecError `unsupported` where a stroke is none, `tooLarge` where it is too much
 */
export function drawMask(width: number, height: number, strokes: readonly MaskStroke[]): Raster {
  if (!isSide(width) || !isSide(height)) throw new CodecError('unsupported', 'The mask has no size.');
  if (width * height > mostPixels) throw new CodecError('tooLarge', `A mask of ${width}×${height}.`);
  const shapes = strokes.map((stroke) => {
    checkStroke(stroke);
    return strokeShape(stroke, width, height);
  });
  checkWork(strokes, shapes);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  const raster = { width, height, data };
  for (const shape of shapes) drawShape(raster, shape);
  return raster;
}

/**
 * Draws the mask of an edit as a PNG file with an alpha channel, also where nothing is marked.
 * @throws CodecError as `drawMask`
 */
export async function maskFromStrokes(
  width: number,
  height: number,
  strokes: readonly MaskStroke[],
): Promise<Uint8Array<ArrayBuffer>> {
  return encodePng(drawMask(width, height, strokes), false);
}

function drawShape({ width, data }: Raster, shape: StrokeShape): void {
  const coverage = new Float32Array(width + 1);
  for (let y = shape.top; y < shape.bottom; y++) {
    const [from, to] = coverRow(shape, y, width, coverage);
    for (let x = from; x < to; x++) {
      const at = (y * width + x) * 4 + 3;
      const left = 1 - Math.min(1, coverage[x] ?? 0);
      const alpha = data[at] ?? 255;
      data[at] = shape.erases ? 255 - (255 - alpha) * left : alpha * left;
    }
    coverage.fill(0, from, to + 1);
  }
}

function checkStroke(stroke: MaskStroke): void {
  const isRight =
    stroke.tool === 'rectangle'
      ? [stroke.x, stroke.y, stroke.width, stroke.height].every(isPlace) &&
        stroke.width >= 0 &&
        stroke.height >= 0
      : stroke.radius > 0 &&
        stroke.radius <= mostRadius &&
        stroke.points.length > 0 &&
        stroke.points.every(({ x, y }) => isPlace(x) && isPlace(y));
  if (!isRight) throw new CodecError('unsupported', 'This is no stroke on a mask.');
}

function checkWork(strokes: readonly MaskStroke[], shapes: readonly StrokeShape[]): void {
  const sum = (of: (shape: StrokeShape) => number) => shapes.reduce((total, shape) => total + of(shape), 0);
  const points = strokes.reduce(
    (total, one) => total + (one.tool === 'rectangle' ? 1 : one.points.length),
    0,
  );
  const isTooMuch =
    strokes.length > mostStrokes ||
    points > mostPoints ||
    sum(({ segments, top, bottom }) => segments.length * Math.max(0, bottom - top)) > 4 * mostRows ||
    sum(({ segments, bottom, top }) => rowsOf(segments, top, bottom)) > mostRows ||
    sum(({ left, right, top, bottom }) => Math.max(0, right - left) * Math.max(0, bottom - top)) > mostArea;
  if (isTooMuch) throw new CodecError('tooLarge', 'The mask has more strokes than can be drawn.');
}

function rowsOf(segments: StrokeShape['segments'], top: number, bottom: number): number {
  return segments.reduce((total, one) => {
    const rows = Math.min(bottom, one.bottom) - Math.max(top, one.top);
    return total + Math.max(0, rows);
  }, 0);
}

/** Far beyond every picture, where numbers are still exact. */
function isPlace(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= 1e6;
}

function isSide(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
