import { nextTurn } from '../nextTurn.ts';
import { newOriginalId, timeInId } from '../originals/original.ts';
import type { StorageFolder } from '../originals/storageFolder.ts';
import type { HistoryEntry } from './entry.ts';
import { EntryTable, type HistorySize } from './entryTable.ts';
import {
  entryLine,
  type JournalLines,
  measureEntry,
  readJournal,
  type Removal,
  removalLine,
  type StoredEntry,
} from './journalFile.ts';
import { mostPackBytes, planPacking } from './packing.ts';

const extension = '.jsonl';
/** Larger files are nobody's of ours and not read. */
const mostFileBytes = 4 * mostPackBytes;
const mostFiles = 4096;
/** Files that are read at the same time. */
const atOnce = 8;
/** After a day no other window is still writing a file, or about to say that an entry is there which was removed. */
const dayMs = 86_400_000;

interface JournalFile {
  readonly byteLength: number;
  /** Of all entries and removals in it. */
  readonly ids: readonly string[];
  readonly condition: JournalLines['condition'];
}

/**
 * The journal of a history: files that are written once and never changed, each with a line for every change. A change
 * is a file of its own at first; once there are many, they are written together into one and then deleted. So several
 * windows can share the folder, and a window that is killed loses nothing that was written before.
 *
 * What all files say together holds, whoever read them in whichever order (`mergeEntries`). Files that cannot be read,
 * are too large or of a later version stay as they are.
 */
export class Journal {
  readonly table = new EntryTable();
  private readonly folder: StorageFolder;
  private readonly bounds: HistorySize;
  private readonly now: () => number;
  private readonly files = new Map<string, JournalFile>();
  private hasUnread = false;

  /** @param bounds twice of it is read, no more */
  constructor(folder: StorageFolder, bounds: HistorySize, now: () => number) {
    this.folder = folder;
    this.bounds = bounds;
    this.now = now;
  }

  /** Whether all that the folder holds was read and understood. */
  get isComplete(): boolean {
    return !this.hasUnread && [...this.files.values()].every(({ condition }) => condition === 'whole');
  }

  /**
   * Reads what has changed since the last look; at the first, everything. Rejects where the folder cannot be listed.
   * @returns whether something has changed
   */
  async refresh(): Promise<boolean> {
    const { revision } = this.table;
    const names = (await this.folder.list()).filter((name) => timeInName(name) !== undefined);
    const present = new Set(names);
    const gone = [...this.files.keys()].filter((name) => !present.has(name));
    for (const name of gone) this.files.delete(name);
    const newestFirst = names.sort().reverse();
    await this.readAll(newestFirst.filter((name) => this.isToBeRead(name)));
    if (gone.length > 0) this.retain();
    return this.table.revision !== revision;
  }

  /** Writes changes as one file, and takes them over. Rejects with what the file system says. */
  async write(entries: readonly HistoryEntry[], removals: readonly Removal[] = []): Promise<void> {
    await this.writeFile(entries.map(measureEntry), removals);
  }

  /** Makes many small files one, where there are many; and all anew, where much in them no longer holds. */
  async pack(): Promise<void> {
    const files = this.rewritable().map(([name, { byteLength }]) => ({ name, byteLength }));
    const isWasteful = this.bytesOfFiles() > 1.5 * this.table.size.textBytes + 4 * mostPackBytes;
    await this.rewrite(isWasteful ? files.map(({ name }) => name) : planPacking(files));
  }

  /** Writes the files again that hold these entries, so that what was removed is gone from the disk. */
  async purge(ids: ReadonlySet<string>): Promise<void> {
    const holding = this.rewritable().filter(([, file]) => file.ids.some((id) => ids.has(id)));
    await this.rewrite(holding.map(([name]) => name));
  }

  /** Deletes all files, those that cannot be read too. */
  async clear(): Promise<void> {
    for (const name of await this.folder.list())
      if (timeInName(name) !== undefined) await this.folder.remove(name);
    await this.refresh();
  }

  /** What is new, and what another window was writing when it was read. */
  private isToBeRead(name: string): boolean {
    const known = this.files.get(name);
    return known === undefined || (known.condition === 'damaged' && this.isYoung(name));
  }

  private async readAll(names: readonly string[]): Promise<void> {
    this.hasUnread = names.length > mostFiles;
    for (let at = 0; at < Math.min(names.length, mostFiles); at += atOnce) {
      const isFull =
        this.bytesOfFiles() > 2 * this.bounds.textBytes || this.table.size.entries > 2 * this.bounds.entries;
      if (isFull) {
        this.hasUnread = true;
        return;
      }
      const part = names.slice(at, at + atOnce);
      const read = await Promise.all(part.map((name) => this.readFile(name)));
      for (const [index, bytes] of read.entries()) {
        if (bytes === undefined) continue;
        this.remember(part[index] ?? '', bytes.byteLength, readJournal(bytes));
        // A large one takes a while: others have their turn.
        if (bytes.byteLength > mostPackBytes / 4) await nextTurn();
      }
    }
  }

  private async readFile(name: string): Promise<Uint8Array | undefined> {
    try {
      if ((await this.folder.size(name)) <= mostFileBytes) return await this.folder.read(name);
    } catch {
      // Not to be read, or another window has just made one file of it and others.
    }
    this.hasUnread = true;
    return undefined;
  }

  private remember(name: string, byteLength: number, lines: JournalLines): void {
    const ids = [...lines.entries.map(({ entry }) => entry.id), ...lines.removals.map(({ id }) => id)];
    this.files.set(name, { byteLength, ids, condition: lines.condition });
    this.table.absorb(lines);
  }

  private async writeFile(entries: readonly StoredEntry[], removals: readonly Removal[]): Promise<void> {
    const lines = [...entries.map(({ entry }) => entryLine(entry)), ...removals.map(removalLine)];
    const bytes = new TextEncoder().encode(lines.join(''));
    const name = newOriginalId(this.now()) + extension;
    await this.folder.write(name, bytes);
    this.remember(name, bytes.byteLength, { entries, removals, condition: 'whole' });
  }

  private async rewrite(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    // Another window may just have done the same, or removed an entry.
    await this.refresh();
    const left = new Set(names.filter((name) => this.files.has(name)));
    const ids = new Set([...left].flatMap((name) => this.files.get(name)?.ids ?? []));
    const removals = this.removalsToKeep(ids, left);
    let [part, bytes]: [StoredEntry[], number] = [[], 0];
    for (const id of ids) {
      const stored = this.table.stored(id);
      if (stored === undefined) continue;
      part.push(stored);
      bytes += stored.byteLength;
      if (bytes < mostPackBytes) continue;
      await this.writeFile(part, []);
      [part, bytes] = [[], 0];
    }
    if (part.length + removals.length > 0) await this.writeFile(part, removals);
    // Only now: a window that is killed before leaves everything twice, which is the same.
    for (const name of left) {
      await this.folder.remove(name);
      this.files.delete(name);
    }
    this.retain();
  }

  /** A removal is forgotten once no file can bring its entry back. */
  private removalsToKeep(ids: ReadonlySet<string>, names: ReadonlySet<string>): readonly Removal[] {
    const removals = [...ids].map((id) => this.table.removal(id)).filter((one) => one !== undefined);
    if (removals.length === 0) return [];
    const elsewhere = new Set([...this.files].flatMap(([name, file]) => (names.has(name) ? [] : file.ids)));
    return removals.filter(({ id, at }) => !this.isComplete || elsewhere.has(id) || this.now() - at < dayMs);
  }

  private rewritable(): readonly (readonly [string, JournalFile])[] {
    return [...this.files].filter(
      ([name, { condition }]) => condition === 'whole' || (condition === 'damaged' && !this.isYoung(name)),
    );
  }

  private retain(): void {
    this.table.retain(new Set([...this.files.values()].flatMap((file) => [...file.ids])));
  }

  private bytesOfFiles(): number {
    return [...this.files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  private isYoung(name: string): boolean {
    return this.now() - (timeInName(name) ?? 0) < dayMs;
  }
}

/** When a file of the journal was written; undefined for other files. */
function timeInName(name: string): number | undefined {
  return name.endsWith(extension) ? timeInId(name.slice(0, -extension.length)) : undefined;
}
