import { imageActions, type ImageAction, type PanelImage, type PanelStrings } from '../src/protocol/panel.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { createPicture, type Picture } from './picture.ts';
import { createToolbar } from './toolbar.ts';
import { factsLine, fill } from './words.ts';

/** One picture with its words and actions. */
export interface ImageTile {
  readonly element: HTMLElement;
  readonly image: PanelImage;
  readonly blob: () => Blob | undefined;
  /** Shows for a moment, beside the actions, how the copy went. */
  readonly showCopied: (ok: boolean) => void;
  readonly dispose: () => void;
}

const flashMilliseconds = 4000;

/**
 * Makes the tile of a saved picture. `picture` is the place in which its frames were shown, so that the
 * last frame sharpens into the picture instead of vanishing.
 */
export function createImageTile(
  image: PanelImage,
  strings: PanelStrings,
  act: (action: ImageAction, image: PanelImage) => void,
  picture: Picture = createPicture(),
): ImageTile {
  picture.reserve(image.width, image.height);
  // Edges show on one of the two, whatever they are.
  picture.element.classList.toggle('see-through', image.hasAlpha);
  if (image.bytes) picture.show(image.bytes, image.mediaType, image.alt);
  else picture.element.replaceChildren(icon('picture'), h('p', {}, strings.fileMissing));
  const items = imageActions.map((action) => ({
    label: strings[action],
    run: () => act(action, image),
    enabled: action !== 'copyImage' || picture.blob() !== undefined,
  }));
  // Seen only: the live region says the same to those who listen.
  const flash = h('span', { class: 'flash', 'aria-hidden': 'true' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element: h(
      'li',
      { class: 'tile' },
      h('div', { class: 'stage' }, picture.element),
      h('p', { class: 'path' }, image.path),
      h('p', { class: 'facts' }, factsLine(image), flash),
      createToolbar(fill(strings.imageActions, image.path), items),
    ),
    image,
    blob: picture.blob,
    showCopied: (ok) => {
      flash.replaceChildren(icon(ok ? 'check' : 'warning'), ok ? strings.copied : strings.copyFailed);
      clearTimeout(timer);
      timer = setTimeout(() => flash.replaceChildren(), flashMilliseconds);
    },
    dispose: () => {
      clearTimeout(timer);
      picture.dispose();
    },
  };
}
