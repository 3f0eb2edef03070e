import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import type { Context } from './drawStrokes.ts';
import type { Size, Viewport } from './viewport.ts';

/** A part of a canvas, in its pixels. */
export interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/**
 * The part of a canvas that a stroke can change.
 * @param ratio pixels of the canvas per CSS pixel
 * @param margin CSS pixels around the stroke that change with it
 * @returns undefined for a rectangle: it comes at once, and everything is drawn anew
 */
export function strokeArea(
  stroke: MaskStroke,
  { scale, left, top }: Viewport,
  ratio: number,
  margin: number,
): Area | undefined {
  if (stroke.tool === 'rectangle') return undefined;
  const [xs, ys] = [stroke.points.map(({ x }) => x), stroke.points.map(({ y }) => y)];
  const room = stroke.radius * scale + margin;
  const x = Math.floor((left + Math.min(...xs) * scale - room) * ratio);
  const y = Math.floor((top + Math.min(...ys) * scale - room) * ratio);
  return {
    x,
    y,
    width: Math.ceil((left + Math.max(...xs) * scale + room) * ratio) - x,
    height: Math.ceil((top + Math.max(...ys) * scale + room) * ratio) - y,
  };
}

/** Draws in a part of a canvas only, which is emptied first. */
export function drawWithin(context: Context, { x, y, width, height }: Area, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.clearRect(x, y, width, height);
  draw();
  context.restore();
}
