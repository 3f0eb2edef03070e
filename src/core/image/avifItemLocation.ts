import { uint16BE, uint32BE, uint64BE, uint8 } from './readBytes.ts';

/** How wide the members of an `iloc` box are, in bytes. */
export interface Layout {
  readonly id: 2 | 4;
  /** From version 1 on, an item says how its offsets count. */
  readonly method: 0 | 2;
  readonly offset: number;
  readonly length: number;
  readonly base: number;
  readonly index: number;
}

/**
 * Reads an `iloc` box (ISO/IEC 14496-12, 8.11.3).
 * @returns the offset in the file just after the last byte of any item's data, 0 where no item's lies there
 */
export function readItemDataEnd(bytes: Uint8Array, from: number, to: number): number {
  const version = uint8(bytes, from);
  const layout = readLayout(bytes, from, version);
  let dataEnd = 0;
  let at = from + 6 + (version < 2 ? 2 : 4);
  while (at < to) {
    at += layout.id;
    const method = layout.method === 0 ? 0 : uint8(bytes, at + 1) & 0xf;
    const isElsewhere = method !== 0 || uint16BE(bytes, at + layout.method) !== 0;
    at += layout.method + 2;
    const base = uintOfSize(bytes, at, layout.base);
    const extents = uint16BE(bytes, at + layout.base);
    at += layout.base + 2;
    const extentSize = layout.index + layout.offset + layout.length;
    // Extents without any member could be 65,535 for a few bytes, times a million items.
    for (let n = 0; extentSize > 0 && n < extents && at + extentSize <= to; n++, at += extentSize) {
      const start = base + uintOfSize(bytes, at + layout.index, layout.offset);
      const end = start + uintOfSize(bytes, at + layout.index + layout.offset, layout.length);
      if (!isElsewhere) dataEnd = Math.max(dataEnd, end);
    }
  }
  return dataEnd;
}

export function readLayout(bytes: Uint8Array, from: number, version: number): Layout {
  const sizes = uint8(bytes, from + 4);
  const more = uint8(bytes, from + 5);
  const hasMethod = version === 1 || version === 2;
  return {
    id: version < 2 ? 2 : 4,
    method: hasMethod ? 2 : 0,
    offset: sizes >> 4,
    length: sizes & 0xf,
    base: more >> 4,
    index: hasMethod ? more & 0xf : 0,
  };
}

/** Widths other than 4 and 8 are not allowed and read as 0. */
export function uintOfSize(bytes: Uint8Array, at: number, size: number): number {
  if (size === 4) return uint32BE(bytes, at);
  return size === 8 ? uint64BE(bytes, at) : 0;
}
