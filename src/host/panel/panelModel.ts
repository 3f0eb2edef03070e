import type { Cost, GenerationEvent, SavedImage, Usage } from '../../core/events.ts';
import { sentenceOf } from '../../core/failure.ts';
import { receiptTopics, type ReceiptRow } from '../../core/receipt.ts';
import type { PanelState } from '../../protocol/panel.ts';

/** A saved picture under the id by which the page knows it. */
export interface ShownImage {
  readonly id: string;
  readonly saved: SavedImage;
}

/** What the panel shows, without the pictures' bytes: small enough to be remembered between windows. */
export interface PanelModel extends Omit<
  PanelState,
  'gatewayName' | 'modelName' | 'sessionLine' | 'images' | 'receipt'
> {
  readonly receipt: readonly ReceiptRow[];
  /** The gateway's id and the model that the last request asked; empty before the first. */
  readonly gateway: string;
  readonly model: string;
  readonly images: readonly ShownImage[];
}

/** A panel in which nothing was ever made. */
export const emptyPanelModel: PanelModel = {
  prompt: '',
  status: 'idle',
  requestPrompt: '',
  startedAt: 0,
  waitLine: '',
  text: '',
  failure: '',
  costLine: '',
  notices: [],
  receipt: [],
  gateway: '',
  model: '',
  images: [],
};

/** The panel as a request begins. @param now milliseconds since the epoch */
export function started(model: PanelModel, prompt: string, now: number): PanelModel {
  return {
    ...emptyPanelModel,
    prompt: model.prompt,
    gateway: model.gateway,
    model: model.model,
    status: 'running',
    requestPrompt: prompt,
    startedAt: now,
  };
}

/** The panel after one event of its request. @param newId makes the id of a picture */
export function reduce(model: PanelModel, event: GenerationEvent, newId: () => string): PanelModel {
  switch (event.type) {
    case 'started':
      return { ...model, gateway: event.gateway, model: event.model };
    case 'retrying':
      return { ...model, waitLine: event.message };
    case 'text':
      return { ...model, waitLine: '', text: model.text + event.text };
    case 'saved':
      return { ...model, images: [...model.images, { id: newId(), saved: event.saved }] };
    case 'notice':
      // The picture, the words and the gateway's name say it already; a warning it is not.
      if (event.notice.code === 'sketch') return model;
      return { ...model, notices: [...model.notices, event.notice.message] };
    case 'receipt':
      return { ...model, receipt: event.rows };
    case 'usage':
      return { ...model, costLine: costLine(event.usage, event.cost) };
    case 'finished':
      return { ...model, status: 'finished', costLine: model.costLine || costLine(undefined, undefined) };
    case 'failed':
      return { ...model, status: 'failed', failure: sentenceOf(event.error) };
    case 'cancelled':
      return { ...model, status: 'cancelled' };
    default:
      return model;
  }
}

function costLine(usage: Usage | undefined, cost: Cost | undefined): string {
  const tokens = usage?.['total_tokens'];
  const price =
    cost === undefined ? 'cost unknown' : cost.amount === '0' ? 'no cost' : `${cost.amount} ${cost.currency}`;
  return tokens === undefined || tokens === 0 ? price : `${price} · ${tokens} tokens`;
}

/**
 * Checks a remembered panel, of this version or another. A request that was running when the window
 * closed is over.
 */
export function parsePanelModel(stored: unknown): PanelModel {
  if (typeof stored !== 'object' || stored === null) return emptyPanelModel;
  const value = stored as Partial<Record<keyof PanelModel, unknown>>;
  const text = (member: keyof PanelModel) => (typeof value[member] === 'string' ? value[member] : '');
  const status = (['idle', 'finished', 'failed', 'cancelled'] as const).find((one) => one === value.status);
  return {
    prompt: text('prompt'),
    status: status ?? (value.status === 'running' ? 'cancelled' : 'idle'),
    requestPrompt: text('requestPrompt'),
    startedAt: typeof value.startedAt === 'number' ? value.startedAt : 0,
    waitLine: '',
    text: text('text'),
    failure: text('failure'),
    costLine: text('costLine'),
    notices: Array.isArray(value.notices)
      ? value.notices.filter((one): one is string => typeof one === 'string')
      : [],
    receipt: Array.isArray(value.receipt) ? value.receipt.filter(isReceiptRow) : [],
    gateway: text('gateway'),
    model: text('model'),
    images: Array.isArray(value.images) ? value.images.filter(isShownImage) : [],
  };
}

function isReceiptRow(value: unknown): value is ReceiptRow {
  const row = (value ?? {}) as Partial<Record<keyof ReceiptRow, unknown>>;
  return (
    receiptTopics.some((topic) => topic === row.topic) &&
    [row.asked, row.came, row.saved].every((one) => typeof one === 'string') &&
    typeof row.differs === 'boolean'
  );
}

function isShownImage(value: unknown): value is ShownImage {
  const { id, saved } = (value ?? {}) as { id?: unknown; saved?: Partial<SavedImage> | null };
  return (
    typeof id === 'string' &&
    typeof saved?.uri === 'string' &&
    typeof saved.alt === 'string' &&
    typeof saved.mediaType === 'string' &&
    [saved.width, saved.height, saved.byteLength].every((one) => typeof one === 'number')
  );
}
