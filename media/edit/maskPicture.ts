import { h } from '../dom.ts';
import { isShowable } from '../words.ts';
import type { Size, Viewport } from './viewport.ts';

/** A picture on a stage, scaled and moved by the browser's compositor, which needs no redrawing of ours. */
export interface StagedPicture {
  readonly element: HTMLImageElement;
  readonly place: (viewport: Viewport) => void;
  /** Resolves once it can be painted, or never will be. */
  readonly ready: Promise<void>;
  /** Gives the memory back. */
  readonly dispose: () => void;
}

/** From here on a picture's pixels are shown as squares: what is painted over can be counted. */
const pixelatedScale = 4;

/** Only the four kinds of picture are shown; anything else fails as a damaged one does. */
export function pictureUrl(picture: Blob): string {
  return isShowable(picture.type) ? URL.createObjectURL(picture) : 'blob:';
}

/** Makes the picture; `failed` is called where it cannot be shown. */
export function createStagedPicture(
  picture: Blob,
  { width, height }: Size,
  alt: string,
  failed: () => void,
): StagedPicture {
  const element = h('img', { class: 'mask-picture', alt, draggable: 'false', decoding: 'async' });
  const url = pictureUrl(picture);
  element.addEventListener('error', failed);
  element.src = url;
  element.style.width = `${width}px`;
  element.style.height = `${height}px`;
  return {
    element,
    ready: element.decode().catch(() => undefined),
    place: ({ scale, left, top }) => {
      element.style.transform = `translate(${left}px, ${top}px) scale(${scale})`;
      element.style.imageRendering = scale >= pixelatedScale ? 'pixelated' : 'auto';
    },
    dispose: () => URL.revokeObjectURL(url),
  };
}
