import type { MaskStroke } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { type Area, drawWithin, strokeArea } from './canvasArea.ts';
import { type Context, drawStrokes } from './drawStrokes.ts';
import { createStripes } from './stripes.ts';
import type { Size, Viewport } from './viewport.ts';

/** CSS pixels. */
const edgeWidth = 1.5;
const opacity = 0.5;
const sides = [-1, 0, 1] as const;
const around = sides.flatMap((x) => sides.map((y) => [x, y] as const)).filter(([x, y]) => x !== 0 || y !== 0);

/** A canvas that is never seen. */
function hiddenContext(): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) throw new Error('This browser has no canvas.');
  return context;
}

/**
 * The marks over the picture: a translucent colour, which is that of the element, with a striped edge. What is
 * marked has a canvas of its own, as large as the stage: strokes are added to it one by one.
 */
export class MarkLayer {
  readonly element = h('canvas', { class: 'mask-marks', 'aria-hidden': 'true' });
  readonly #screen = this.element.getContext('2d');
  readonly #marks = hiddenContext();
  readonly #edge = hiddenContext();
  readonly #stripes = createStripes();
  readonly #picture: Size;
  #ratio = 1;
  #view: Viewport = { scale: 1, left: 0, top: 0 };
  /** What the screen does not show yet; undefined is everything. */
  #changed: Area | undefined;

  constructor(picture: Size) {
    this.#picture = picture;
  }

  /** @param ratio pixels of the screen per CSS pixel */
  resize(stage: Size, ratio: number): void {
    this.#ratio = ratio;
    for (const canvas of [this.element, this.#marks.canvas, this.#edge.canvas]) {
      canvas.width = Math.max(1, Math.round(stage.width * ratio));
      canvas.height = Math.max(1, Math.round(stage.height * ratio));
    }
  }

  /** Draws all strokes anew, because they or the view changed. */
  redraw(strokes: readonly MaskStroke[], viewport: Viewport): void {
    this.#view = viewport;
    this.#changed = undefined;
    const marks = this.#marks;
    const scale = viewport.scale * this.#ratio;
    marks.reset();
    marks.setTransform(scale, 0, 0, scale, viewport.left * this.#ratio, viewport.top * this.#ratio);
    marks.beginPath();
    marks.rect(0, 0, this.#picture.width, this.#picture.height);
    marks.clip();
    drawStrokes(marks, strokes);
  }

  /** Draws what was added to them, on top; `present` comes before the next. */
  append(stroke: MaskStroke): void {
    this.#changed = strokeArea(stroke, this.#view, this.#ratio, edgeWidth + 2);
    drawStrokes(this.#marks, [stroke]);
  }

  /** Brings it to the screen. */
  present(): void {
    const screen = this.#screen;
    if (!screen) return;
    const { width, height } = this.element;
    const area = this.#changed ?? { x: 0, y: 0, width, height };
    drawWithin(this.#edge, area, () => this.#drawEdge());
    drawWithin(screen, area, () => {
      this.#drawTint(screen);
      screen.drawImage(this.#edge.canvas, 0, 0);
    });
  }

  /** Stripes where the marks, moved a little to all sides, are and they themselves are not. */
  #drawEdge(): void {
    const edge = this.#edge;
    const by = edgeWidth * this.#ratio;
    for (const [x, y] of around) edge.drawImage(this.#marks.canvas, x * by, y * by);
    edge.globalCompositeOperation = 'destination-out';
    edge.drawImage(this.#marks.canvas, 0, 0);
    edge.globalCompositeOperation = 'source-in';
    // They lie on the picture: when it moves, they move along.
    edge.fillStyle = this.#stripes(edge, this.#ratio, this.#view.left, this.#view.top);
    this.#fill(edge);
  }

  #drawTint(screen: CanvasRenderingContext2D): void {
    screen.drawImage(this.#marks.canvas, 0, 0);
    screen.globalCompositeOperation = 'source-in';
    screen.globalAlpha = opacity;
    screen.fillStyle = getComputedStyle(this.element).color;
    this.#fill(screen);
    screen.globalCompositeOperation = 'source-over';
    screen.globalAlpha = 1;
  }

  #fill(context: Context): void {
    context.fillRect(0, 0, this.element.width, this.element.height);
  }
}
