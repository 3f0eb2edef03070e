import type { Raster } from '../raster.ts';
import { crc32 } from '../crc32.ts';
import { joinBytes } from './inflate.ts';
import { filterRow } from './pngFilter.ts';

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Filtered rows are packed in pieces of about this many bytes. */
const pieceLength = 1 << 18;

/**
 * Encodes a PNG (W3C PNG, third edition) of 8 bits a channel without loss: RGB where every pixel is opaque, else
 * RGBA. Own code, because the library's writes RGBA only and takes five times the picture's memory; the
 * compression is the platform's. Colours are sRGB, which the file says.
 * @param isOpaque whether no alpha is to be written
 */
export async function encodePng(raster: Raster, isOpaque: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, raster.width);
  view.setUint32(4, raster.height);
  header.set([8, isOpaque ? 2 : 6, 0, 0, 0], 8);
  const parts = [signature, ...chunk('IHDR', header), ...chunk('sRGB', Uint8Array.of(0))];
  for await (const packed of deflated(filteredRows(raster, isOpaque ? 3 : 4))) {
    parts.push(...chunk('IDAT', packed));
  }
  return joinBytes([...parts, ...chunk('IEND', new Uint8Array(0))]);
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setUint32(0, data.length);
  for (let i = 0; i < 4; i++) head[4 + i] = type.charCodeAt(i);
  const checked = new Uint8Array(4 + data.length);
  checked.set(head.subarray(4));
  checked.set(data, 4);
  const sum = new Uint8Array(4);
  new DataView(sum.buffer).setUint32(0, crc32(checked));
  return [head, data, sum];
}

function* filteredRows({ width, height, data }: Raster, channels: 3 | 4): Generator<Uint8Array<ArrayBuffer>> {
  const rowLength = width * channels;
  const perPiece = Math.max(1, Math.floor(pieceLength / (rowLength + 1)));
  let above = new Uint8Array(rowLength);
  let row = new Uint8Array(rowLength);
  for (let y = 0; y < height; y += perPiece) {
    const count = Math.min(perPiece, height - y);
    const piece = new Uint8Array(count * (rowLength + 1));
    for (let n = 0; n < count; n++) {
      const from = (y + n) * width * 4;
      copyRow(data.subarray(from, from + width * 4), row, channels);
      filterRow(row, above, channels, piece.subarray(n * (rowLength + 1), (n + 1) * (rowLength + 1)));
      [row, above] = [above, row];
    }
    yield piece;
  }
}

function copyRow(rgba: Uint8ClampedArray, row: Uint8Array, channels: 3 | 4): void {
  if (channels === 4) row.set(rgba);
  for (let from = 0, to = 0; channels === 3 && from < rgba.length; from += 4, to += 3) {
    row[to] = rgba[from] ?? 0;
    row[to + 1] = rgba[from + 1] ?? 0;
    row[to + 2] = rgba[from + 2] ?? 0;
  }
}

async function* deflated(pieces: Iterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const write = async (): Promise<void> => {
    for (const piece of pieces) {
      await writer.ready;
      await writer.write(piece);
    }
    await writer.close();
  };
  const written = write();
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.readable.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    yield new Uint8Array(value);
  }
  await written;
}
