import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';

/** Where strokes are drawn: a canvas on the screen or none. */
export type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * Draws strokes as the mask has them, opaque where it is marked; the eraser clears.
 * @param context whose unit is the picture's pixel
 */
export function drawStrokes(context: Context, strokes: readonly MaskStroke[]): void {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of strokes) {
    context.globalCompositeOperation = stroke.tool === 'eraser' ? 'destination-out' : 'source-over';
    if (stroke.tool === 'rectangle') context.fillRect(stroke.x, stroke.y, stroke.width, stroke.height);
    else drawPath(context, stroke);
  }
  context.globalCompositeOperation = 'source-over';
}

function drawPath(context: Context, { radius, points }: Extract<MaskStroke, { radius: number }>): void {
  const [first] = points;
  if (!first) return;
  context.beginPath();
  if (points.length === 1) {
    context.arc(first.x, first.y, radius, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.lineWidth = 2 * radius;
  context.moveTo(first.x, first.y);
  for (const { x, y } of points.slice(1)) context.lineTo(x, y);
  context.stroke();
}
