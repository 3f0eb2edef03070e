import type { PictureFacts } from '../imageFacts.ts';
import { tagOf, uint32BE, uint32LE, uint8 } from '../readBytes.ts';
import type { CarriedPieces } from './imageMetadata.ts';
import { asciiBytes, joined } from './splice.ts';
import type { Edit } from './splice.ts';

const VP8X = tagOf('VP8X');
const XMP = tagOf('XMP ');
const EXIF = tagOf('EXIF');
const C2PA = tagOf('C2PA');
const hasXmp = 0x04;
const hasAlphaFlag = 0x10;

interface Chunk {
  readonly tag: number;
  readonly from: number;
  readonly body: number;
  readonly bodyEnd: number;
  /** After the padding, or where the file ends before it. */
  readonly to: number;
}

/** The chunks of a WebP (RFC 9649), as far as they are whole. */
function* readChunks(bytes: Uint8Array): Generator<Chunk> {
  const riffEnd = 8 + uint32LE(bytes, 4);
  for (let from = 12; from + 8 <= Math.min(bytes.length, riffEnd);) {
    const length = uint32LE(bytes, from + 4);
    const body = from + 8;
    const bodyEnd = body + length;
    // The size is sometimes short by a byte.
    if (bodyEnd > Math.min(bytes.length, riffEnd + 1)) return;
    const to = Math.min(bodyEnd + (length & 1), bytes.length);
    yield { tag: uint32BE(bytes, from), from, body, bodyEnd, to };
    from = bodyEnd + (length & 1);
  }
}

/** The first two chunks with XMP. Only one is valid. */
export function webpXmpChunks(bytes: Uint8Array): readonly Chunk[] {
  const found: Chunk[] = [];
  for (const chunk of readChunks(bytes)) if (chunk.tag === XMP && found.length < 2) found.push(chunk);
  return found;
}

/** What a WebP carries: XMP, EXIF (some writers begin it as in a JPEG). */
export function webpPieces(bytes: Uint8Array): CarriedPieces {
  let xmp: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  for (const { tag, body, bodyEnd } of readChunks(bytes)) {
    if (tag === XMP) xmp ??= bytes.subarray(body, bodyEnd);
    if (tag === EXIF) exif ??= bytes.subarray(body, bodyEnd);
  }
  const hasName = exif !== undefined && uint32BE(exif, 0) === tagOf('Exif') && uint8(exif, 4) === 0;
  return {
    ...(xmp && { xmp: { bytes: xmp, isCompressed: false, encoding: 'utf-8' } }),
    ...(exif && { exif: hasName ? exif.subarray(6) : exif }),
  };
}

/** Whether a WebP carries a C2PA manifest store (C2PA specification, embedding into RIFF: a `C2PA` chunk). */
export function webpHasC2pa(bytes: Uint8Array): boolean {
  for (const { tag } of readChunks(bytes)) if (tag === C2PA) return true;
  return false;
}

/**
 * Puts an XMP packet into a whole WebP: in place of `old`, or as its last chunk. A simple file becomes an
 * extended one (RFC 9649, 2.7): a `VP8X` chunk with the picture's size and alpha goes first.
 * @param facts what the file's structure says
 */
export function webpXmpEdits(
  bytes: Uint8Array,
  packet: Uint8Array,
  old: Chunk | undefined,
  facts: PictureFacts,
): readonly Edit[] {
  const { last, extended } = landmarks(bytes);
  const at = last?.to ?? 12;
  // The last chunk's padding is sometimes left out of the file.
  const missing = last ? (at - last.body) & 1 : 0;
  const chunk = chunkOf('XMP ', packet);
  const edits = [
    extended ? flagEdit(bytes, extended) : headerEdit(facts),
    old
      ? { from: old.from, to: old.to, bytes: chunk }
      : { from: at, to: at, bytes: joined(new Uint8Array(missing), chunk) },
  ];
  const riffEnd = Math.max(8 + uint32LE(bytes, 4), at);
  const growth = edits.reduce((sum, each) => sum + each.bytes.length - (each.to - each.from), 0);
  return [{ from: 4, to: 8, bytes: uint32Bytes(riffEnd - 8 + growth) }, ...edits];
}

function landmarks(bytes: Uint8Array): { readonly last?: Chunk; readonly extended?: Chunk } {
  let last: Chunk | undefined;
  let extended: Chunk | undefined;
  for (const chunk of readChunks(bytes)) {
    last = chunk;
    if (chunk.tag === VP8X && chunk.bodyEnd - chunk.body >= 10) extended ??= chunk;
  }
  return { ...(last && { last }), ...(extended && { extended }) };
}

/** Says in the `VP8X` chunk that there is XMP. */
function flagEdit(bytes: Uint8Array, { body }: Chunk): Edit {
  return { from: body, to: body + 1, bytes: Uint8Array.of(uint8(bytes, body) | hasXmp) };
}

/** A `VP8X` chunk for a file without. */
function headerEdit(facts: PictureFacts): Edit {
  const data = new Uint8Array(10);
  data[0] = hasXmp | (facts.hasAlpha ? hasAlphaFlag : 0);
  data.set(uint32Bytes(facts.width - 1).subarray(0, 3), 4);
  data.set(uint32Bytes(facts.height - 1).subarray(0, 3), 7);
  return { from: 12, to: 12, bytes: chunkOf('VP8X', data) };
}

function chunkOf(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return joined(asciiBytes(name), uint32Bytes(data.length), data, new Uint8Array(data.length & 1));
}

function uint32Bytes(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}
