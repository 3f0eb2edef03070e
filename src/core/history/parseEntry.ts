import { type Cost, type Notice, noticeCodes } from '../events.ts';
import { asArray, asRecord, asString } from '../gateway/json.ts';
import { promptLimit } from '../generateArgs.ts';
import { timeInId } from '../originals/original.ts';
import { cutAtCharacter } from '../outsideText.ts';
import { receiptTopics, type ReceiptRow } from '../receipt.ts';
import { type HistoryEntry, type HistoryPicture, pictureStates, type ThumbnailPlace } from './entry.ts';
import { parseNotTold, parseParameters } from './parameters.ts';
import { isThumbnailId, mostThumbnailBytes } from './thumbnails.ts';

/** Pictures of one entry: ten can be asked for, some models send more. */
const mostPictures = 32;
const mostNotices = 40;
/** UTF-16 units. */
const most = { id: 200, words: 1000, row: 200, uri: 4096, amount: 40 } as const;
/** The latest time of a Date, in milliseconds since 1970. */
export const latestTime = 8.64e15;

const mediaTypes: readonly unknown[] = ['image/png', 'image/jpeg', 'image/webp', 'image/avif'];

/**
 * Reads an entry from outside: only what is known is taken over, each text within its bound. Ids have the form that
 * they are made in, so that none of them can name a file elsewhere.
 * @returns undefined where it is no entry, or one of its pictures is none
 */
export function parseEntry(value: unknown): HistoryEntry | undefined {
  const record = asRecord(value);
  const id = asString(record?.['id']);
  const time = id === undefined ? undefined : timeInId(id);
  if (record === undefined || id === undefined || time === undefined) return undefined;
  const given = asArray(record['pictures']);
  const pictures = given.slice(0, mostPictures).map(parsePicture);
  if (!pictures.every((one) => one !== undefined)) return undefined;
  const cost = parseCost(record['cost']);
  return {
    id,
    time,
    changedAt: isTime(record['changedAt']) ? record['changedAt'] : time,
    prompt: text(record['prompt'], promptLimit),
    model: text(record['model'], most.id),
    gateway: text(record['gateway'], most.id),
    parameters: parseParameters(record['parameters']),
    notTold: parseNotTold(record['notTold']),
    receipt: asArray(record['receipt']).slice(0, receiptTopics.length).flatMap(parseRow),
    ...(cost && { cost }),
    notices: asArray(record['notices']).slice(0, mostNotices).flatMap(parseNotice),
    pictures,
  };
}

function parsePicture(value: unknown): HistoryPicture | undefined {
  const record = asRecord(value) ?? {};
  const state = pictureStates.find((one) => one === record['state']);
  const { changedAt, mediaType, width, height } = record;
  const sha256 = asString(record['sha256']) ?? '';
  const saved = parseUri(record['saved']);
  if (state === undefined || !isTime(changedAt) || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  if (!mediaTypes.includes(mediaType) || !isSide(width) || !isSide(height)) return undefined;
  // Kept is what there is a file of.
  if ((state === 'kept') !== (saved !== undefined)) return undefined;
  const originalId = asString(record['originalId']);
  const thumbnail = parseThumbnail(record['thumbnail']);
  return {
    state,
    changedAt,
    ...(originalId !== undefined && timeInId(originalId) !== undefined && { originalId }),
    ...(thumbnail && { thumbnail }),
    ...(saved !== undefined && { saved }),
    ...{ sha256, mediaType: mediaType as string, width, height },
  };
}

function parseThumbnail(value: unknown): ThumbnailPlace | undefined {
  const record = asRecord(value);
  const id = asString(record?.['id']);
  const byteLength = record?.['byteLength'];
  if (id === undefined || !isThumbnailId(id) || !Number.isSafeInteger(byteLength)) return undefined;
  return { id, byteLength: Math.min(mostThumbnailBytes, Math.max(0, byteLength as number)) };
}

/** Something that is meant as a Uri; whether it lies in the workspace is for who uses it. */
function parseUri(value: unknown): string | undefined {
  const uri = asString(value);
  return uri !== undefined &&
    uri.length <= most.uri &&
    /^[a-z][a-z0-9+.-]*:[^\p{Cc}\p{Zl}\p{Zp}]+$/iu.test(uri)
    ? uri
    : undefined;
}

function parseRow(value: unknown): readonly ReceiptRow[] {
  const record = asRecord(value) ?? {};
  const topic = receiptTopics.find((one) => one === record['topic']);
  if (topic === undefined) return [];
  const [asked, came, saved] = [record['asked'], record['came'], record['saved']].map((one) =>
    text(one, most.row),
  ) as [string, string, string];
  return [{ topic, asked, came, saved, differs: record['differs'] === true }];
}

function parseNotice(value: unknown): readonly Notice[] {
  const record = asRecord(value) ?? {};
  const code = noticeCodes.find((one) => one === record['code']);
  return code === undefined ? [] : [{ code, message: text(record['message'], most.words) }];
}

function parseCost(value: unknown): Cost | undefined {
  const record = asRecord(value);
  const amount = text(record?.['amount'], most.amount);
  const currency = text(record?.['currency'], most.amount);
  return /^\d+(\.\d+)?$/.test(amount) && /^[A-Za-z]{1,10}$/.test(currency) ? { amount, currency } : undefined;
}

function text(value: unknown, limit: number): string {
  const given = asString(value) ?? '';
  return given.length > limit ? cutAtCharacter(given, limit) : given;
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= latestTime;
}

function isSide(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 65_536;
}
