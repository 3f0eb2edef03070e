/** The strokes of a mask on their way from the page to the host. */
import type { MaskStroke, PicturePoint } from '../core/image/maskStroke.ts';
import { listOf, membersOf, numberOf, refuse } from './decoding.ts';

export type { MaskStroke, PicturePoint };

/** What one mask may hold at most: those of the core's `drawMask`, which also bounds the work of drawing. */
export const maskBounds = {
  strokes: 5000,
  /** Of all strokes together; a rectangle counts as one. */
  points: 20_000,
  /** Pixels. */
  radius: 8192,
  /** Pixels from the picture's corner, in every direction. */
  place: 1e6,
} as const;

function placeOf(value: unknown): number {
  return numberOf(value, -maskBounds.place, maskBounds.place);
}

function pointOf(value: unknown): PicturePoint {
  const point = membersOf(value);
  return { x: placeOf(point['x']), y: placeOf(point['y']) };
}

/** @param room points that the mask may still take */
function strokeOf(value: unknown, room: number): MaskStroke {
  const stroke = membersOf(value);
  const { tool, points } = stroke;
  if (tool === 'rectangle') {
    return {
      tool,
      x: placeOf(stroke['x']),
      y: placeOf(stroke['y']),
      width: numberOf(stroke['width'], 0, maskBounds.place),
      height: numberOf(stroke['height'], 0, maskBounds.place),
    };
  }
  if (tool !== 'brush' && tool !== 'eraser') return refuse();
  const radius = numberOf(stroke['radius'], Number.MIN_VALUE, maskBounds.radius);
  const path = listOf(points, pointOf, room);
  return path.length === 0 ? refuse() : { tool, radius, points: path };
}

/** Takes the strokes of a mask, and no more than `maskBounds` allows. Ends a decoder with `refuse`. */
export function maskStrokesOf(value: unknown): readonly MaskStroke[] {
  let room: number = maskBounds.points;
  const takeStroke = (item: unknown) => {
    const stroke = strokeOf(item, room);
    room -= stroke.tool === 'rectangle' ? 1 : stroke.points.length;
    if (room < 0) refuse();
    return stroke;
  };
  return listOf(value, takeStroke, maskBounds.strokes);
}
