// What the decoders of both ends are made of. A decoder builds a new value from the members it knows: what a forged
// message carries beside them (a Uri, say) does not survive. Lengths are UTF-16 units, as `maxlength` of a text box
// counts them.

/** Longest id that the host issues. */
export const maxIdLength = 100;
/** Longest words that are no prompt and no text of a model. */
const maxWordsLength = 8_000;
const maxListLength = 200;

/** Thrown by the parts of a decoder; never leaves `decode`. */
class IllTyped extends Error {}

/** Ends a decoder: the value is not of the protocol. */
export function refuse(): never {
  throw new IllTyped();
}

/** An object of which nothing is known. */
export type Members = Readonly<Record<string, unknown>>;

/** Takes an object, and nothing else. */
export function membersOf(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new IllTyped();
  return value as Members;
}

/** Takes a string up to a length. */
export function stringOf(value: unknown, maxLength = maxWordsLength): string {
  if (typeof value !== 'string' || value.length > maxLength) throw new IllTyped();
  return value;
}

/** Takes a whole number from 0. */
export function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new IllTyped();
  return value;
}

/** Takes a number in a range; NaN is in none. */
export function numberOf(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !(value >= least && value <= most)) throw new IllTyped();
  return value;
}

/** Takes true or false. */
export function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new IllTyped();
  return value;
}

/** Takes a list of at most `maxLength` items, each as `itemOf` takes it. */
export function listOf<T>(
  value: unknown,
  itemOf: (item: unknown) => T,
  maxLength = maxListLength,
): readonly T[] {
  if (!Array.isArray(value) || value.length > maxLength) throw new IllTyped();
  return value.map((item: unknown) => itemOf(item));
}

/** Takes one of the values allowed. */
export function oneOf<T>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new IllTyped();
  return found;
}

/** Takes up to `maxLength` bytes; an ArrayBuffer too: what a typed array becomes depends on the editor's version. */
export function bytesOf(value: unknown, maxLength = Infinity): Uint8Array {
  // By tag, not instanceof: the value may come from another realm (frame, worker).
  const tag = Object.prototype.toString.call(value);
  const bytes =
    tag === '[object Uint8Array]'
      ? (value as Uint8Array)
      : tag === '[object ArrayBuffer]'
        ? new Uint8Array(value as ArrayBuffer)
        : undefined;
  if (bytes === undefined || bytes.byteLength > maxLength) throw new IllTyped();
  return bytes;
}

/** Runs a decoder on a message; undefined where it is not one that the decoder knows. */
export function decode<T>(value: unknown, decoder: (message: Members) => T | undefined): T | undefined {
  try {
    return decoder(membersOf(value));
  } catch (error) {
    if (error instanceof IllTyped) return undefined;
    throw error;
  }
}

/** Takes a string under each of these names. */
export function stringsOf<K extends string>(value: unknown, keys: readonly K[]): Readonly<Record<K, string>> {
  const strings = membersOf(value);
  const entries = keys.map((key) => [key, stringOf(strings[key])] as const);
  return Object.fromEntries(entries) as Record<K, string>;
}
