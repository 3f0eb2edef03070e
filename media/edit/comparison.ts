import type { ComparisonStrings } from '../../src/protocol/editStrings.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { fill } from '../words.ts';
import { pictureUrl } from './maskPicture.ts';

/** Two pictures, one on top of the other, with a handle between what is seen of them. */
export interface Comparison {
  readonly element: HTMLElement;
  /** Shows the original while it is held; stands beneath the pictures, and may be put beside other buttons. */
  readonly holdButton: HTMLButtonElement;
  /**
   * Shows the original and the edited picture, half of each.
   * @param width pixels of the edited picture; an original of another shape is shown whole within it
   * @returns once both can be painted, or one of them never will
   */
  readonly show: (before: Blob, after: Blob, width: number, height: number) => Promise<void>;
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

/** Lays a picture of another shape whole into the stage, with nothing of it where it does not reach. */
function fitInto(img: HTMLImageElement, ratio: number): void {
  const own = img.naturalWidth / img.naturalHeight || ratio;
  img.style.width = `${Math.min(1, own / ratio) * 100}%`;
  img.style.height = `${Math.min(1, ratio / own) * 100}%`;
}

/** The place of the pictures, and what is shown in it. */
function createStage(strings: ComparisonStrings, failed: () => void) {
  const element = h('div', { class: 'compare-stage' });
  const handle = h('div', { class: 'compare-handle', 'aria-hidden': 'true' }, icon('compare'));
  const show = (percent: number) => element.style.setProperty('--ig-edited', `${percent}%`);
  const { range, set } = createSlider(strings, show);
  const picture = (blob: Blob, side: string, words: string) => {
    const img = h('img', { class: `compare-picture see-through ${side}`, alt: words, draggable: 'false' });
    const caption = h('span', { class: `compare-caption ${side}`, 'aria-hidden': 'true' }, words);
    img.addEventListener('error', failed);
    img.src = pictureUrl(blob);
    return { img, caption };
  };
  listenToDrag(element, range, set);
  let shown: readonly HTMLImageElement[] = [];
  let turn = 0;
  const release = (images: readonly HTMLImageElement[]) => {
    for (const { src } of images) URL.revokeObjectURL(src);
  };
  return {
    element,
    hold: (isHeld: boolean) => element.classList.toggle('held', isHeld),
    show: async (before: Blob, after: Blob, width: number, height: number) => {
      const mine = ++turn;
      const original = picture(before, 'before', strings.original);
      const edited = picture(after, 'after', strings.edited);
      const images = [original.img, edited.img];
      // What was shown before stays until these can be painted.
      await Promise.allSettled(images.map((img) => img.decode()));
      release(mine === turn ? shown : images);
      if (mine !== turn) return;
      shown = images;
      element.style.setProperty('--ig-ratio', String(width / height));
      fitInto(original.img, width / height);
      element.style.setProperty('--ig-width', `${width}px`);
      element.replaceChildren(...images, original.caption, edited.caption, range, handle);
      set(half);
    },
    clear: () => {
      turn += 1;
      release(shown);
      shown = [];
      element.replaceChildren();
    },
  };
}

/** Makes the comparison, without pictures. */
export function createComparison(strings: ComparisonStrings): Comparison {
  const failure = h('p', { class: 'mask-status', role: 'status' });
  const stage = createStage(strings, () => failure.replaceChildren(strings.pictureFailed));
  const dispose = () => {
    stage.clear();
    failure.replaceChildren();
  };
  const holdButton = createHoldButton(strings.holdOriginal, stage.hold);
  const place = h('div', { class: 'compare-place' }, stage.element);
  const row = h('div', { class: 'row' }, holdButton);
  const attributes = { class: 'compare', 'aria-label': strings.comparison };
  return {
    element: h('section', attributes, place, row, failure),
    holdButton,
    show: (...pictures) => {
      failure.replaceChildren();
      return stage.show(...pictures);
    },
    dispose,
  };
}
