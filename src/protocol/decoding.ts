/**
 * What decoders of messages are made of. They build a new value from the members they know: what a forged message
 * carries beside them does not survive. Each throws `IllTyped` for what it is not. Lengths are UTF-16 units.
 */

const maxWordsLength = 8_000;
const maxListLength = 200;

/** Thrown inside decoders only: `decode` ends it. */
export class IllTyped extends Error {}

/** An object of which nothing is known. */
export type Members = Readonly<Record<string, unknown>>;

/** An object. */
export function membersOf(value: unknown): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new IllTyped();
  return value as Members;
}

/** A text of at most so many units. */
export function stringOf(value: unknown, maxLength = maxWordsLength): string {
  if (typeof value !== 'string' || value.length > maxLength) throw new IllTyped();
  return value;
}

/** A whole number from 0. */
export function countOf(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new IllTyped();
  return value;
}

/** True or false. */
export function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new IllTyped();
  return value;
}

/** At most 200 items, each of them decoded. */
export function listOf<T>(value: unknown, itemOf: (item: unknown) => T): readonly T[] {
  if (!Array.isArray(value) || value.length > maxListLength) throw new IllTyped();
  return value.map((item: unknown) => itemOf(item));
}

/** One of a closed list of words. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new IllTyped();
  return found;
}

/** Bytes. An ArrayBuffer too: what a typed array becomes on the way depends on the editor's version. */
export function bytesOf(value: unknown): Uint8Array {
  // By tag, not instanceof: the value may come from another realm (frame, worker).
  const tag = Object.prototype.toString.call(value);
  if (tag === '[object Uint8Array]') return value as Uint8Array;
  if (tag === '[object ArrayBuffer]') return new Uint8Array(value as ArrayBuffer);
  throw new IllTyped();
}

/** Strings by their names; others are left out. */
export function stringsOf<K extends string>(value: unknown, keys: readonly K[]): Readonly<Record<K, string>> {
  const strings = membersOf(value);
  const entries = keys.map((key) => [key, stringOf(strings[key])] as const);
  return Object.fromEntries(entries) as Record<K, string>;
}

/** Runs a decoder. @returns undefined for what it cannot decode */
export function decode<T>(value: unknown, decoder: (message: Members) => T | undefined): T | undefined {
  try {
    return decoder(membersOf(value));
  } catch (error) {
    if (error instanceof IllTyped) return undefined;
    throw error;
  }
}
