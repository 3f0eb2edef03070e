import type { PanelStrings } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import type { PictureView } from './pictureView.ts';
import { isEmpty, type PageState, picturesOf } from './state.ts';
import { createTileView, type TileActions, type TilePlace, type TileView } from './tileView.ts';

/** What a person can do with a sheet. */
export interface SheetActions extends TileActions {
  readonly keepAll: () => void;
  readonly discardAll: () => void;
}

/** The main area: the prompt, and a tile for every picture that was asked for. */
export interface SheetView {
  readonly element: HTMLElement;
  readonly render: (state: PageState) => void;
  readonly findPicture: (pictureId: string) => PictureView | undefined;
}

function createTiles(strings: PanelStrings, actions: SheetActions) {
  const element = h('ul', { class: 'tiles', role: 'list' });
  const tiles = new Map<string, TileView>();
  const place = ({ sheet }: PageState['panel'], index: number): TilePlace => ({
    number: index + 1,
    isAlone: sheet.tiles.length === 1,
    namesModel: new Set(sheet.tiles.map(({ model }) => model)).size > 1,
    ratio: sheet.ratio,
  });
  return {
    element,
    find: (id: string) => [...tiles.values()].map((tile) => tile.find(id)).find((view) => view !== undefined),
    render: ({ panel, frames }: PageState) => {
      const { tiles: shown } = panel.sheet;
      for (const [id, tile] of tiles) {
        if (shown.some((one) => one.id === id)) continue;
        tile.dispose();
        tile.element.remove();
        tiles.delete(id);
      }
      for (const [index, tile] of shown.entries()) {
        const view = tiles.get(tile.id) ?? createTileView(tile.id, strings, actions, place(panel, index));
        tiles.set(tile.id, view);
        view.render(tile, frames.get(tile.id));
        if (!view.element.isConnected) element.append(view.element);
      }
      element.hidden = shown.length === 0;
      element.classList.toggle('one', shown.length === 1);
    },
  };
}

/** What is done with all drafts at once; there while there are several. */
function createDraftsBar(strings: PanelStrings, { keepAll, discardAll }: SheetActions) {
  const button = (label: string, kind: string, run: () => void) =>
    h('button', { type: 'button', class: kind, onclick: run }, label);
  const element = h(
    'div',
    { class: 'drafts-bar' },
    h('p', {}, strings.draftHint),
    h(
      'div',
      { class: 'buttons' },
      button(strings.keepAll, 'secondary', keepAll),
      button(strings.discardAll, 'secondary', discardAll),
    ),
  );
  return {
    element,
    render: ({ panel }: PageState) => {
      element.hidden = !picturesOf(panel).some(({ state }) => state === 'draft');
    },
  };
}

/** Makes the main area. */
export function createSheetView(strings: PanelStrings, actions: SheetActions): SheetView {
  const empty = h(
    'div',
    { class: 'empty' },
    icon('picture'),
    h('h1', {}, strings.emptyTitle),
    h('p', {}, strings.emptyHint),
  );
  const heading = h('h1', { class: 'request-prompt' });
  const tiles = createTiles(strings, actions);
  const drafts = createDraftsBar(strings, actions);
  const session = h('p', { class: 'cost' });
  const sheet = h('div', { class: 'request' }, heading, drafts.element, tiles.element, session);
  // Also where the person has asked for nothing.
  const agents = h('p', { class: 'cost agents' });
  return {
    element: h('main', {}, empty, sheet, agents),
    findPicture: tiles.find,
    render: (state) => {
      const { panel } = state;
      empty.hidden = !isEmpty(state);
      sheet.hidden = isEmpty(state);
      setText(heading, panel.sheet.prompt);
      drafts.render(state);
      tiles.render(state);
      setText(session, panel.sessionLine);
      session.hidden = panel.sessionLine === '';
      setText(agents, panel.agentsLine);
      agents.hidden = panel.agentsLine === '';
    },
  };
}
