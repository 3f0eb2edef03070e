import type { StagePoint } from './viewport.ts';

/** What hands do on the stage; places and ways in CSS pixels. */
export interface PointerActions {
  /** Whether the tool moves the view instead of marking. */
  readonly isHand: () => boolean;
  /** @param erases the pen is held upside down */
  readonly begin: (at: StagePoint, erases: boolean) => void;
  readonly extend: (points: readonly StagePoint[]) => void;
  readonly end: () => void;
  /** What was begun is not meant: a second finger came, or the system took the pointer. */
  readonly abort: () => void;
  /** Undefined when the pointer has left. */
  readonly hover: (at: StagePoint | undefined) => void;
  readonly pan: (dx: number, dy: number) => void;
  readonly zoom: (factor: number, at: StagePoint) => void;
}

const middleButton = 1;
/** Pointer Events, level 2, section 4.1: the eraser end of a pen. */
const penEraserButton = 5;

/** Where an event was on the stage, in CSS pixels from its top left. */
export function stagePoint(stage: HTMLElement, event: MouseEvent): StagePoint {
  const { left, top } = stage.getBoundingClientRect();
  return { x: event.clientX - left - stage.clientLeft, y: event.clientY - top - stage.clientTop };
}

function pinchOf(points: readonly StagePoint[]) {
  const [a, b] = points;
  if (!a || !b) return undefined;
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  // Two fingers on one spot have no direction to zoom in.
  return { centre, distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
}

/** Turns pointer events of the stage into what they mean: one mouse, one pen, or up to two fingers. */
export class PointerInput {
  readonly #stage: HTMLElement;
  readonly #actions: PointerActions;
  /** Those that are pressed, and where they are. */
  readonly #pressed = new Map<number, StagePoint>();
  #mode: 'none' | 'paint' | 'pan' | 'pinch' = 'none';
  #isFinger = false;

  constructor(stage: HTMLElement, actions: PointerActions) {
    this.#stage = stage;
    this.#actions = actions;
    stage.addEventListener('pointerdown', (event) => this.#press(event));
    stage.addEventListener('pointermove', (event) => this.#move(event));
    stage.addEventListener('pointerup', (event) => this.#lift(event, 'end'));
    stage.addEventListener('pointercancel', (event) => this.#lift(event, 'abort'));
    stage.addEventListener('lostpointercapture', (event) => this.#lift(event, 'end'));
    stage.addEventListener('pointerleave', () => actions.hover(undefined));
    // Chromium scrolls at a middle click otherwise.
    stage.addEventListener('mousedown', (event) => {
      if (event.button === middleButton) event.preventDefault();
    });
  }

  #press(event: PointerEvent): void {
    const isFinger = event.pointerType === 'touch';
    const isSecondFinger = isFinger && this.#isFinger && this.#pressed.size === 1;
    // A palm beside the pen, a third finger, another mouse: not meant.
    if (this.#pressed.size > 0 && !isSecondFinger) return;
    this.#isFinger = isFinger;
    const at = stagePoint(this.#stage, event);
    if (isSecondFinger) this.#beginPinch();
    else this.#begin(event, at);
    if (this.#mode === 'none') return;
    this.#pressed.set(event.pointerId, at);
    this.#stage.setPointerCapture(event.pointerId);
    this.#stage.focus({ preventScroll: true });
    event.preventDefault();
  }

  #begin({ button }: PointerEvent, at: StagePoint): void {
    if (button === middleButton || (button === 0 && this.#actions.isHand())) this.#mode = 'pan';
    else if (button === 0 || button === penEraserButton) {
      this.#mode = 'paint';
      this.#actions.begin(at, button === penEraserButton);
    }
  }

  #beginPinch(): void {
    this.#finish('abort');
    this.#mode = 'pinch';
  }

  #move(event: PointerEvent): void {
    const at = stagePoint(this.#stage, event);
    const before = this.#pressed.get(event.pointerId);
    if (event.pointerType !== 'touch') this.#actions.hover(at);
    if (!before) return;
    const pinchBefore = pinchOf([...this.#pressed.values()]);
    this.#pressed.set(event.pointerId, at);
    if (this.#mode === 'pan') this.#actions.pan(at.x - before.x, at.y - before.y);
    if (this.#mode === 'paint') this.#extend(event, at);
    const pinch = pinchOf([...this.#pressed.values()]);
    if (this.#mode !== 'pinch' || !pinchBefore || !pinch) return;
    this.#actions.pan(pinch.centre.x - pinchBefore.centre.x, pinch.centre.y - pinchBefore.centre.y);
    this.#actions.zoom(pinch.distance / pinchBefore.distance, pinch.centre);
  }

  /** The browser joins events to one for each frame; a stroke takes all the points in it. */
  #extend(event: PointerEvent, at: StagePoint): void {
    const points = event.getCoalescedEvents().map((one) => stagePoint(this.#stage, one));
    this.#actions.extend(points.length > 0 ? points : [at]);
  }

  #lift(event: PointerEvent, how: 'end' | 'abort'): void {
    if (!this.#pressed.delete(event.pointerId)) return;
    // The finger that stays after a pinch does nothing more.
    if (this.#mode !== 'pinch' || this.#pressed.size === 0) this.#finish(how);
  }

  #finish(how: 'end' | 'abort'): void {
    if (this.#mode === 'paint') this.#actions[how]();
    this.#mode = 'none';
  }
}
