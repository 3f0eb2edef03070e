import type { HistoryEntry } from './entry.ts';
import { entryLine, type JournalLines, measureEntry, type Removal, type StoredEntry } from './journalFile.ts';
import { mergeEntries } from './mergeEntries.ts';

/** What a history takes. */
export interface HistorySize {
  readonly entries: number;
  /** Bytes of all entries in the journal. */
  readonly textBytes: number;
  readonly thumbnailBytes: number;
}

/** All entries in memory: what all files together say. */
export class EntryTable {
  /** Another number after every change. */
  revision = 0;
  private readonly all = new Map<string, StoredEntry>();
  private readonly removed = new Map<string, Removal>();
  /** Ids, the oldest first; undefined where they must be looked at again. It only grows: whoever reads it can go on. */
  private order: string[] | undefined = [];
  private textBytes = 0;
  private thumbnailBytes = 0;

  get size(): HistorySize {
    return {
      entries: this.all.size,
      textBytes: this.textBytes,
      thumbnailBytes: this.thumbnailBytes,
    };
  }

  get(id: string): HistoryEntry | undefined {
    return this.all.get(id)?.entry;
  }

  stored(id: string): StoredEntry | undefined {
    return this.all.get(id);
  }

  removal(id: string): Removal | undefined {
    return this.removed.get(id);
  }

  /** Ids of all entries, the oldest first. At its end it may grow while others have their turn, else it stays. */
  oldestFirst(): readonly string[] {
    return (this.order ??= [...this.all.keys()].sort());
  }

  /** All entries, the newest first. */
  newestFirst(): readonly HistoryEntry[] {
    const entries = this.oldestFirst().map((id) => this.get(id));
    return entries.filter((entry) => entry !== undefined).reverse();
  }

  /** Takes over what one file says. What was removed stays removed. */
  absorb({ entries, removals }: Pick<JournalLines, 'entries' | 'removals'>): void {
    for (const removal of removals) {
      this.removed.set(removal.id, removal);
      this.drop(removal.id);
    }
    for (const one of entries) if (!this.removed.has(one.entry.id)) this.put(one);
  }

  /** Forgets all that none of the files holds any more. */
  retain(ids: ReadonlySet<string>): void {
    for (const id of this.all.keys()) if (!ids.has(id)) this.drop(id);
    for (const id of this.removed.keys()) if (!ids.has(id)) this.removed.delete(id);
  }

  private put(one: StoredEntry): void {
    const { id } = one.entry;
    const known = this.all.get(id);
    if (known?.entry === one.entry) return;
    if (known === undefined) this.insert(id);
    const merged = known === undefined ? one : measureEntry(mergeEntries(known.entry, one.entry));
    // The same again, as two files of two windows can say it: whoever holds the entry goes on holding it.
    if (known !== undefined && entryLine(known.entry) === entryLine(merged.entry)) return;
    this.count(known, -1);
    this.all.set(id, merged);
    this.count(merged, 1);
    this.revision++;
  }

  private insert(id: string): void {
    const last = this.order?.at(-1);
    if (last === undefined || last < id) this.order?.push(id);
    else this.order = undefined;
  }

  private drop(id: string): void {
    const known = this.all.get(id);
    if (known === undefined) return;
    this.order = undefined;
    this.all.delete(id);
    this.count(known, -1);
    this.revision++;
  }

  private count(one: StoredEntry | undefined, sign: 1 | -1): void {
    if (one === undefined) return;
    this.textBytes += sign * one.byteLength;
    this.thumbnailBytes += sign * thumbnailBytesOf(one.entry);
  }
}

/** Bytes of the thumbnails of an entry. */
export function thumbnailBytesOf({ pictures }: HistoryEntry): number {
  return pictures.reduce((sum, { thumbnail }) => sum + (thumbnail?.byteLength ?? 0), 0);
}
