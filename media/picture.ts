import { h } from './dom.ts';
import { isShowable } from './words.ts';

/** A place in which a picture is shown, and in which a better one replaces it without a flicker. */
export interface Picture {
  readonly element: HTMLElement;
  /** What is shown or about to be; undefined when there is nothing that may be shown. */
  readonly blob: () => Blob | undefined;
  readonly show: (bytes: Uint8Array, mediaType: string, alt: string) => void;
  /** Resolves once what `show` was last called with is shown, or cannot be. */
  readonly settled: () => Promise<void>;
  /** Lays out the place for a picture of which only the shape is known: its width divided by its height. */
  readonly expect: (ratio: number) => void;
  /** Lays out the place before the picture is there. `width` caps it: small pictures stay small. */
  readonly reserve: (width: number, height: number) => void;
  /** Gives the memory back. */
  readonly dispose: () => void;
}

/** Only the four kinds of picture become a Blob; an SVG or HTML that a gateway sent shows nothing. */
function blobOf(bytes: Uint8Array, mediaType: string): Blob | undefined {
  if (!isShowable(mediaType)) return undefined;
  // Structured clone never makes a SharedArrayBuffer here, which is all that the type leaves open.
  return new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
}

function shape(element: HTMLElement, width: number, height: number, capped: boolean): void {
  if (width <= 0 || height <= 0) return;
  element.style.setProperty('--ig-ratio', String(width / height));
  if (capped) element.style.setProperty('--ig-width', `${width}px`);
}

/** Makes the place; empty until `show`. */
export function createPicture(): Picture {
  const element = h('div', { class: 'picture' });
  let blob: Blob | undefined;
  let shownUrl = '';
  let shownTurn = 0;
  let lastTurn = 0;
  let decoding: Promise<void> = Promise.resolve();

  const swap = (img: HTMLImageElement, turn: number) => {
    // Frames may finish decoding out of order; an older one never replaces a newer one.
    if (turn < shownTurn) {
      URL.revokeObjectURL(img.src);
      return;
    }
    shape(element, img.naturalWidth, img.naturalHeight, false);
    element.replaceChildren(img);
    URL.revokeObjectURL(shownUrl);
    shownUrl = img.src;
    shownTurn = turn;
  };

  return {
    element,
    blob: () => blob,
    show: (bytes, mediaType, alt) => {
      blob = blobOf(bytes, mediaType);
      if (!blob) return;
      const img = h('img', { alt, draggable: 'false' });
      img.src = URL.createObjectURL(blob);
      const turn = ++lastTurn;
      decoding = img.decode().then(
        () => swap(img, turn),
        () => URL.revokeObjectURL(img.src),
      );
    },
    settled: () => decoding,
    expect: (ratio) => shape(element, ratio, 1, false),
    reserve: (width, height) => shape(element, width, height, true),
    dispose: () => {
      // Whatever is still being decoded is older than this and gives its URL back by itself.
      shownTurn = ++lastTurn;
      URL.revokeObjectURL(shownUrl);
      element.replaceChildren();
    },
  };
}
