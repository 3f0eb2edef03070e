import type { Cost, Notice } from '../events.ts';
import type { ReceiptRow } from '../receipt.ts';
import type { HistoryParameters } from './parameters.ts';

/** What a person decided about a picture: `draft` is nothing yet. */
export const pictureStates = ['draft', 'kept', 'discarded'] as const;
export type PictureState = (typeof pictureStates)[number];

/** A small picture of a picture, in the folder of thumbnails. */
export interface ThumbnailPlace {
  readonly id: string;
  readonly byteLength: number;
}

/** One picture of a generation. */
export interface HistoryPicture {
  readonly state: PictureState;
  /** Milliseconds since 1970; of two windows' words the later holds. */
  readonly changedAt: number;
  /** Of the bytes as they came (`Originals`); they may have been evicted there. Absent where they were not kept. */
  readonly originalId?: string;
  readonly thumbnail?: ThumbnailPlace;
  /** The Uri, as a string, of the file that was made of it; of every kept picture, and of no other. */
  readonly saved?: string;
  /** Of that file; of the received bytes while there is none. 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What one request was and what became of it. All its words are from outside, those of its notices too. */
export interface HistoryEntry {
  /** Sorts by time. */
  readonly id: string;
  /** When it was appended, in milliseconds since 1970: what the id says. */
  readonly time: number;
  readonly changedAt: number;
  readonly prompt: string;
  /** Ids. */
  readonly model: string;
  readonly gateway: string;
  readonly parameters: HistoryParameters;
  /** Parameters that were given and are not told, because a secret can stand in them. */
  readonly notTold: readonly string[];
  readonly receipt: readonly ReceiptRow[];
  /** Absent: unknown. */
  readonly cost?: Cost;
  readonly notices: readonly Notice[];
  readonly pictures: readonly HistoryPicture[];
}

/** A picture as it is put into the history. */
export type NewPicture = Omit<HistoryPicture, 'changedAt'>;

/** A generation as it is put into the history. */
export interface NewHistoryEntry extends Omit<HistoryEntry, 'id' | 'time' | 'changedAt' | 'pictures'> {
  readonly pictures: readonly NewPicture[];
}

/** Whether the person decided about a picture of it and took it. */
export function isKept({ pictures }: HistoryEntry): boolean {
  return pictures.some(({ state }) => state === 'kept');
}

/** How many of its pictures nobody has decided about: they are paid for. */
export function draftCount({ pictures }: HistoryEntry): number {
  return pictures.filter(({ state }) => state === 'draft').length;
}

/** Ids of the bytes as they came. */
export function originalsOf(entries: readonly HistoryEntry[]): readonly string[] {
  return entries.flatMap(({ pictures }) => pictures.flatMap(({ originalId }) => originalId ?? []));
}

/** Ids of thumbnails. */
export function thumbnailsOf(entries: readonly HistoryEntry[]): readonly string[] {
  return entries.flatMap(({ pictures }) => pictures.flatMap(({ thumbnail }) => thumbnail?.id ?? []));
}
