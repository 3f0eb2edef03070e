import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { type Box, createCursorLayer } from './cursorLayer.ts';
import { MarkLayer } from './markLayer.ts';
import type { StagedPicture } from './maskPicture.ts';
import { oncePerFrame } from './oncePerFrame.ts';
import * as viewports from './viewport.ts';
import { type Size, type StagePoint, toStage, type Viewport } from './viewport.ts';

/** What the stage shows; asked once for each frame in which something changed. */
export interface StageSource {
  readonly strokes: () => readonly MaskStroke[];
  /** What was added to them since it was last asked. */
  readonly takeNews: () => MaskStroke | undefined;
  /** In pixels of the picture. */
  readonly cursor: () => { at: PicturePoint; radius?: number; hasCross: boolean } | undefined;
  readonly box: () => Box | undefined;
  /** The picture was zoomed or moved. */
  readonly viewChanged: () => void;
}

function scaledCursor(cursor: ReturnType<StageSource['cursor']>, viewport: Viewport) {
  if (!cursor) return undefined;
  const { radius } = cursor;
  const seen = radius === undefined ? {} : { radius: radius * viewport.scale };
  return { at: toStage(viewport, cursor.at), hasCross: cursor.hasCross, ...seen };
}

function scaledBox(box: Box | undefined, viewport: Viewport): Box | undefined {
  if (!box) return undefined;
  const { scale } = viewport;
  return { ...toStage(viewport, box), width: box.width * scale, height: box.height * scale };
}

/**
 * The place that is painted on: the picture, the marks and the cursor, one above the other. It lays itself out
 * when it comes into the page.
 */
export class MaskStage {
  readonly element: HTMLElement;
  readonly #shown: StagedPicture;
  readonly #picture: Size;
  readonly #source: StageSource;
  readonly #marks: MarkLayer;
  readonly #cursor = createCursorLayer();
  readonly #frame = oncePerFrame(() => this.#draw());
  readonly #layOut = () => this.#takeRoom();
  readonly #observer = new ResizeObserver(this.#layOut);
  #size: Size = { width: 1, height: 1 };
  #viewport: Viewport;
  #isFitted = true;
  #isStale = true;

  constructor(shown: StagedPicture, picture: Size, source: StageSource) {
    this.#shown = shown;
    this.#picture = picture;
    this.#source = source;
    this.#marks = new MarkLayer(picture);
    this.#viewport = viewports.fitted(picture, this.#size);
    const layers = [shown.element, this.#marks.element, this.#cursor.element];
    this.element = h('div', { class: 'mask-stage' }, ...layers);
    this.element.style.setProperty('--ig-ratio', String(picture.width / picture.height));
    this.#observer.observe(this.element);
    // The editor's zoom changes the screen's pixels without changing the size.
    window.addEventListener('resize', this.#layOut);
  }

  /** How the picture lies on the stage now. */
  viewport(): Viewport {
    return this.#viewport;
  }

  /** Zooms at a place, else in the middle. */
  zoom(factor: number, at: StagePoint = { x: this.#size.width / 2, y: this.#size.height / 2 }): void {
    this.#isFitted = false;
    this.#look(viewports.zoomed(this.#viewport, this.#picture, this.#size, factor, at));
  }

  /** Shows the whole picture, also when the stage becomes larger or smaller. */
  fit(): void {
    this.#isFitted = true;
    this.#look(viewports.fitted(this.#picture, this.#size));
  }

  /** Moves the picture by CSS pixels. @returns whether there was anywhere to go */
  pan(dx: number, dy: number): boolean {
    return this.#look(viewports.panned(this.#viewport, this.#picture, this.#size, dx, dy));
  }

  /** Moves the picture so far that a place in it is in sight. */
  reveal(at: PicturePoint): void {
    this.#look(viewports.revealed(this.#viewport, this.#picture, this.#size, at));
  }

  /** Draws before the next frame. `news`: the cursor moved or a stroke grew; `all`: strokes went or are others. */
  show(what: 'news' | 'all'): void {
    this.#isStale ||= what === 'all';
    this.#frame.request();
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#frame.cancel();
    this.#observer.disconnect();
    window.removeEventListener('resize', this.#layOut);
    this.#shown.dispose();
  }

  #draw(): void {
    const news = this.#source.takeNews();
    if (this.#isStale) this.#marks.redraw(this.#source.strokes(), this.#viewport);
    else if (news) this.#marks.append(news);
    if (this.#isStale || news) this.#marks.present();
    this.#isStale = false;
    this.#shown.place(this.#viewport);
    const box = scaledBox(this.#source.box(), this.#viewport);
    this.#cursor.draw(scaledCursor(this.#source.cursor(), this.#viewport), box);
  }

  #look(next: Viewport): boolean {
    const { scale, left, top } = this.#viewport;
    if (next.scale === scale && next.left === left && next.top === top) return false;
    this.#viewport = next;
    this.show('all');
    this.#source.viewChanged();
    return true;
  }

  #takeRoom(): void {
    const { clientWidth: width, clientHeight: height } = this.element;
    // Not in the page, or hidden: whatever was seen last is seen again.
    if (width === 0 || height === 0) return;
    this.#size = { width, height };
    this.#marks.resize(this.#size, devicePixelRatio);
    this.#cursor.resize(this.#size, devicePixelRatio);
    this.show('all');
    if (this.#isFitted) this.fit();
    else this.pan(0, 0);
  }
}
