import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { type Context, drawStrokes } from './drawStrokes.ts';
import { createStripes } from './stripes.ts';
import type { Size, Viewport } from './viewport.ts';

/** The marks over the picture: a translucent colour with a striped edge. */
export interface MarkLayer {
  readonly element: HTMLCanvasElement;
  /** @param ratio pixels of the screen per CSS pixel */
  readonly resize: (stage: Size, ratio: number) => void;
  /** Draws all strokes anew, because they or the view changed. */
  readonly redraw: (strokes: readonly MaskStroke[], viewport: Viewport) => void;
  /** Draws what was added to them, on top; `present` comes before the next. */
  readonly append: (stroke: MaskStroke) => void;
  /** Brings it to the screen. */
  readonly present: () => void;
}

/** CSS pixels. */
const edgeWidth = 1.5;
const opacity = 0.5;
const sides = [-1, 0, 1] as const;
const around = sides.flatMap((x) => sides.map((y) => [x, y] as const)).filter(([x, y]) => x !== 0 || y !== 0);

/** A part of the canvases, in their pixels. */
interface Area extends Size {
  readonly x: number;
  readonly y: number;
}

/** The part of a canvas that a stroke with its edge can change. */
function areaOf(stroke: MaskStroke, { scale, left, top }: Viewport, ratio: number): Area | undefined {
  if (stroke.tool === 'rectangle') return undefined;
  const [xs, ys] = [stroke.points.map(({ x }) => x), stroke.points.map(({ y }) => y)];
  const room = stroke.radius * scale + edgeWidth + 2;
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
function drawWithin(context: Context, { x, y, width, height }: Area, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.clearRect(x, y, width, height);
  draw();
  context.restore();
}

/** Canvases that are never seen: what is marked, and its edge; both as large as the screen's part of it. */
function hiddenContext(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  return context;
}

/** Makes the layer; its colour is that of its element. */
export function createMarkLayer(picture: Size): MarkLayer {
  const element = h('canvas', { class: 'mask-marks', 'aria-hidden': 'true' });
  const screen = element.getContext('2d');
  const [marks, edge] = [hiddenContext(), hiddenContext()];
  const stripes = createStripes();
  let ratio = 1;
  let view: Viewport = { scale: 1, left: 0, top: 0 };
  /** What the screen does not show yet; undefined is everything. */
  let changed: Area | undefined;

  const fill = (context: Context) => context.fillRect(0, 0, element.width, element.height);
  const drawEdge = () => {
    const by = edgeWidth * ratio;
    for (const [x, y] of around) edge.drawImage(marks.canvas, x * by, y * by);
    edge.globalCompositeOperation = 'destination-out';
    edge.drawImage(marks.canvas, 0, 0);
    edge.globalCompositeOperation = 'source-in';
    // They lie on the picture: when it moves, they move along.
    edge.fillStyle = stripes(edge, ratio, view.left, view.top);
    fill(edge);
  };
  const drawTint = (context: CanvasRenderingContext2D) => {
    context.drawImage(marks.canvas, 0, 0);
    context.globalCompositeOperation = 'source-in';
    context.globalAlpha = opacity;
    context.fillStyle = getComputedStyle(element).color;
    fill(context);
    context.globalCompositeOperation = 'source-over';
    context.globalAlpha = 1;
  };

  return {
    element,
    resize: (stage, nextRatio) => {
      ratio = nextRatio;
      for (const canvas of [element, marks.canvas, edge.canvas]) {
        canvas.width = Math.max(1, Math.round(stage.width * ratio));
        canvas.height = Math.max(1, Math.round(stage.height * ratio));
      }
    },
    redraw: (strokes, viewport) => {
      view = viewport;
      changed = undefined;
      marks.reset();
      const { scale, left, top } = viewport;
      marks.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
      marks.beginPath();
      marks.rect(0, 0, picture.width, picture.height);
      marks.clip();
      drawStrokes(marks, strokes);
    },
    append: (stroke) => {
      changed = areaOf(stroke, view, ratio);
      drawStrokes(marks, [stroke]);
    },
    present: () => {
      if (!screen) return;
      const area = changed ?? { x: 0, y: 0, width: element.width, height: element.height };
      drawWithin(edge, area, drawEdge);
      drawWithin(screen, area, () => {
        drawTint(screen);
        screen.drawImage(edge.canvas, 0, 0);
      });
    },
  };
}
