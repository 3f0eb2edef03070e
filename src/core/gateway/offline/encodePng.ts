import { crc32 } from '../../image/crc32.ts';
import { type Pace, createPace } from './pace.ts';
import type { Pixels } from './raster.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Rows are packed, and packed data written, in pieces of about this size. */
const pieceLength = 1 << 18;

/**
 * Writes pixels as a PNG: RGB where nothing is transparent, else RGBA; 8 bits, no metadata. The same
 * pixels give the same bytes in the same runtime.
 */
export async function encodePng(
  pixels: Pixels,
  pace: Pace = createPace(new AbortController().signal),
): Promise<Uint8Array<ArrayBuffer>> {
  const channels = isOpaque(pixels.rgba) ? 3 : 4;
  const packed = await deflate(filteredRows(pixels, channels), pace);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, pixels.width);
  view.setUint32(4, pixels.height);
  header.set([8, channels === 3 ? 2 : 6, 0, 0, 0], 8);
  const parts = [Uint8Array.from(signature), chunk('IHDR', header)];
  for (let at = 0; at < packed.length; at += pieceLength) {
    parts.push(chunk('IDAT', packed.subarray(at, at + pieceLength)));
    await pace.breathe();
  }
  return joined([...parts, chunk('IEND', new Uint8Array(0))]);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}

/** Rows in PNG's form, each as it is (a dithered gradient packs best so), or as a repetition of the last. */
function* filteredRows(
  { width, height, rgba }: Pixels,
  channels: number,
): Generator<Uint8Array<ArrayBuffer>> {
  const rowLength = width * channels;
  const perPiece = Math.max(1, Math.floor(pieceLength / (rowLength + 1)));
  let last = new Uint8Array(rowLength);
  for (let y = 0; y < height; y += perPiece) {
    const rows = Math.min(perPiece, height - y);
    const piece = new Uint8Array(rows * (rowLength + 1));
    for (let i = 0; i < rows; i++) {
      const row = rowOf(rgba, (y + i) * width, width, channels);
      const start = i * (rowLength + 1);
      if (isEqual(row, last)) piece[start] = 2;
      else piece.set(row, start + 1);
      last = row;
    }
    yield piece;
  }
}

function rowOf(rgba: Uint8Array, from: number, width: number, channels: number): Uint8Array<ArrayBuffer> {
  if (channels === 4) return rgba.slice(from * 4, (from + width) * 4);
  const row = new Uint8Array(width * 3);
  for (let x = 0, source = from * 4, target = 0; x < width; x++, source += 4, target += 3) {
    row[target] = rgba[source] ?? 0;
    row[target + 1] = rgba[source + 1] ?? 0;
    row[target + 2] = rgba[source + 2] ?? 0;
  }
  return row;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

async function deflate(pieces: Iterable<Uint8Array<ArrayBuffer>>, pace: Pace): Promise<Uint8Array> {
  const stream = new CompressionStream('deflate');
  const writer = stream.writable.getWriter();
  const write = async (): Promise<void> => {
    for (const piece of pieces) {
      await pace.breathe();
      await writer.write(piece);
    }
    await writer.close();
  };
  // Abort ends both sides; the reading side then fails too, and the writer's own error is the one to tell.
  const written = write().catch(async (error: unknown) => {
    await writer.abort(error).catch(() => undefined);
    throw error;
  });
  const [bytes] = await Promise.all([collected(stream.readable), written]);
  return bytes;
}

async function collected(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(parts);
    parts.push(value);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
