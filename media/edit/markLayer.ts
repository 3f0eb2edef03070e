import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { drawStrokes } from './drawStrokes.ts';
import { createStripes } from './stripes.ts';
import type { Size, Viewport } from './viewport.ts';

/** The marks over the picture: a translucent colour with a striped edge. */
export interface MarkLayer {
  readonly element: HTMLCanvasElement;
  /** @param ratio pixels of the screen per CSS pixel */
  readonly resize: (stage: Size, ratio: number) => void;
  /** Draws all strokes anew, because they or the view changed. */
  readonly redraw: (strokes: readonly MaskStroke[], viewport: Viewport) => void;
  /** Draws what was added to them, on top. */
  readonly append: (stroke: MaskStroke) => void;
  /** Brings it to the screen. */
  readonly present: () => void;
}

/** CSS pixels. */
const edgeWidth = 1.5;
const opacity = 0.5;
const sides = [-1, 0, 1] as const;
const around = sides.flatMap((x) => sides.map((y) => [x, y] as const)).filter(([x, y]) => x !== 0 || y !== 0);

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

  const drawEdge = () => {
    const { width, height } = edge.canvas;
    const by = edgeWidth * ratio;
    edge.globalCompositeOperation = 'source-over';
    edge.clearRect(0, 0, width, height);
    for (const [x, y] of around) edge.drawImage(marks.canvas, x * by, y * by);
    edge.globalCompositeOperation = 'destination-out';
    edge.drawImage(marks.canvas, 0, 0);
    edge.globalCompositeOperation = 'source-in';
    // They lie on the picture: when it moves, they move along.
    edge.fillStyle = stripes(edge, ratio, view.left, view.top);
    edge.fillRect(0, 0, width, height);
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
      marks.reset();
      const { scale, left, top } = viewport;
      marks.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
      marks.beginPath();
      marks.rect(0, 0, picture.width, picture.height);
      marks.clip();
      drawStrokes(marks, strokes);
    },
    append: (stroke) => drawStrokes(marks, [stroke]),
    present: () => {
      if (!screen) return;
      const { width, height } = element;
      screen.globalCompositeOperation = 'copy';
      screen.drawImage(marks.canvas, 0, 0);
      screen.globalCompositeOperation = 'source-in';
      screen.globalAlpha = opacity;
      screen.fillStyle = getComputedStyle(element).color;
      screen.fillRect(0, 0, width, height);
      screen.globalCompositeOperation = 'source-over';
      screen.globalAlpha = 1;
      drawEdge();
      screen.drawImage(edge.canvas, 0, 0);
    },
  };
}
