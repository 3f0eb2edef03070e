// Input that no person gives so fast, made inside the page: each function is carried there by Playwright.

interface PointerGlobals {
  readonly document: { querySelector(selector: string): EventTarget };
  readonly PointerEvent: new (name: string, how: object) => Event;
  readonly KeyboardEvent: new (name: string, how: object) => Event;
  readonly CanvasRenderingContext2D: { prototype: Record<'setTransform', (this: unknown) => void> };
  readonly OffscreenCanvasRenderingContext2D: { prototype: Record<'stroke' | 'drawImage', () => void> };
  requestAnimationFrame(run: () => void): void;
}

/** Runs in the page. */
export function moveInOneEvent(places: [number, number][]): void {
  const page = globalThis as unknown as PointerGlobals;
  const events = places.map(
    ([clientX, clientY]) =>
      new page.PointerEvent('pointermove', { pointerId: 1, pointerType: 'mouse', clientX, clientY }),
  );
  const [clientX, clientY] = places.at(-1)!;
  const all = {
    pointerId: 1,
    pointerType: 'mouse',
    clientX,
    clientY,
    coalescedEvents: events,
    bubbles: true,
  };
  page.document.querySelector('.mask-stage').dispatchEvent(new page.PointerEvent('pointermove', all));
}

/** Runs in the page: by keys, so many rectangles from corner to corner of the picture. */
export function fillWithRectangles(count: number): void {
  const page = globalThis as unknown as PointerGlobals;
  const stage = page.document.querySelector('.mask-stage');
  const press = (key: string, shiftKey = false) =>
    stage.dispatchEvent(new page.KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
  const go = (...keys: string[]) => {
    for (let turn = 0; turn < 20; turn++) for (const key of keys) press(key, true);
  };
  go('ArrowLeft', 'ArrowUp');
  for (let made = 0; made < count; made++) {
    press(' ');
    if (made % 2 === 0) go('ArrowRight', 'ArrowDown');
    else go('ArrowLeft', 'ArrowUp');
    press(' ');
  }
}

/** Runs in the page: 300 events of the mouse within one frame. @returns how often was drawn, by what */
export async function countDrawing(): Promise<Record<'strokes' | 'images' | 'cursors', number>> {
  const page = globalThis as unknown as PointerGlobals;
  const counts = { strokes: 0, images: 0, cursors: 0 };
  const hidden = page.OffscreenCanvasRenderingContext2D.prototype;
  const shown = page.CanvasRenderingContext2D.prototype;
  const { stroke, drawImage } = hidden;
  const { setTransform } = shown;
  hidden.stroke = function (...args) {
    counts.strokes++;
    stroke.apply(this, args);
  };
  hidden.drawImage = function (...args) {
    counts.images++;
    drawImage.apply(this, args);
  };
  // Of the canvases that are seen, only the cursor's sets it.
  shown.setTransform = function (...args) {
    counts.cursors++;
    setTransform.apply(this, args);
  };
  const stage = page.document.querySelector('.mask-stage');
  await new Promise<void>((resolve) => page.requestAnimationFrame(resolve));
  for (let at = 0; at < 300; at++) {
    const [clientX, clientY] = [400 + 80 * Math.sin(at / 20), 250 + 60 * Math.cos(at / 15)];
    const how = { pointerId: 1, pointerType: 'mouse', clientX, clientY, bubbles: true };
    stage.dispatchEvent(new page.PointerEvent('pointermove', how));
  }
  await new Promise<void>((resolve) => page.requestAnimationFrame(() => page.requestAnimationFrame(resolve)));
  Object.assign(hidden, { stroke, drawImage });
  Object.assign(shown, { setTransform });
  return counts;
}
