import { uint32BE, uint64BE } from './readBytes.ts';

/** A box of the ISO base media file format: offsets into the file. */
export interface IsoBox {
  readonly tag: number;
  /** Where its content begins. */
  readonly body: number;
  /** Just after it; beyond `limit` where the box was cut off. */
  readonly end: number;
}

/**
 * Reads the box at an offset (ISO/IEC 14496-12, 4.2).
 * @param limit where the enclosing box, or the file, ends
 * @returns undefined where no box header fits or its size is smaller than itself
 */
export function readBox(bytes: Uint8Array, at: number, limit: number): IsoBox | undefined {
  if (at + 8 > limit) return undefined;
  const size = uint32BE(bytes, at);
  const tag = uint32BE(bytes, at + 4);
  // 0: up to the end of the file; 1: a 64-bit size follows.
  if (size === 0) return { tag, body: at + 8, end: limit };
  if (size > 1) return size < 8 ? undefined : { tag, body: at + 8, end: at + size };
  const large = uint64BE(bytes, at + 8);
  return at + 16 > limit || large < 16 ? undefined : { tag, body: at + 16, end: at + large };
}

/** The whole boxes of a range, in order; stops at the first that does not fit. */
export function* readBoxes(bytes: Uint8Array, from: number, to: number): Generator<IsoBox> {
  for (let at = from; ;) {
    const box = readBox(bytes, at, to);
    if (!box || box.end > to) return;
    yield box;
    at = box.end;
  }
}
