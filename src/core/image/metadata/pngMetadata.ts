import { crc32 } from '../crc32.ts';
import { tagOf, uint32BE, uint8 } from '../readBytes.ts';
import type { CarriedPieces, TextPiece } from './imageMetadata.ts';
import { asciiBytes, joined } from './splice.ts';
import type { Edit } from './splice.ts';

const IEND = tagOf('IEND');
const iTXt = tagOf('iTXt');
const tEXt = tagOf('tEXt');
const zTXt = tagOf('zTXt');
const eXIf = tagOf('eXIf');
const caBX = tagOf('caBX');
const textTags = new Set([iTXt, tEXt, zTXt]);
const headerEnd = 8 + 12 + 13;
export const pngKeywords = { xmp: 'XML:com.adobe.xmp', parameters: 'parameters' } as const;

interface Chunk {
  readonly tag: number;
  readonly from: number;
  readonly body: number;
  readonly bodyEnd: number;
  readonly to: number;
}

/** A text chunk under one of the keywords. */
export interface PngText extends Chunk {
  readonly keyword: keyof typeof pngKeywords;
  readonly text: TextPiece | undefined;
}

/** The chunks of a PNG after IHDR and before IEND (W3C PNG, third edition), as far as they are whole. */
function* readChunks(bytes: Uint8Array): Generator<Chunk> {
  for (let from = headerEnd; from + 12 <= bytes.length;) {
    const tag = uint32BE(bytes, from + 4);
    const body = from + 8;
    const bodyEnd = body + uint32BE(bytes, from);
    if (tag === IEND || bodyEnd + 4 > bytes.length) return;
    yield { tag, from, body, bodyEnd, to: bodyEnd + 4 };
    from = bodyEnd + 4;
  }
}

/** The text chunks of a PNG that can hold metadata of ours, at most the first two of each keyword. */
export function pngTexts(bytes: Uint8Array): readonly PngText[] {
  const texts: PngText[] = [];
  const counts = { xmp: 0, parameters: 0 };
  for (const chunk of readChunks(bytes)) {
    if (!textTags.has(chunk.tag)) continue;
    const keyword = (['xmp', 'parameters'] as const).find((each) => hasKeyword(bytes, chunk, each));
    if (!keyword || counts[keyword] === 2) continue;
    counts[keyword] += 1;
    texts.push({ ...chunk, keyword, text: readText(bytes, chunk, pngKeywords[keyword].length) });
  }
  return texts;
}

/** What a PNG carries: XMP, A1111's infotext, EXIF. */
export function pngPieces(bytes: Uint8Array): CarriedPieces {
  const texts = pngTexts(bytes);
  const xmp = texts.find(({ keyword }) => keyword === 'xmp')?.text;
  const parameters = texts.find(({ keyword }) => keyword === 'parameters')?.text;
  let exif: Uint8Array | undefined;
  for (const { tag, body, bodyEnd } of readChunks(bytes))
    if (tag === eXIf) exif ??= bytes.subarray(body, bodyEnd);
  return { ...(xmp && { xmp }), ...(parameters && { parameters }), ...(exif && { exif }) };
}

/** Whether a PNG carries a C2PA manifest store (C2PA specification, embedding into PNG: a `caBX` chunk). */
export function pngHasC2pa(bytes: Uint8Array): boolean {
  for (const { tag } of readChunks(bytes)) if (tag === caBX) return true;
  return false;
}

/**
 * Puts a text into a PNG as an uncompressed `iTXt` chunk: in place of `old`, or right after IHDR, where
 * readers of the beginning alone find it.
 */
export function pngTextEdit(
  keyword: keyof typeof pngKeywords,
  text: Uint8Array,
  old: PngText | undefined,
): Edit {
  // The keyword's end; not compressed, method 0; neither a language nor a translated keyword.
  const data = joined(asciiBytes(`iTXt${pngKeywords[keyword]}\0\0\0\0\0`), text);
  const bytes = joined(uint32Bytes(data.length - 4), data, uint32Bytes(crc32(data)));
  return { from: old?.from ?? headerEnd, to: old?.to ?? headerEnd, bytes };
}

function uint32Bytes(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function hasKeyword(bytes: Uint8Array, { body, bodyEnd }: Chunk, keyword: keyof typeof pngKeywords): boolean {
  const word = pngKeywords[keyword];
  if (body + word.length >= bodyEnd || bytes[body + word.length] !== 0) return false;
  for (let i = 0; i < word.length; i++) if (bytes[body + i] !== word.charCodeAt(i)) return false;
  return true;
}

/** The text behind a keyword of this length; undefined where the chunk is malformed. */
function readText(bytes: Uint8Array, { tag, body, bodyEnd }: Chunk, length: number): TextPiece | undefined {
  const at = body + length + 1;
  if (tag === tEXt) return { bytes: bytes.subarray(at, bodyEnd), isCompressed: false, encoding: 'latin1' };
  if (tag === zTXt) {
    // The only method is 0, deflate.
    if (at >= bodyEnd || uint8(bytes, at) !== 0) return undefined;
    return { bytes: bytes.subarray(at + 1, bodyEnd), isCompressed: true, encoding: 'latin1' };
  }
  const flag = uint8(bytes, at);
  if (at + 2 > bodyEnd || flag > 1 || (flag === 1 && uint8(bytes, at + 1) !== 0)) return undefined;
  const language = bytes.indexOf(0, at + 2);
  const translated = language < 0 ? -1 : bytes.indexOf(0, language + 1);
  if (translated < 0 || translated >= bodyEnd) return undefined;
  return { bytes: bytes.subarray(translated + 1, bodyEnd), isCompressed: flag === 1, encoding: 'utf-8' };
}
