/** A file of the journal, as far as packing goes. */
export interface PackingFile {
  readonly name: string;
  readonly byteLength: number;
}

/** Files of the journal grow to about this many bytes: few enough to be opened, small enough to be written again. */
export const mostPackBytes = 2 ** 20;

/** Less than this is a small file. */
const smallBytes = 64 * 1024;
/** As many small files as these are made one. */
const mostSmall = 64;

/**
 * Which files are to be made one: all small ones, once there are many, and with them those that are no more than
 * twice as large as all before, so that each entry is written again only as often as the logarithm of their number.
 * @returns names; empty where nothing is to be done
 */
export function planPacking(files: readonly PackingFile[]): readonly string[] {
  const smallestFirst = [...files].sort((a, b) => a.byteLength - b.byteLength);
  if (smallestFirst.filter(({ byteLength }) => byteLength < smallBytes).length < mostSmall) return [];
  const chosen: string[] = [];
  let total = 0;
  for (const { name, byteLength } of smallestFirst) {
    const isLarge = byteLength >= smallBytes;
    if (isLarge && (byteLength > 2 * total || total + byteLength > mostPackBytes)) break;
    chosen.push(name);
    total += byteLength;
  }
  return chosen;
}
