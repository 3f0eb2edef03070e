import type { Notice } from '../events.ts';
import { draftCount, type HistoryEntry } from './entry.ts';
import { type EntryTable, type HistorySize, thumbnailBytesOf } from './entryTable.ts';

/** What goes so that the rest fits. */
export interface Evicted {
  readonly entries: readonly HistoryEntry[];
  /** How many pictures nobody had decided about. */
  readonly drafts: number;
}

/** Once something must go, a little more goes with it, or each new entry would have the files written again. */
const slack = 0.02;

/**
 * Chooses what goes: the oldest entries of which no picture is a draft any more, and only when these are not enough the
 * oldest of the others, which were paid for and never kept.
 * @param newest the id of an entry that stays in any case
 */
export function chooseEvicted(table: EntryTable, bounds: HistorySize, newest: string): Evicted {
  if (!isOver(table.size, bounds)) return { entries: [], drafts: 0 };
  const oldestFirst = [...table.newestFirst()].reverse().filter(({ id }) => id !== newest);
  const wanted = scaled(bounds, 1 - slack);
  const left = { ...table.size };
  const entries: HistoryEntry[] = [];
  const evict = (entry: HistoryEntry) => {
    entries.push(entry);
    left.entries--;
    left.textBytes -= table.stored(entry.id)?.byteLength ?? 0;
    left.thumbnailBytes -= thumbnailBytesOf(entry);
  };
  for (const entry of oldestFirst) {
    if (!isOver(left, wanted)) break;
    if (draftCount(entry) === 0) evict(entry);
  }
  let drafts = 0;
  for (const entry of oldestFirst) {
    if (!isOver(left, wanted)) break;
    const count = draftCount(entry);
    if (count > 0) evict(entry);
    drafts += count;
  }
  return { entries, drafts };
}

/** What is said of it: nothing where everything that went had been decided about. */
export function evictionNotice({ drafts }: Evicted): Notice | undefined {
  if (drafts === 0) return undefined;
  const what =
    drafts === 1
      ? 'An older image that was never kept was'
      : `${drafts} older images that were never kept were`;
  return { code: 'originalsEvicted', message: `${what} removed from the history to make room for this one.` };
}

function isOver(size: HistorySize, bounds: HistorySize): boolean {
  return (
    size.entries > bounds.entries ||
    size.textBytes > bounds.textBytes ||
    size.thumbnailBytes > bounds.thumbnailBytes
  );
}

function scaled(bounds: HistorySize, factor: number): HistorySize {
  return {
    entries: Math.ceil(bounds.entries * factor),
    textBytes: bounds.textBytes * factor,
    thumbnailBytes: bounds.thumbnailBytes * factor,
  };
}
