import { type PictureFacts, uprightSize } from './imageFacts.ts';
import { startsWith, tagOf, uint32BE, uint8 } from './readBytes.ts';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const headerEnd = 8 + 12 + 13;
const IHDR = tagOf('IHDR');
const IDAT = tagOf('IDAT');
const IEND = tagOf('IEND');
const tRNS = tagOf('tRNS');
const eXIf = tagOf('eXIf');
/** The specification's greatest length and dimension. */
const greatest = 0x7fffffff;

/**
 * Reads a PNG's chunks (W3C PNG, third edition: length, type, data, CRC; big-endian) up to IEND.
 * Checksums are left to whoever draws the picture.
 * @returns undefined for other bytes and for a first chunk that cannot be a PNG's header
 */
export function inspectPng(bytes: Uint8Array): PictureFacts | undefined {
  if (!startsWith(bytes, signature)) return undefined;
  const cutOff = { width: 0, height: 0, hasAlpha: false, complete: false, end: bytes.length };
  if (bytes.length < headerEnd) return cutOff;
  const width = uint32BE(bytes, 16);
  const height = uint32BE(bytes, 20);
  if (uint32BE(bytes, 8) !== 13 || uint32BE(bytes, 12) !== IHDR) return undefined;
  if (!isDimension(width) || !isDimension(height)) return undefined;

  const colourType = uint8(bytes, 25);
  let hasAlpha = colourType === 4 || colourType === 6;
  let hasData = false;
  let exif: Uint8Array | undefined;
  for (let at = headerEnd; at + 12 <= bytes.length;) {
    const length = uint32BE(bytes, at);
    const tag = uint32BE(bytes, at + 4);
    const next = at + 12 + length;
    if (next > bytes.length || !isChunkName(bytes, at + 4)) break;
    if (tag === IEND) {
      const size = uprightSize(width, height, exif);
      return { ...size, hasAlpha, complete: hasData && length === 0, end: next };
    }
    hasAlpha ||= tag === tRNS;
    hasData ||= tag === IDAT;
    if (tag === eXIf) exif ??= bytes.subarray(at + 8, at + 8 + length);
    at = next;
  }
  return { ...cutOff, ...uprightSize(width, height, exif), hasAlpha };
}

function isDimension(value: number): boolean {
  return value > 0 && value <= greatest;
}

function isChunkName(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    const letter = uint8(bytes, index) | 0x20;
    if (letter < 0x61 || letter > 0x7a) return false;
  }
  return true;
}
