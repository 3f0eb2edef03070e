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

type Mode = 'none' | 'paint' | 'pan' | 'pinch';

const middleButton = 1;
/** Pointer Events, section 4.1.1.1: the eraser end of a pen. */
const penEraserButton = 5;

interface Pinch {
  readonly centre: StagePoint;
  readonly distance: number;
}

function pinchOf(points: readonly StagePoint[]): Pinch | undefined {
  const [a, b] = points;
  if (!a || !b) return undefined;
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  // Two fingers on one spot have no direction to zoom in.
  return { centre, distance: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
}

/** Turns pointer events of the stage into what they mean. One mouse or pen, or up to two fingers. */
export function listenToPointers(stage: HTMLElement, actions: PointerActions): void {
  const down = new Map<number, StagePoint>();
  let mode: Mode = 'none';
  let isTouch = false;
  const placeOf = (event: MouseEvent): StagePoint => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: event.clientX - left - stage.clientLeft, y: event.clientY - top - stage.clientTop };
  };
  const finish = (how: 'end' | 'abort') => {
    if (mode === 'paint') actions[how]();
    mode = 'none';
  };
  const addFinger = () => {
    finish('abort');
    mode = 'pinch';
  };
  const begin = (event: PointerEvent, at: StagePoint) => {
    const isPan = event.button === middleButton || (actions.isHand() && event.button === 0);
    if (isPan) mode = 'pan';
    else if (event.button === 0 || event.button === penEraserButton) {
      mode = 'paint';
      actions.begin(at, event.button === penEraserButton);
    }
  };
  const pinch = (id: number, at: StagePoint) => {
    const before = pinchOf([...down.values()]);
    down.set(id, at);
    const after = pinchOf([...down.values()]);
    if (!before || !after) return;
    actions.pan(after.centre.x - before.centre.x, after.centre.y - before.centre.y);
    actions.zoom(after.distance / before.distance, after.centre);
  };

  stage.addEventListener('pointerdown', (event) => {
    const isFinger = event.pointerType === 'touch';
    // A palm beside the pen, a third finger, another mouse: not meant.
    if (down.size > 0 && !(isFinger && down.size === 1 && isTouch)) return;
    const at = placeOf(event);
    isTouch = isFinger;
    if (down.size === 1) addFinger();
    else begin(event, at);
    if (mode === 'none') return;
    down.set(event.pointerId, at);
    stage.setPointerCapture(event.pointerId);
    stage.focus({ preventScroll: true });
    event.preventDefault();
  });
  stage.addEventListener('pointermove', (event) => {
    const at = placeOf(event);
    const before = down.get(event.pointerId);
    if (event.pointerType !== 'touch') actions.hover(at);
    if (!before) return;
    if (mode === 'pinch') {
      pinch(event.pointerId, at);
      return;
    }
    down.set(event.pointerId, at);
    if (mode === 'pan') actions.pan(at.x - before.x, at.y - before.y);
    if (mode !== 'paint') return;
    const all = event.getCoalescedEvents().map(placeOf);
    actions.extend(all.length > 0 ? all : [at]);
  });
  const lift = (event: PointerEvent, how: 'end' | 'abort') => {
    if (!down.delete(event.pointerId)) return;
    // The finger that stays after a pinch does nothing more.
    if (mode !== 'pinch' || down.size === 0) finish(how);
  };
  stage.addEventListener('pointerup', (event) => lift(event, 'end'));
  stage.addEventListener('pointercancel', (event) => lift(event, 'abort'));
  stage.addEventListener('lostpointercapture', (event) => lift(event, 'end'));
  stage.addEventListener('pointerleave', () => actions.hover(undefined));
  // Chromium pastes or scrolls at a middle click otherwise.
  stage.addEventListener('mousedown', (event) => {
    if (event.button === middleButton) event.preventDefault();
  });
}
