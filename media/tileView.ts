import type { PanelPicture, PanelStrings, PanelTile, PictureAction } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createNoticeList } from './noticeList.ts';
import { createPictureView, type PictureView } from './pictureView.ts';
import { createReceipt } from './receipt.ts';
import { type Frame, isAwaiting } from './state.ts';
import { createWaitingView, type WaitingView } from './waitingView.ts';
import { cancelledWords, fill } from './words.ts';

/** What a person can do with a tile. */
export interface TileActions {
  readonly act: (action: PictureAction, picture: PanelPicture) => void;
  readonly cancel: (tileId: string) => void;
  readonly showLog: () => void;
}

/** How a tile stands among others. */
export interface TilePlace {
  /** From 1. */
  readonly number: number;
  readonly isAlone: boolean;
  /** Whether the tiles are of several models. */
  readonly namesModel: boolean;
  /** Width divided by height of the picture that is expected. */
  readonly ratio: number;
}

/** One picture that was asked for: on its way, there, or what went wrong. */
export interface TileView {
  readonly element: HTMLElement;
  readonly render: (tile: PanelTile, frame: Frame | undefined) => void;
  readonly find: (pictureId: string) => PictureView | undefined;
  readonly dispose: () => void;
}

function createFailure(strings: PanelStrings, showLog: () => void) {
  const sentence = h('p');
  const button = h('button', { type: 'button', class: 'secondary', onclick: showLog }, strings.showLog);
  const words = h('div', {}, h('h2', {}, strings.failed), sentence, button);
  const element = h('section', { class: 'failure', 'aria-label': strings.failed }, icon('error'), words);
  return {
    element,
    render: ({ status, failure }: PanelTile) => {
      element.hidden = status !== 'failed';
      setText(sentence, failure);
    },
  };
}

/** The pictures of a tile, and the place of the one that is awaited. */
function createPictures(tileId: string, strings: PanelStrings, actions: TileActions, place: TilePlace) {
  const element = h('div', { class: 'pictures' });
  const views = new Map<string, PictureView>();
  let waiting: WaitingView | undefined;
  const cancel = place.isAlone
    ? undefined
    : { label: fill(strings.cancelTile, place.number), run: () => actions.cancel(tileId) };
  const endWaiting = () => {
    waiting?.element.remove();
    const released = waiting?.release();
    waiting = undefined;
    return released;
  };
  const removeChanged = (pictures: readonly PanelPicture[]) => {
    for (const [id, view] of views) {
      const now = pictures.find((picture) => picture.id === id);
      const { state, bytes, path } = view.picture;
      if (now?.state === state && now.path === path && Boolean(now.bytes) === Boolean(bytes)) continue;
      view.dispose();
      view.element.remove();
      views.delete(id);
    }
  };
  return {
    element,
    find: (id: string) => views.get(id),
    render: (tile: PanelTile, frame: Frame | undefined) => {
      removeChanged(tile.pictures);
      const isWaiting = isAwaiting(tile, frame);
      let released = isWaiting ? undefined : endWaiting();
      for (const [index, picture] of tile.pictures.entries()) {
        const there = element.children[index] ?? null;
        const known = views.get(picture.id);
        if (known !== undefined) {
          // One that took another's place is told of before its place is.
          if (known.element !== there) element.insertBefore(known.element, there);
          continue;
        }
        const view = createPictureView(picture, strings, actions.act, picture.bytes ? released : undefined);
        if (picture.bytes) released = undefined;
        views.set(picture.id, view);
        element.insertBefore(view.element, there);
      }
      released?.dispose();
      if (!isWaiting) return;
      waiting ??= createWaitingView(strings, place.ratio, cancel);
      waiting.update(tile, frame);
      element.append(waiting.element);
    },
    dispose: () => {
      endWaiting()?.dispose();
      for (const view of views.values()) view.dispose();
    },
  };
}

/** Makes a tile. */
export function createTileView(
  tileId: string,
  strings: PanelStrings,
  actions: TileActions,
  place: TilePlace,
): TileView {
  const model = h('p', { class: 'tile-model' });
  const text = h('p', { class: 'text' });
  const pictures = createPictures(tileId, strings, actions, place);
  const failure = createFailure(strings, actions.showLog);
  const howCancelled = h('span');
  const cancelled = h('p', { class: 'cancelled' }, icon('stopped'), howCancelled);
  const notices = createNoticeList(strings.notice);
  const receipt = createReceipt(strings);
  const cost = h('p', { class: 'cost' });
  const element = h('li', { class: 'tile' });
  element.append(
    ...[model, text, pictures.element, failure.element, cancelled, notices.element, receipt.element, cost],
  );
  return {
    element,
    find: pictures.find,
    dispose: pictures.dispose,
    render: (tile, frame) => {
      element.setAttribute('aria-busy', String(tile.status === 'queued' || tile.status === 'running'));
      setText(model, tile.model);
      model.hidden = !place.namesModel || tile.model === '';
      setText(text, tile.text);
      text.hidden = tile.text === '';
      pictures.render(tile, frame);
      pictures.element.hidden = pictures.element.childElementCount === 0;
      failure.render(tile);
      cancelled.hidden = tile.status !== 'cancelled';
      setText(howCancelled, cancelledWords(tile, strings));
      notices.render(tile.notices);
      receipt.render(tile.receipt);
      setText(cost, tile.costLine);
      cost.hidden = tile.costLine === '';
    },
  };
}
