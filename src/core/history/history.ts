import type { Notice } from '../events.ts';
import { nextTurn } from '../nextTurn.ts';
import { newOriginalId } from '../originals/original.ts';
import { queue } from '../queue.ts';
import {
  type HistoryEntry,
  type HistoryPicture,
  type NewHistoryEntry,
  originalsOf,
  type ThumbnailPlace,
  thumbnailsOf,
} from './entry.ts';
import type { HistorySize } from './entryTable.ts';
import { chooseEvicted, evictionNotice } from './evicting.ts';
import {
  type Appended,
  type HistoryAmendment,
  historyBounds,
  type HistoryParts,
  type KeptAs,
  type PicturePlace,
} from './historyParts.ts';
import { Journal } from './journal.ts';
import { latestTime, parseEntry } from './parseEntry.ts';
import { findPage, type HistoryPage, type HistoryQuery } from './query.ts';
import { Thumbnails } from './thumbnails.ts';

/** A thumbnail swept later than this may be one that another window is about to refer to. Milliseconds. */
const dayMs = 86_400_000;

/**
 * All generations of one workspace. It is opened by its first use; several windows may use the same folders, and each
 * sees what the others did after `refresh`. Every method rejects with what the file system says, and with nothing else,
 * whatever stands in the folders.
 */
export class History {
  private readonly parts: HistoryParts;
  private readonly bounds: HistorySize;
  private readonly now: () => number;
  private readonly journal: Journal;
  private readonly thumbnails: Thumbnails;
  private readonly inQueue = queue();
  private readonly listeners = new Set<() => void>();
  private isOpen = false;
  private isSwept = false;
  /** The revision of the table that listeners know. */
  private toldRevision = 0;

  constructor(parts: HistoryParts, bounds = historyBounds, now: () => number = Date.now) {
    this.parts = parts;
    this.bounds = bounds;
    this.now = now;
    this.journal = new Journal(parts.journal, bounds, now);
    this.thumbnails = new Thumbnails(parts.thumbnails, now);
  }

  /** Calls after every change, of this window or, after `refresh`, of another. @returns ends it */
  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Reads what other windows did. @returns whether something has changed */
  refresh(): Promise<boolean> {
    return this.inTurn(() => this.look());
  }

  /** Some of the entries that are wanted, the newest first. */
  async page(query: HistoryQuery = {}): Promise<HistoryPage> {
    await this.opened();
    return findPage(this.journal.table, query);
  }

  /** One entry; undefined where there is none of this id, or no longer. */
  async entry(id: string): Promise<HistoryEntry | undefined> {
    await this.opened();
    return this.journal.table.get(id);
  }

  /** Where the picture of these bytes as they came is; undefined where no entry has it. */
  async placeOf(originalId: string): Promise<PicturePlace | undefined> {
    await this.opened();
    for (const { id, pictures } of this.journal.table.newestFirst()) {
      const index = pictures.findIndex((picture) => picture.originalId === originalId);
      if (index >= 0) return { id, index };
    }
    return undefined;
  }

  /** The models of all entries, each once, the last used first. */
  async models(): Promise<readonly string[]> {
    await this.opened();
    const models = this.journal.table.newestFirst().map(({ model }) => model);
    return [...new Set(models)].filter((model) => model !== '');
  }

  /** Puts a generation in, each of its texts within its bound. @throws RangeError where a picture is none */
  append(entry: NewHistoryEntry): Promise<Appended> {
    return this.inTurn(async () => {
      if (!this.isOpen) await this.look();
      const now = this.now();
      const pictures = entry.pictures.map((picture) => ({ ...picture, changedAt: now }));
      const whole = checked({ ...entry, id: newOriginalId(now), changedAt: now, pictures });
      await this.journal.write([whole]);
      const notice = await this.tidy(whole.id);
      return { entry: whole, ...(notice && { notice }) };
    });
  }

  /** Adds what came later. @returns undefined where the entry is gone */
  amend(id: string, { morePictures = [], ...members }: HistoryAmendment): Promise<HistoryEntry | undefined> {
    return this.change(id, (entry, changedAt) => ({
      ...entry,
      ...members,
      pictures: [...entry.pictures, ...morePictures.map((picture) => ({ ...picture, changedAt }))],
    }));
  }

  /** Notes that a picture was kept as a file. @param index of the picture @returns undefined where it is gone */
  keep(id: string, index: number, keptAs: KeptAs): Promise<HistoryEntry | undefined> {
    return this.changePicture(id, index, (picture) => ({ ...picture, ...keptAs, state: 'kept' }));
  }

  /** Notes that a picture is not wanted, or is after all; a kept one stays kept. Its original stays where it is. */
  discard(id: string, index: number, isDiscarded = true): Promise<HistoryEntry | undefined> {
    return this.changePicture(id, index, (picture) =>
      picture.state === 'kept' ? picture : { ...picture, state: isDiscarded ? 'discarded' : 'draft' },
    );
  }

  /** Keeps the thumbnail of a picture. @throws RangeError where it is none */
  async setThumbnail(
    id: string,
    index: number,
    { bytes, mediaType }: { readonly bytes: Uint8Array; readonly mediaType: string },
  ): Promise<HistoryEntry | undefined> {
    const thumbnail = await this.thumbnails.keep(bytes, mediaType);
    return this.changePicture(id, index, (picture) => ({ ...picture, thumbnail }));
  }

  /** The bytes of a thumbnail; undefined where it is gone. `thumbnailType` says what they are. */
  thumbnail({ id }: Pick<ThumbnailPlace, 'id'>): Promise<Uint8Array | undefined> {
    return this.thumbnails.read(id);
  }

  /** Removes entries with their originals and thumbnails; nothing of them is left on the disk. Files stay. */
  remove(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      await this.look();
      const entries = ids.map((id) => this.journal.table.get(id)).filter((entry) => entry !== undefined);
      await this.drop(entries);
    });
  }

  /** Removes everything, what cannot be read too. */
  clear(): Promise<void> {
    return this.inTurn(async () => {
      await this.look();
      const all = this.journal.table.newestFirst();
      await this.journal.clear();
      await this.parts.discardOriginals(originalsOf(all));
      await this.thumbnails.sweep(() => false, Infinity);
    });
  }

  private async opened(): Promise<void> {
    if (!this.isOpen) await this.inTurn(() => (this.isOpen ? Promise.resolve(false) : this.look()));
  }

  private async look(): Promise<boolean> {
    const hasChanged = await this.journal.refresh();
    // What was there at the first look is no change.
    if (!this.isOpen) this.toldRevision = this.journal.table.revision;
    this.isOpen = true;
    return hasChanged;
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    return this.inQueue(async () => {
      try {
        return await task();
      } finally {
        const { revision } = this.journal.table;
        if (this.isOpen && revision !== this.toldRevision) {
          this.toldRevision = revision;
          for (const listener of this.listeners) listener();
        }
      }
    });
  }

  private changePicture(
    id: string,
    index: number,
    change: (picture: HistoryPicture) => HistoryPicture,
  ): Promise<HistoryEntry | undefined> {
    return this.change(id, (entry, changedAt) => {
      const picture = entry.pictures[index];
      const changed = picture && change(picture);
      if (changed === undefined || changed === picture) return entry;
      return { ...entry, pictures: entry.pictures.with(index, { ...changed, changedAt }) };
    });
  }

  private change(
    id: string,
    change: (entry: HistoryEntry, changedAt: number) => HistoryEntry,
  ): Promise<HistoryEntry | undefined> {
    return this.inTurn(async () => {
      await this.look();
      const entry = this.journal.table.get(id);
      if (entry === undefined) return undefined;
      // Later than whatever it changes, even where a clock went back.
      const times = [entry, ...entry.pictures].map((one) => one.changedAt + 1);
      const changedAt = Math.min(latestTime, Math.max(this.now(), ...times));
      const changed = change(entry, changedAt);
      if (changed === entry) return entry;
      await this.journal.write([checked({ ...changed, changedAt })]);
      await this.tidy(id);
      return this.journal.table.get(id);
    });
  }

  /** Keeps the history within its bounds and its files few. */
  private async tidy(newest: string): Promise<Notice | undefined> {
    try {
      const evicted = chooseEvicted(this.journal.table, this.bounds, newest);
      await this.drop(evicted.entries);
      await this.journal.pack();
      await this.sweepOnce();
      return evictionNotice(evicted);
    } catch {
      // What was to be written is written; the next change tries this again.
      return undefined;
    }
  }

  /** In an order in which a window that is killed leaves too much rather than an entry without its pictures. */
  private async drop(entries: readonly HistoryEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = this.now();
    await this.journal.write(
      [],
      entries.map(({ id }) => ({ id, at })),
    );
    await this.journal.purge(new Set(entries.map(({ id }) => id)));
    await this.thumbnails.remove(thumbnailsOf(entries));
    await this.parts.discardOriginals(originalsOf(entries));
  }

  /** Only where every entry is known: one that cannot be read has thumbnails, too. */
  private async sweepOnce(): Promise<void> {
    if (this.isSwept || !this.journal.isComplete) return;
    this.isSwept = true;
    const used = new Set<string>();
    for (const [index, entry] of this.journal.table.newestFirst().entries()) {
      for (const id of thumbnailsOf([entry])) used.add(id);
      if (index % 1000 === 999) await nextTurn();
    }
    await this.thumbnails.sweep((id) => used.has(id), this.now() - dayMs);
  }
}

function checked(entry: Omit<HistoryEntry, 'time'>): HistoryEntry {
  const read = parseEntry(entry);
  if (read === undefined) throw new RangeError('This is no entry of a history.');
  return read;
}
