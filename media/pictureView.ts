import type { PanelPicture, PanelStrings, PictureAction } from '../src/protocol/panel.ts';
import { h } from './dom.ts';
import { icon } from './icons.ts';
import { createPicture, type Picture } from './picture.ts';
import { createToolbar } from './toolbar.ts';
import { factsLine, fill } from './words.ts';

/** One picture with its words and actions. */
export interface PictureView {
  readonly element: HTMLElement;
  readonly picture: PanelPicture;
  readonly blob: () => Blob | undefined;
  /** Shows for a moment, beside the actions, how the copy went. */
  readonly showCopied: (ok: boolean) => void;
  readonly dispose: () => void;
}

const flashMilliseconds = 4000;

/** What can be done with a picture of each state, the most usual first; what is rarer stands in a menu. */
const actionsOf: Readonly<
  Record<
    PanelPicture['state'],
    { readonly row: readonly PictureAction[]; readonly menu: readonly (readonly PictureAction[])[] }
  >
> = {
  draft: { row: ['keep', 'edit', 'discard'], menu: [['useAsReference', 'copyImage']] },
  discarded: { row: ['takeBack'], menu: [] },
  kept: {
    row: ['open', 'insertLink', 'edit'],
    menu: [
      ['useAsReference', 'reveal'],
      ['copyLink', 'copyPath', 'copyImage'],
    ],
  },
};

/** What nothing can be done with once the picture is gone. */
const needsBytes: ReadonlySet<PictureAction> = new Set(['edit', 'useAsReference', 'copyImage']);

/**
 * Makes the view of a picture that came. `place` is the one in which its frames were shown, so that the last frame
 * sharpens into the picture instead of vanishing.
 */
export function createPictureView(
  picture: PanelPicture,
  strings: PanelStrings,
  act: (action: PictureAction, picture: PanelPicture) => void,
  place: Picture = createPicture(),
): PictureView {
  const { state, bytes, path } = picture;
  place.reserve(picture.width, picture.height);
  // Edges show on one of the two, whatever they are.
  place.element.classList.toggle('see-through', picture.hasAlpha);
  if (bytes) place.show(bytes, picture.mediaType, picture.alt);
  else place.element.replaceChildren(icon('picture'), h('p', {}, strings.fileMissing));
  const itemOf = (action: PictureAction) => ({
    label: strings[action],
    run: () => act(action, picture),
    enabled: !needsBytes.has(action) || place.blob() !== undefined,
  });
  const { row, menu } = actionsOf[state];
  const groups = menu.map((actions) => ({ items: actions.map(itemOf) }));
  // Seen only: the live region says the same to those who listen.
  const flash = h('span', { class: 'flash', 'aria-hidden': 'true' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const name = { draft: strings.draft, discarded: strings.discarded, kept: path }[state];
  return {
    element: h(
      'div',
      { class: `picture-view ${state}` },
      h('div', { class: 'stage' }, place.element),
      h('p', { class: state === 'kept' ? 'path' : 'state' }, name),
      h('p', { class: 'facts' }, factsLine(picture), flash),
      createToolbar(
        fill(strings.imageActions, path === '' ? picture.alt : path),
        row.map(itemOf),
        groups.length > 0 ? { label: strings.moreActions, groups } : undefined,
      ),
    ),
    picture,
    blob: place.blob,
    showCopied: (ok) => {
      flash.replaceChildren(icon(ok ? 'check' : 'warning'), ok ? strings.copied : strings.copyFailed);
      clearTimeout(timer);
      timer = setTimeout(() => flash.replaceChildren(), flashMilliseconds);
    },
    dispose: () => {
      clearTimeout(timer);
      place.dispose();
    },
  };
}
