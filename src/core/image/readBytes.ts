/** Integers inside a picture's bytes. What lies past the end reads as 0: callers check their bounds. */

export function uint8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

/** Big-endian, as in PNG, JPEG and AVIF. */
export function uint16BE(bytes: Uint8Array, at: number): number {
  return (uint8(bytes, at) << 8) | uint8(bytes, at + 1);
}

/** Big-endian. Also how four-character names are compared: see `tagOf`. */
export function uint32BE(bytes: Uint8Array, at: number): number {
  return uint16BE(bytes, at) * 0x10000 + uint16BE(bytes, at + 2);
}

/** Big-endian; exact up to 2^53, larger than any file here. */
export function uint64BE(bytes: Uint8Array, at: number): number {
  return uint32BE(bytes, at) * 0x100000000 + uint32BE(bytes, at + 4);
}

/** Little-endian, as in WebP. */
export function uint16LE(bytes: Uint8Array, at: number): number {
  return uint8(bytes, at) | (uint8(bytes, at + 1) << 8);
}

/** Little-endian, 3 bytes. */
export function uint24LE(bytes: Uint8Array, at: number): number {
  return uint16LE(bytes, at) | (uint8(bytes, at + 2) << 16);
}

/** Little-endian. */
export function uint32LE(bytes: Uint8Array, at: number): number {
  return uint16LE(bytes, at) + uint16LE(bytes, at + 2) * 0x10000;
}

/** A four-character name as `uint32BE` reads it: no string is made for each of a million tiny chunks. */
export function tagOf(name: string): number {
  return Array.from(name).reduce((tag, character) => tag * 0x100 + character.charCodeAt(0), 0);
}

/** Whether the bytes begin with these. */
export function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((value, index) => bytes[index] === value);
}
