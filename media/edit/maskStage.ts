import type { MaskStroke, PicturePoint } from '../../src/protocol/maskStrokes.ts';
import { h } from '../dom.ts';
import { type Box, createCursorLayer } from './cursorLayer.ts';
import { createMarkLayer } from './markLayer.ts';
import type { StagedPicture } from './maskPicture.ts';
import { type Size, type StagePoint, toStage, type Viewport } from './viewport.ts';
import * as viewports from './viewport.ts';

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

/** The place that is painted on: the picture, the marks and the cursor, one above the other. */
export interface MaskStage {
  readonly element: HTMLElement;
  readonly viewport: () => Viewport;
  readonly size: () => Size;
  readonly zoom: (factor: number, at?: StagePoint) => void;
  readonly fit: () => void;
  /** @returns whether there was anywhere to go */
  readonly pan: (dx: number, dy: number) => boolean;
  readonly reveal: (at: PicturePoint) => void;
  /** `news`: the cursor moved or a stroke grew. `all`: strokes went or were changed. */
  readonly show: (what: 'news' | 'all') => void;
  readonly dispose: () => void;
}

/** Runs once before the next frame, however often it is asked to. */
function createFrame(run: () => void) {
  let id = 0;
  return {
    request: () => {
      id ||= requestAnimationFrame(() => {
        id = 0;
        run();
      });
    },
    cancel: () => cancelAnimationFrame(id),
  };
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

/** Makes the stage; it lays itself out when it comes into the page. */
export function createMaskStage(shown: StagedPicture, picture: Size, source: StageSource): MaskStage {
  const marks = createMarkLayer(picture);
  const cursor = createCursorLayer();
  const element = h('div', { class: 'mask-stage' }, shown.element, marks.element, cursor.element);
  element.style.setProperty('--ig-ratio', String(picture.width / picture.height));
  let size: Size = { width: 1, height: 1 };
  let viewport = viewports.fitted(picture, size);
  let isFitted = true;
  let isStale = true;

  const frame = createFrame(() => {
    const news = source.takeNews();
    if (isStale) marks.redraw(source.strokes(), viewport);
    else if (news) marks.append(news);
    if (isStale || news) marks.present();
    isStale = false;
    shown.place(viewport);
    cursor.draw(scaledCursor(source.cursor(), viewport), scaledBox(source.box(), viewport));
  });
  const stale = () => {
    isStale = true;
    frame.request();
  };
  const look = (next: Viewport) => {
    const isSame = next.scale === viewport.scale && next.left === viewport.left && next.top === viewport.top;
    viewport = next;
    if (isSame) return false;
    stale();
    source.viewChanged();
    return true;
  };
  const layOut = () => {
    size = { width: element.clientWidth, height: element.clientHeight };
    if (size.width === 0 || size.height === 0) return;
    marks.resize(size, devicePixelRatio);
    cursor.resize(size, devicePixelRatio);
    stale();
    look(
      isFitted
        ? viewports.fitted(picture, size)
        : viewports.zoomed(viewport, picture, size, 1, { x: 0, y: 0 }),
    );
  };
  const observer = new ResizeObserver(layOut);
  observer.observe(element);
  // The editor's zoom changes the pixels without changing the size.
  window.addEventListener('resize', layOut);

  return {
    element,
    viewport: () => viewport,
    size: () => size,
    zoom: (factor, at = { x: size.width / 2, y: size.height / 2 }) => {
      isFitted = false;
      look(viewports.zoomed(viewport, picture, size, factor, at));
    },
    fit: () => {
      isFitted = true;
      look(viewports.fitted(picture, size));
    },
    pan: (dx, dy) => look(viewports.panned(viewport, picture, size, dx, dy)),
    reveal: (at) => void look(viewports.revealed(viewport, picture, size, at)),
    show: (what) => (what === 'all' ? stale() : frame.request()),
    dispose: () => {
      frame.cancel();
      observer.disconnect();
      window.removeEventListener('resize', layOut);
      shown.dispose();
    },
  };
}
