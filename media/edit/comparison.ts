import type { ComparisonStrings } from '../../src/protocol/editStrings.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { fill } from '../words.ts';
import { pictureUrl } from './maskPicture.ts';

/** Two pictures, one on top of the other, with a handle between what is seen of them. */
export interface Comparison {
  readonly element: HTMLElement;
  /**
   * Shows the original and the edited picture, half of each.
   * @param width pixels, of both
   */
  readonly show: (before: Blob, after: Blob, width: number, height: number) => void;
  /** Gives the memory back; `show` may come again. */
  readonly dispose: () => void;
}

const half = 50;

/** A button that does something while it is held, by pointer or key; a screen reader's click switches it. */
function createHoldButton(label: string, hold: (isHeld: boolean) => void): HTMLButtonElement {
  const button = h('button', { type: 'button', class: 'secondary', 'aria-pressed': 'false' }, label);
  let wasHeld = false;
  const set = (isHeld: boolean) => {
    button.setAttribute('aria-pressed', String(isHeld));
    hold(isHeld);
  };
  const isKey = ({ key }: KeyboardEvent) => key === ' ' || key === 'Enter';
  button.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    wasHeld = true;
    button.setPointerCapture(event.pointerId);
    set(true);
  });
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture', 'blur'] as const)
    button.addEventListener(name, () => set(false));
  button.addEventListener('keydown', (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    if (!event.repeat) set(true);
  });
  button.addEventListener('keyup', (event) => {
    if (!isKey(event)) return;
    event.preventDefault();
    set(false);
  });
  button.addEventListener('click', () => {
    if (!wasHeld) set(button.getAttribute('aria-pressed') !== 'true');
    wasHeld = false;
  });
  return button;
}

/** The slider: it runs from right to left, because the edited picture is on the right. */
function createSlider(strings: ComparisonStrings, show: (percent: number) => void) {
  const range = h('input', {
    ...{ type: 'range', min: '0', max: '100', dir: 'rtl', class: 'compare-range' },
    'aria-label': strings.slider,
  });
  const set = (percent: number) => {
    range.valueAsNumber = Math.round(Math.min(100, Math.max(0, percent)));
    range.setAttribute('aria-valuetext', fill(strings.shown, range.value));
    show(range.valueAsNumber);
  };
  range.addEventListener('input', () => set(range.valueAsNumber));
  return { range, set };
}

/** Lets the handle be dragged from anywhere on the stage. */
function listenToDrag(stage: HTMLElement, range: HTMLElement, set: (percent: number) => void): void {
  const follow = (event: PointerEvent) => {
    const { left, width } = stage.getBoundingClientRect();
    set(100 - ((event.clientX - left) / width) * 100);
  };
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    range.focus({ preventScroll: true });
    follow(event);
  });
  stage.addEventListener('pointermove', (event) => {
    if (stage.hasPointerCapture(event.pointerId)) follow(event);
  });
}

/** Makes the comparison, without pictures. */
export function createComparison(strings: ComparisonStrings): Comparison {
  const handle = h('div', { class: 'compare-handle', 'aria-hidden': 'true' }, icon('compare'));
  const caption = (words: string, side: string) =>
    h('span', { class: `compare-caption ${side}`, 'aria-hidden': 'true' }, words);
  const stage = h('div', { class: 'compare-stage' });
  const { range, set } = createSlider(strings, (percent) =>
    stage.style.setProperty('--ig-edited', `${percent}%`),
  );
  const hold = createHoldButton(strings.holdOriginal, (isHeld) => stage.classList.toggle('held', isHeld));
  const failure = h('p', { class: 'mask-status', role: 'status' });
  let urls: readonly string[] = [];
  const dispose = () => {
    urls.forEach((url) => URL.revokeObjectURL(url));
    urls = [];
    stage.replaceChildren();
    failure.replaceChildren();
  };
  const picture = (blob: Blob, side: string, alt: string) => {
    const img = h('img', { class: `compare-picture see-through ${side}`, alt, draggable: 'false' });
    img.addEventListener('error', () => failure.replaceChildren(strings.pictureFailed));
    img.src = pictureUrl(blob);
    return img;
  };
  listenToDrag(stage, range, set);
  return {
    element: h(
      'section',
      { class: 'compare', 'aria-label': strings.comparison },
      ...[stage, h('div', { class: 'row' }, hold), failure],
    ),
    show: (before, after, width, height) => {
      dispose();
      stage.style.setProperty('--ig-ratio', String(width / height));
      stage.style.setProperty('--ig-width', `${width}px`);
      const pictures = [picture(before, 'before', strings.original), picture(after, 'after', strings.edited)];
      urls = pictures.map(({ src }) => src);
      const captions = [caption(strings.original, 'before'), caption(strings.edited, 'after')];
      stage.replaceChildren(...pictures, ...captions, range, handle);
      set(half);
    },
    dispose,
  };
}
