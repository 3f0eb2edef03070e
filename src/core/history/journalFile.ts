import { asRecord, asString } from '../gateway/json.ts';
import { timeInId } from '../originals/original.ts';
import type { HistoryEntry } from './entry.ts';
import { parseEntry } from './parseEntry.ts';

/** The version of lines that is written; lines of a later one are left alone. */
const version = 1;

/** UTF-16 units; the longest prompt, all of it escaped, and the rest of an entry. */
const longestLine = 2 ** 18;

/** That an entry was removed, whatever other files still say of it. */
export interface Removal {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** An entry and the bytes that it takes. */
export interface StoredEntry {
  readonly entry: HistoryEntry;
  readonly byteLength: number;
}

/** What stands in one file of the journal. */
export interface JournalLines {
  readonly entries: readonly StoredEntry[];
  readonly removals: readonly Removal[];
  /** `damaged`: a line could not be read, or the last one is not all there; `newer`: a later version wrote in it. */
  readonly condition: 'whole' | 'damaged' | 'newer';
}

/** An entry as a line, with its line break. */
export function entryLine(entry: HistoryEntry): string {
  const { time: _inItsId, ...written } = entry;
  return `${JSON.stringify({ v: version, entry: written })}\n`;
}

/** An entry with the bytes of its line. */
export function measureEntry(entry: HistoryEntry): StoredEntry {
  return { entry, byteLength: utf8Length(entryLine(entry)) };
}

/** A removal as a line, with its line break. */
export function removalLine({ id, at }: Removal): string {
  return `${JSON.stringify({ v: version, removed: id, at })}\n`;
}

/** Reads one file, line by line: a damaged line costs itself. Throws nothing. */
export function readJournal(bytes: Uint8Array): JournalLines {
  const entries: StoredEntry[] = [];
  const removals: Removal[] = [];
  const text = new TextDecoder().decode(bytes);
  const isAscii = text.length === bytes.byteLength;
  const lines = text.split('\n');
  let condition: JournalLines['condition'] = lines.pop() === '' ? 'whole' : 'damaged';
  for (const line of lines) {
    const read = line.length > longestLine ? undefined : readLine(line, isAscii);
    if (read === undefined) condition = condition === 'newer' ? 'newer' : 'damaged';
    else if (read === 'newer') condition = 'newer';
    else if ('entry' in read) entries.push(read);
    else removals.push(read);
  }
  return { entries, removals, condition };
}

function readLine(line: string, isAscii: boolean): StoredEntry | Removal | 'newer' | undefined {
  let record: Readonly<Record<string, unknown>> | undefined;
  try {
    record = asRecord(JSON.parse(line));
  } catch {
    return undefined;
  }
  const written = record?.['v'];
  if (typeof written === 'number' && written > version) return 'newer';
  if (record === undefined || written !== version) return undefined;
  const id = asString(record['removed']);
  if (id !== undefined) return timeInId(id) === undefined ? undefined : { id, at: timeOf(record['at']) };
  const entry = parseEntry(record['entry']);
  return entry && { entry, byteLength: 1 + (isAscii ? line.length : utf8Length(line)) };
}

function timeOf(value: unknown): number {
  return typeof value === 'number' && value >= 0 ? value : 0;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}
