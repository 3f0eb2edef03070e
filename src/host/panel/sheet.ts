import type { Cost, FinishedImage, GenerationEvent, SavedImage, Usage } from '../../core/events.ts';
import { sentenceOf } from '../../core/failure.ts';
import type { Rgb } from '../../core/image/rgb.ts';
import type { ReceiptRow } from '../../core/receipt.ts';
import type { PanelForm, PictureState, TileStatus } from '../../protocol/panel.ts';

/** A picture under the id by which the page knows it. */
export interface SheetPicture {
  readonly id: string;
  readonly state: PictureState;
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
  readonly alt: string;
  /** The file that was made of it. */
  readonly saved?: SavedImage;
  /** Under which its bytes are kept as they came, and the colour of the background that was to be taken out. */
  readonly originalId?: string;
  readonly keyColour?: Rgb;
  /** Of what a person accepted in an edit: the history knows it under another id, and it stays as it is. */
  readonly historyId?: string;
  readonly isFinished?: true;
}

/** One picture that was asked for. */
export interface SheetTile {
  readonly id: string;
  /** The model's id; empty until it is known which one the gateway prefers. */
  readonly model: string;
  readonly gateway: string;
  readonly status: TileStatus;
  /** Milliseconds since the epoch; 0 while it waits for its turn. */
  readonly startedAt: number;
  readonly waitLine: string;
  readonly text: string;
  readonly failure: string;
  readonly costLine: string;
  readonly notices: readonly string[];
  readonly receipt: readonly ReceiptRow[];
  readonly pictures: readonly SheetPicture[];
}

/** What was asked for at once, without the pictures' bytes: small enough to be remembered between windows. */
export interface Sheet {
  readonly prompt: string;
  readonly form: PanelForm;
  /** Milliseconds since the epoch; 0 when nothing was ever asked for. */
  readonly startedAt: number;
  readonly tiles: readonly SheetTile[];
}

/** Settings of the form that ask for nothing. */
export const emptyForm: PanelForm = {
  shape: '',
  count: 1,
  quality: '',
  background: '',
  format: '',
  seed: '',
};

/** Nothing was ever asked for. */
export const emptySheet: Sheet = { prompt: '', form: emptyForm, startedAt: 0, tiles: [] };

/** The sheet as its requests begin: a tile at once for every picture. @param models ids; one may be empty */
export function startedSheet(
  prompt: string,
  form: PanelForm,
  models: readonly string[],
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Sheet {
  const tiles = models.flatMap((model) =>
    Array.from({ length: form.count }, () => ({ ...emptyTile, id: newId(), model })),
  );
  return { prompt, form, startedAt: now, tiles };
}

const emptyTile = {
  gateway: '',
  status: 'queued',
  startedAt: 0,
  waitLine: '',
  text: '',
  failure: '',
  costLine: '',
  notices: [],
  receipt: [],
  pictures: [],
} as const satisfies Omit<SheetTile, 'id' | 'model'>;

/** Whether something is under way. */
export function isRunning({ tiles }: Sheet): boolean {
  return tiles.some(({ status }) => status === 'queued' || status === 'running');
}

/** All pictures, in the order of their tiles. */
export function picturesOf({ tiles }: Sheet): readonly SheetPicture[] {
  return tiles.flatMap(({ pictures }) => pictures);
}

/** The sheet with one tile changed. */
export function withTile(sheet: Sheet, id: string, change: (tile: SheetTile) => SheetTile): Sheet {
  return { ...sheet, tiles: sheet.tiles.map((tile) => (tile.id === id ? change(tile) : tile)) };
}

/** The sheet with one picture changed. */
export function withPicture(
  sheet: Sheet,
  id: string,
  change: (picture: SheetPicture) => SheetPicture,
): Sheet {
  const tiles = sheet.tiles.map((tile) => ({
    ...tile,
    pictures: tile.pictures.map((picture) => (picture.id === id ? change(picture) : picture)),
  }));
  return { ...sheet, tiles };
}

/** The tile after one event of its request. @param newId makes the id of a picture @param alt of a draft */
export function reduceTile(
  tile: SheetTile,
  event: GenerationEvent,
  { newId, alt }: { readonly newId: () => string; readonly alt: string },
): SheetTile {
  switch (event.type) {
    case 'started':
      return { ...tile, gateway: event.gateway, model: event.model };
    case 'retrying':
      return { ...tile, waitLine: event.message };
    case 'text':
      return { ...tile, waitLine: '', text: tile.text + event.text };
    case 'saved':
      return { ...tile, pictures: [...tile.pictures, keptPicture(newId(), event.saved, event.image)] };
    case 'drafted':
      return { ...tile, pictures: [...tile.pictures, draftPicture(newId(), event.image, alt)] };
    case 'notice':
      // The picture, the words and the gateway's name say it already; a warning it is not.
      if (event.notice.code === 'sketch') return tile;
      return { ...tile, notices: [...tile.notices, event.notice.message] };
    case 'receipt':
      return { ...tile, receipt: event.rows };
    case 'usage':
      return { ...tile, costLine: costLine(event.usage, event.cost) };
    case 'finished':
      return { ...tile, status: 'finished', costLine: tile.costLine || costLine(undefined, undefined) };
    case 'failed':
      return { ...tile, status: 'failed', failure: sentenceOf(event.error) };
    case 'cancelled':
      return { ...tile, status: 'cancelled' };
    default:
      return tile;
  }
}

function keptPicture(id: string, saved: SavedImage, { received }: FinishedImage): SheetPicture {
  const { mediaType, width, height, byteLength, alt } = saved;
  const { originalId } = received;
  return {
    ...{ id, state: 'kept', mediaType, width, height, byteLength, alt, saved },
    ...(originalId !== undefined && { originalId }),
  };
}

/** A finished picture as a draft. @param alt what it shows */
export function draftPicture(
  id: string,
  { bytes, facts, received }: FinishedImage,
  alt: string,
): SheetPicture {
  const { originalId, keyColour } = received;
  return {
    ...{ id, state: 'draft', mediaType: `image/${facts.format}`, width: facts.width, height: facts.height },
    ...{ byteLength: bytes.length, alt },
    ...(originalId !== undefined && { originalId }),
    ...(keyColour && { keyColour }),
  };
}

/** What a request cost, as far as that is known, in a line. */
export function costLine(usage: Usage | undefined, cost: Cost | undefined): string {
  const tokens = usage?.['total_tokens'];
  const price =
    cost === undefined ? 'cost unknown' : cost.amount === '0' ? 'no cost' : `${cost.amount} ${cost.currency}`;
  return tokens === undefined || tokens === 0 ? price : `${price} · ${tokens} tokens`;
}
