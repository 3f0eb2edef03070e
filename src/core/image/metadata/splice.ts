/** One change to a file: the bytes from `from` up to `to` give way to others. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
}

/**
 * Applies edits that do not overlap; everything outside them is kept to the byte. Where one inserts and
 * another replaces what follows, the inserted bytes come first.
 */
export function splice(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array<ArrayBuffer> {
  const growth = edits.reduce((sum, edit) => sum + edit.bytes.length - (edit.to - edit.from), 0);
  const result = new Uint8Array(bytes.length + growth);
  let read = 0;
  let written = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    result.set(bytes.subarray(read, edit.from), written);
    written += edit.from - read;
    result.set(edit.bytes, written);
    written += edit.bytes.length;
    read = edit.to;
  }
  result.set(bytes.subarray(read), written);
  return result;
}

/** One array of all the parts. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

/** The bytes of ASCII text. */
export function asciiBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
