/** A Huffman table as a JPEG states it (ITU-T T.81, B.2.4.2). */
export interface HuffmanTable {
  /** How many codes there are of 1 to 16 bits. */
  readonly counts: Uint8Array;
  /** The symbols by code. */
  readonly symbols: Uint8Array;
}

const longest = 16;

/** For each 16 bits to come: the code's length × 256 + its symbol; 0 where no code begins so. */
export function decodingTable({ counts, symbols }: HuffmanTable): Uint16Array {
  const table = new Uint16Array(1 << longest);
  forEachCode({ counts, symbols }, (symbol, code, length) => {
    const from = code << (longest - length);
    table.fill((length << 8) | symbol, from, from + (1 << (longest - length)));
  });
  return table;
}

/** For each symbol: its code's length × 65,536 + the code; 0 where it has none. */
export function encodingTable(table: HuffmanTable): Uint32Array {
  const codes = new Uint32Array(256);
  forEachCode(table, (symbol, code, length) => (codes[symbol] = (length << 16) | code));
  return codes;
}

function forEachCode(
  { counts, symbols }: HuffmanTable,
  visit: (symbol: number, code: number, length: number) => void,
): void {
  let code = 0;
  let index = 0;
  for (let length = 1; length <= longest; length++, code <<= 1) {
    for (let n = 0; n < (counts[length - 1] ?? 0); n++) visit(symbols[index++] ?? 0, code++, length);
  }
}

/**
 * The table that writes these symbols shortest (T.81, K.2): no code is all ones, none longer than 16 bits.
 * @param frequencies of 256 symbols
 */
export function optimalTable(frequencies: ArrayLike<number>): HuffmanTable {
  const lengths = codeLengths(frequencies);
  const counts = new Uint8Array(longest);
  limitLengths(lengths).forEach((count, index) => (counts[index] = count));
  const symbols = Array.from({ length: 256 }, (_, symbol) => symbol)
    .filter((symbol) => (lengths[symbol] ?? 0) > 0)
    .sort((a, b) => (lengths[a] ?? 0) - (lengths[b] ?? 0) || a - b);
  return { counts, symbols: Uint8Array.from(symbols) };
}

/** Figure K.1. One symbol more, which occurs once and is given no code, keeps the code of all ones free. */
function codeLengths(frequencies: ArrayLike<number>): number[] {
  const weights = Array.from({ length: 257 }, (_, symbol) =>
    symbol === 256 ? 1 : (frequencies[symbol] ?? 0),
  );
  const lengths = new Array<number>(257).fill(0);
  let groups = weights
    .map((weight, symbol) => ({ weight, symbols: [symbol] }))
    .filter(({ weight }) => weight > 0);
  while (groups.length > 1) {
    // Of equals the larger symbol comes first, so that the reserved one has a longest code.
    groups.sort((a, b) => a.weight - b.weight || Math.max(...b.symbols) - Math.max(...a.symbols));
    const [one, other, ...rest] = groups;
    if (!one || !other) break;
    const symbols = [...one.symbols, ...other.symbols];
    for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
    groups = [...rest, { weight: one.weight + other.weight, symbols }];
  }
  return lengths;
}

/** Figures K.2 and K.3: how many codes of each length, after those beyond 16 bits were moved up. */
function limitLengths(lengths: readonly number[]): number[] {
  const counts = new Array<number>(260).fill(0);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const change = (length: number, by: number): void => void (counts[length] = (counts[length] ?? 0) + by);
  for (let length = counts.length - 1; length > longest; length--) {
    while ((counts[length] ?? 0) > 0) {
      let shorter = length - 2;
      while (shorter > 0 && (counts[shorter] ?? 0) === 0) shorter--;
      change(length, -2);
      change(length - 1, 1);
      change(shorter + 1, 2);
      change(shorter, -1);
    }
  }
  // The reserved symbol's code, one of the longest.
  let last = longest;
  while (last > 0 && (counts[last] ?? 0) === 0) last--;
  change(last, -1);
  return counts.slice(1, longest + 1);
}
