import type { ImageAction, PanelImage, PanelStrings } from '../src/protocol/panel.ts';
import { h } from './dom.ts';
import { createImageTile, type ImageTile } from './imageTile.ts';
import { createRunningTile, type RunningTile } from './runningTile.ts';
import { isAwaitingImage, type PageState } from './state.ts';

/** The pictures of the request shown: those that are there, and the one on its way. */
export interface Tiles {
  readonly element: HTMLElement;
  readonly render: (state: PageState) => void;
  readonly find: (imageId: string) => ImageTile | undefined;
}

/** Takes away what is not shown any more, and what must be made anew because its file came or went. */
function removeGone(tiles: Map<string, ImageTile>, images: readonly PanelImage[]): void {
  for (const [id, tile] of tiles) {
    const now = images.find((image) => image.id === id);
    if (now && Boolean(now.bytes) === Boolean(tile.image.bytes)) continue;
    tile.element.remove();
    tile.dispose();
    tiles.delete(id);
  }
}

/** Makes the grid; tiles of pictures that stay are kept, so that focus and decoded pixels stay too. */
export function createTiles(
  strings: PanelStrings,
  act: (action: ImageAction, image: PanelImage) => void,
): Tiles {
  const element = h('ul', { class: 'tiles', role: 'list' });
  const tiles = new Map<string, ImageTile>();
  let running: { readonly startedAt: number; readonly tile: RunningTile } | undefined;

  const endRunning = () => {
    running?.tile.element.remove();
    const picture = running?.tile.release();
    running = undefined;
    return picture;
  };
  const render = (state: PageState) => {
    const { images, startedAt } = state.panel;
    removeGone(tiles, images);
    let place =
      running && (running.startedAt !== startedAt || !isAwaitingImage(state)) ? endRunning() : undefined;
    for (const image of images) {
      if (tiles.has(image.id)) continue;
      const tile = createImageTile(image, strings, act, image.bytes ? place : undefined);
      if (image.bytes) place = undefined;
      tiles.set(image.id, tile);
      element.append(tile.element);
    }
    place?.dispose();
    if (isAwaitingImage(state)) {
      running ??= { startedAt, tile: createRunningTile(startedAt, strings) };
      running.tile.update(state.frame, state.panel.waitLine);
      element.append(running.tile.element);
    }
    const count = element.childElementCount;
    element.hidden = count === 0;
    element.classList.toggle('one', count === 1);
  };
  return { element, render, find: (imageId) => tiles.get(imageId) };
}
