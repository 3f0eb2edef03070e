import type { SavedImage } from '../../core/events.ts';
import { asArray, asRecord, asStrings } from '../../core/gateway/json.ts';
import { receiptTopics, type ReceiptRow } from '../../core/receipt.ts';
import { type PanelForm, pictureStates, tileStatuses } from '../../protocol/panel.ts';
import { emptyForm, emptySheet, type Sheet, type SheetPicture, type SheetTile } from './sheet.ts';

/** What the panel remembers between windows. */
export interface PanelModel {
  /** What stands in the prompt box. */
  readonly prompt: string;
  readonly form: PanelForm;
  /** Ids of further models that make the same pictures. */
  readonly moreModels: readonly string[];
  readonly sheet: Sheet;
}

/** A panel in which nothing was ever made. */
export const emptyPanelModel: PanelModel = { prompt: '', form: emptyForm, moreModels: [], sheet: emptySheet };

/** Besides the chosen one. */
export const mostMoreModels = 3;

/**
 * Checks a remembered panel, of this version or another; what is not understood is left out. A request that was running
 * when the window closed is over.
 */
export function parsePanelModel(stored: unknown): PanelModel {
  const value = asRecord(stored);
  if (value === undefined) return emptyPanelModel;
  return {
    prompt: textOf(value['prompt']),
    form: parseForm(value['form']),
    moreModels: asStrings(value['moreModels']).slice(0, mostMoreModels),
    sheet: parseSheet(value['sheet']),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : 0;
}

function parseForm(stored: unknown): PanelForm {
  const value = asRecord(stored) ?? {};
  const count = numberOf(value['count']);
  const { shape, quality, background, format, seed } = value;
  return {
    ...{ shape: textOf(shape), quality: textOf(quality), background: textOf(background) },
    ...{ format: textOf(format), seed: textOf(seed), count: Math.min(10, Math.max(1, count)) },
  };
}

function parseSheet(stored: unknown): Sheet {
  const value = asRecord(stored);
  if (value === undefined) return emptySheet;
  return {
    prompt: textOf(value['prompt']),
    form: parseForm(value['form']),
    startedAt: numberOf(value['startedAt']),
    tiles: asArray(value['tiles'])
      .slice(0, 40)
      .flatMap((tile) => parseTile(tile) ?? []),
  };
}

function parseTile(stored: unknown): SheetTile | undefined {
  const tile = asRecord(stored);
  if (tile === undefined || typeof tile['id'] !== 'string') return undefined;
  const status = tileStatuses.find((one) => one === tile['status']) ?? 'cancelled';
  const { id, model, gateway, text, failure, costLine } = tile;
  return {
    ...{ id, model: textOf(model), gateway: textOf(gateway), text: textOf(text), failure: textOf(failure) },
    ...{ costLine: textOf(costLine), waitLine: '', startedAt: numberOf(tile['startedAt']) },
    status: status === 'queued' || status === 'running' ? 'cancelled' : status,
    notices: asStrings(tile['notices']),
    receipt: asArray(tile['receipt']).filter(isReceiptRow),
    pictures: asArray(tile['pictures']).filter(isPicture),
  };
}

function isReceiptRow(value: unknown): value is ReceiptRow {
  const row = asRecord(value);
  return (
    receiptTopics.some((topic) => topic === row?.['topic']) &&
    ['asked', 'came', 'saved'].every((name) => typeof row?.[name] === 'string') &&
    typeof row?.['differs'] === 'boolean'
  );
}

function isPicture(value: unknown): value is SheetPicture {
  const picture = asRecord(value);
  if (picture === undefined) return false;
  const { id, state, mediaType, alt, width, height, byteLength, saved, originalId } = picture;
  const { historyId, isFinished } = picture;
  return (
    [id, mediaType, alt].every((one) => typeof one === 'string') &&
    pictureStates.some((one) => one === state) &&
    [width, height, byteLength].every((one) => typeof one === 'number') &&
    (saved === undefined ? state !== 'kept' : isSaved(saved)) &&
    [originalId, historyId].every((one) => one === undefined || typeof one === 'string') &&
    (isFinished === undefined || isFinished === true)
  );
}

function isSaved(value: unknown): value is SavedImage {
  const saved = asRecord(value);
  return typeof saved?.['uri'] === 'string' && typeof saved['alt'] === 'string';
}
