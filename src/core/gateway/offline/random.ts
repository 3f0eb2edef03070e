/** A source of numbers in 0…1, the same for the same text on every machine. */
export type Random = () => number;

/** Hashes a text or bytes to 32 bits (FNV-1a with a final mix): for variety, not for security. */
export function hash32(data: string | Uint8Array, start = 0x811c9dc5): number {
  let hash = start;
  for (let i = 0; i < data.length; i++) {
    hash ^= typeof data === 'string' ? data.charCodeAt(i) : (data[i] ?? 0);
    hash = Math.imul(hash, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Starts a sequence of numbers from a text (sfc32). */
export function createRandom(text: string): Random {
  let a = hash32(text);
  let b = hash32(text, a);
  let c = hash32(text, b);
  let counter = 1;
  return () => {
    const sum = (a + b + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
}

/** A number from `low` up to `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}
