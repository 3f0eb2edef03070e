import type {
  PanelPicture,
  PanelState,
  PanelStrings,
  PanelTile,
  ToWebviewMessage,
} from '../src/protocol/panel.ts';
import { draftReceived, noDraft, type Draft } from './draft.ts';

/** A picture on its way: the newest frame and how many came before and with it. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly number: number;
}

/** What the page shows: the host's state, and what is only under way. */
export interface PageState {
  /** Absent until the first snapshot; nothing is shown before it. */
  readonly strings: PanelStrings | undefined;
  readonly panel: PanelState;
  /** The newest frame of each tile that is under way. */
  readonly frames: ReadonlyMap<string, Frame>;
  readonly draft: Draft;
}

/** Before the first snapshot. */
export const initialState: PageState = {
  strings: undefined,
  panel: {
    prompt: '',
    form: { shape: '', count: 1, quality: '', background: '', format: '', seed: '' },
    maxCount: 1,
    absent: {},
    gatewayName: '',
    modelName: '',
    moreModels: [],
    priceLine: '',
    sessionLine: '',
    agentsLine: '',
    sheet: { prompt: '', startedAt: 0, ratio: 1, tiles: [] },
  },
  frames: new Map(),
  draft: noDraft,
};

/** What the page shows after the host has said `message`. */
export function reduce(state: PageState, message: ToWebviewMessage): PageState {
  switch (message.type) {
    case 'snapshot':
      return taken({ ...state, strings: message.strings }, message.state);
    case 'stateChanged':
      return taken(state, withBytes(message.state, state.panel));
    case 'textAdded':
      return withTile(state, message.tileId, (tile) => ({ ...tile, text: tile.text + message.text }));
    case 'partialImage': {
      const { tileId, bytes, mediaType } = message;
      if (!isUnderWay(state, tileId)) return state;
      const number = (state.frames.get(tileId)?.number ?? 0) + 1;
      return { ...state, frames: new Map(state.frames).set(tileId, { bytes, mediaType, number }) };
    }
    case 'pictureChanged': {
      const frames = new Map(state.frames);
      frames.delete(message.tileId);
      return withTile({ ...state, frames }, message.tileId, (tile) => ({
        ...tile,
        pictures: withPicture(tile.pictures, message.picture),
      }));
    }
    case 'pictureForClipboard':
    case 'focusPrompt':
    case 'history':
    case 'edit':
      return state;
  }
}

function taken(state: PageState, panel: PanelState): PageState {
  const running = new Set(panel.sheet.tiles.filter(({ status }) => status === 'running').map(({ id }) => id));
  return {
    ...state,
    panel,
    frames: new Map([...state.frames].filter(([id]) => running.has(id))),
    draft: draftReceived(state.draft, panel.prompt),
  };
}

/** The pictures of a state without bytes get those that the page has. */
function withBytes(next: PanelState, before: PanelState): PanelState {
  const known = new Map(picturesOf(before).map((picture) => [picture.id, picture]));
  const kept = (picture: PanelPicture): PanelPicture => {
    const { bytes, hasAlpha } = known.get(picture.id) ?? {};
    return bytes === undefined || picture.bytes !== undefined
      ? picture
      : { ...picture, bytes, hasAlpha: hasAlpha ?? false };
  };
  const tiles = next.sheet.tiles.map((tile) => ({ ...tile, pictures: tile.pictures.map(kept) }));
  return { ...next, sheet: { ...next.sheet, tiles } };
}

/** A picture said twice replaces itself: a snapshot and a delta may cross. */
function withPicture(pictures: readonly PanelPicture[], picture: PanelPicture): readonly PanelPicture[] {
  const at = pictures.findIndex((one) => one.id === picture.id);
  if (at < 0) return [...pictures, picture];
  const { bytes } = pictures[at] ?? {};
  return pictures.with(at, bytes && !picture.bytes ? { ...picture, bytes } : picture);
}

function withTile(state: PageState, id: string, change: (tile: PanelTile) => PanelTile): PageState {
  const { panel } = state;
  const tiles = panel.sheet.tiles.map((tile) => (tile.id === id ? change(tile) : tile));
  return { ...state, panel: { ...panel, sheet: { ...panel.sheet, tiles } } };
}

function isUnderWay({ panel }: PageState, tileId: string): boolean {
  return panel.sheet.tiles.some(({ id, status }) => id === tileId && status === 'running');
}

/** All pictures, in the order of their tiles. */
export function picturesOf({ sheet }: PanelState): readonly PanelPicture[] {
  return sheet.tiles.flatMap(({ pictures }) => pictures);
}

/** Whether anything is under way. */
export function isRunning({ panel }: PageState): boolean {
  return panel.sheet.tiles.some(({ status }) => status === 'queued' || status === 'running');
}

/** Nothing was ever asked for in this panel: the page says what it is for. */
export function isEmpty({ panel }: PageState): boolean {
  return panel.sheet.tiles.length === 0;
}

/**
 * A picture is still expected: a place for it shows. Between the picture and the end of its request there is nothing to
 * wait for that could be seen, so a further place comes only with a further frame.
 */
export function isAwaiting({ status, pictures }: PanelTile, frame: Frame | undefined): boolean {
  return status === 'queued' || (status === 'running' && (pictures.length === 0 || frame !== undefined));
}
