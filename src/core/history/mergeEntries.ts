import type { HistoryEntry, HistoryPicture } from './entry.ts';

/**
 * What two windows say of one entry, as one: the later word holds, picture by picture, and a kept picture stays kept,
 * because its file is there. The same whichever comes first, and however often.
 */
export function mergeEntries(one: HistoryEntry, other: HistoryEntry): HistoryEntry {
  const [older, newer] = inOrder(one, other);
  const count = Math.max(older.pictures.length, newer.pictures.length);
  const pictures = Array.from({ length: count }, (_, index) =>
    mergePictures(older.pictures[index], newer.pictures[index]),
  ).filter((picture) => picture !== undefined);
  return { ...newer, pictures };
}

function mergePictures(
  one: HistoryPicture | undefined,
  other: HistoryPicture | undefined,
): HistoryPicture | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const [older, newer] = inOrder(one, other);
  const [wins, loses] = older.state === 'kept' && newer.state !== 'kept' ? [older, newer] : [newer, older];
  const originalId = lastOf([wins.originalId, loses.originalId], (id) => id);
  const thumbnail = lastOf([wins.thumbnail, loses.thumbnail], ({ id }) => id);
  return { ...wins, ...(originalId !== undefined && { originalId }), ...(thumbnail && { thumbnail }) };
}

/** The later last; of two words of the same millisecond always the same one. */
function inOrder<T extends { readonly changedAt: number }>(one: T, other: T): readonly [T, T] {
  if (one.changedAt !== other.changedAt) return one.changedAt < other.changedAt ? [one, other] : [other, one];
  return JSON.stringify(one) < JSON.stringify(other) ? [one, other] : [other, one];
}

/** Ids sort by time. */
function lastOf<T>(values: readonly (T | undefined)[], idOf: (value: T) => string): T | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.reduce<T | undefined>(
    (last, value) => (last === undefined || idOf(last) < idOf(value) ? value : last),
    undefined,
  );
}
