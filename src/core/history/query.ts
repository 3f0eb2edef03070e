import { nextTurn } from '../nextTurn.ts';
import { type HistoryEntry, isKept } from './entry.ts';
import type { EntryTable } from './entryTable.ts';
import { foldText, searchWords } from './searchText.ts';

/** Which entries are wanted; what is absent does not matter. */
export interface HistoryQuery {
  /** Words of the prompt, in any order; without regard to case and marks. */
  readonly words?: string;
  /** Whether a picture of it was kept. */
  readonly isKept?: boolean;
  readonly model?: string;
  /** The id after which, that is before whose time, the page begins: `next` of the page before. */
  readonly after?: string;
  /** Entries of one page, 1 to 200; 50 where absent. */
  readonly limit?: number;
}

/** Some entries, the newest first. */
export interface HistoryPage {
  readonly entries: readonly HistoryEntry[];
  /** How many there are on all pages. */
  readonly total: number;
  /** Where the next page begins; absent on the last. */
  readonly next?: string;
}

/** Milliseconds of searching after which others have their turn. */
const turnMs = 8;
/** Entries between two looks at the clock. */
const stride = 64;

/** Folded prompts, as long as their entries are there; made by the first search. */
const folded = new WeakMap<HistoryEntry, string>();

/** Finds one page. It gives way while it searches; what changes meanwhile is not seen. */
export async function findPage(table: EntryTable, query: HistoryQuery): Promise<HistoryPage> {
  const words = searchWords(query.words ?? '');
  const limit = Math.min(200, Math.max(1, Math.floor(query.limit ?? 50) || 50));
  const entries: HistoryEntry[] = [];
  let [total, isMore, since] = [0, false, performance.now()];
  const ids = table.oldestFirst();
  for (let index = ids.length - 1; index >= 0; index--) {
    const id = ids[index] ?? '';
    if (index % stride === 0 && performance.now() - since > turnMs) {
      await nextTurn();
      since = performance.now();
    }
    const entry = table.get(id);
    if (entry === undefined || !matches(entry, query, words)) continue;
    total++;
    if (query.after !== undefined && id >= query.after) continue;
    if (entries.length < limit) entries.push(entry);
    else isMore = true;
  }
  const next = entries.at(-1)?.id;
  return { entries, total, ...(isMore && next !== undefined && { next }) };
}

function matches(entry: HistoryEntry, query: HistoryQuery, words: readonly string[]): boolean {
  if (query.isKept !== undefined && query.isKept !== isKept(entry)) return false;
  if (query.model !== undefined && query.model !== entry.model) return false;
  if (words.length === 0) return true;
  let prompt = folded.get(entry);
  if (prompt === undefined) folded.set(entry, (prompt = foldText(entry.prompt)));
  return words.every((word) => prompt.includes(word));
}
