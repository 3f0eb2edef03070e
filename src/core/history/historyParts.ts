import type { Cost, Notice } from '../events.ts';
import type { StorageFolder } from '../originals/storageFolder.ts';
import type { ReceiptRow } from '../receipt.ts';
import type { HistoryEntry, HistoryPicture, NewPicture } from './entry.ts';
import type { HistorySize } from './entryTable.ts';

/** What the history of one workspace may take; docs/bench-history.md says what 20,000 entries cost. */
export const historyBounds: HistorySize = {
  entries: 20_000,
  textBytes: 2 ** 26,
  /** 20,000 entries of two pictures. */
  thumbnailBytes: 3 * 2 ** 27,
};

/** What a history needs. Two folders, because one has a file for each thumbnail and the other is listed at each opening. */
export interface HistoryParts {
  readonly journal: StorageFolder;
  readonly thumbnails: StorageFolder;
  /** Forgets the bytes as they came (`Originals.discard`). */
  readonly discardOriginals: (ids: readonly string[]) => Promise<void>;
}

/** An entry that was appended. */
export interface Appended {
  readonly entry: HistoryEntry;
  /** That drafts of others had to go for it. */
  readonly notice?: Notice;
}

/** What is known of a generation later than its first picture; what is absent stays. */
export interface HistoryAmendment {
  readonly receipt?: readonly ReceiptRow[];
  readonly cost?: Cost;
  readonly notices?: readonly Notice[];
  /** After those that are there. */
  readonly morePictures?: readonly NewPicture[];
}

/** One picture of the history. */
export interface PicturePlace {
  /** Of the entry. */
  readonly id: string;
  readonly index: number;
}

/** The file that a picture was kept as. */
export type KeptAs = Required<Pick<HistoryPicture, 'saved'>> &
  Partial<Pick<HistoryPicture, 'sha256' | 'mediaType' | 'width' | 'height'>>;
