import { stagePoint } from './pointerInput.ts';
import type { StagePoint } from './viewport.ts';

const pixelsPerLine = 16;
/** One notch of a wheel is 100 pixels or more, a touchpad's steps are a few: a notch makes a quarter. */
const mostStep = 25;
const zoomPerPixel = 0.01;

/**
 * Ctrl or Cmd with the wheel zooms, and so does a pinch on a touchpad, which comes as that; else it moves the
 * view.
 * @param pan tells whether the view moved: where it could not, the page scrolls as it would anywhere
 */
export function listenToWheel(
  stage: HTMLElement,
  pan: (dx: number, dy: number) => boolean,
  zoom: (factor: number, at: StagePoint) => void,
): void {
  const onWheel = (event: WheelEvent) => {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : pixelsPerLine;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (!event.ctrlKey && !event.metaKey) {
      if (pan(-dx, -dy)) event.preventDefault();
      return;
    }
    event.preventDefault();
    const step = Math.max(-mostStep, Math.min(mostStep, dy));
    zoom(Math.exp(-step * zoomPerPixel), stagePoint(stage, event));
  };
  stage.addEventListener('wheel', onWheel, { passive: false });
}
