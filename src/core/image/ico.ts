/** One picture of an icon. */
export interface IcoEntry {
  /** Of both sides, 1 to 256. */
  readonly size: number;
  readonly png: Uint8Array;
}

/**
 * Writes an icon of several sizes (Microsoft's ICO: a directory of 6 + 16 n bytes, little-endian, then the pictures). The
 * pictures are PNG, as all browsers and Windows since Vista read them.
 */
export function writeIco(entries: readonly IcoEntry[]): Uint8Array {
  const header = 6 + 16 * entries.length;
  const length = entries.reduce((sum, { png }) => sum + png.length, header);
  const ico = new Uint8Array(length);
  const view = new DataView(ico.buffer);
  view.setUint16(2, 1, true);
  view.setUint16(4, entries.length, true);
  let at = header;
  for (const [index, { size, png }] of entries.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    view.setUint8(entry, size % 256);
    view.setUint8(entry + 1, size % 256);
    view.setUint16(entry + 4, 1, true);
    view.setUint16(entry + 6, 32, true);
    view.setUint32(entry + 8, png.length, true);
    view.setUint32(entry + 12, at, true);
    ico.set(png, at);
    at += png.length;
  }
  return ico;
}
