import { type PictureFacts, uprightSize } from './imageFacts.ts';
import { tagOf, uint16LE, uint24LE, uint32BE, uint32LE, uint8 } from './readBytes.ts';

const RIFF = tagOf('RIFF');
const WEBP = tagOf('WEBP');
const VP8 = tagOf('VP8 ');
const VP8L = tagOf('VP8L');
const VP8X = tagOf('VP8X');
const ALPH = tagOf('ALPH');
const ANMF = tagOf('ANMF');
const EXIF = tagOf('EXIF');

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
}

/**
 * Reads a WebP's RIFF chunks (RFC 9649; little-endian, padded to even lengths). The RIFF size says where
 * the picture ends.
 */
export function inspectWebp(bytes: Uint8Array): PictureFacts | undefined {
  if (uint32BE(bytes, 0) !== RIFF || uint32BE(bytes, 8) !== WEBP) return undefined;
  const size = uint32LE(bytes, 4);
  const riffEnd = 8 + size;
  // A size too small for one chunk is no picture's.
  if (size < 4 + 8) return undefined;

  let canvas: Canvas | undefined;
  let hasAlpha = false;
  let hasData = false;
  let exif: Uint8Array | undefined;
  let at = 12;
  while (at + 8 <= Math.min(riffEnd, bytes.length)) {
    const tag = uint32BE(bytes, at);
    const length = uint32LE(bytes, at + 4);
    canvas ??= readCanvas(bytes, tag, at + 8, length);
    hasAlpha ||= tag === ALPH;
    if (tag === EXIF) exif = bytes.subarray(at + 8, at + 8 + length);
    hasData ||= tag === VP8 || tag === VP8L || tag === ANMF;
    at += 8 + length + (length & 1);
  }
  // The last chunk's padding byte is sometimes left out of the size.
  const fits = riffEnd <= bytes.length && at <= riffEnd + 1;
  const complete = fits && hasData && canvas !== undefined;
  return {
    ...uprightSize(canvas?.width ?? 0, canvas?.height ?? 0, exif),
    hasAlpha: hasAlpha || (canvas?.hasAlpha ?? false),
    complete,
    end: complete ? Math.min(riffEnd + (size & 1), bytes.length) : bytes.length,
  };
}

/** The picture's size, from the first chunk that states it. */
function readCanvas(bytes: Uint8Array, tag: number, at: number, length: number): Canvas | undefined {
  const available = Math.min(length, bytes.length - at);
  if (tag === VP8X && available >= 10) {
    const width = uint24LE(bytes, at + 4) + 1;
    return { width, height: uint24LE(bytes, at + 7) + 1, hasAlpha: (uint8(bytes, at) & 0x10) !== 0 };
  }
  if (tag === VP8L && available >= 5 && uint8(bytes, at) === 0x2f) {
    const bits = uint32LE(bytes, at + 1);
    const width = (bits & 0x3fff) + 1;
    return { width, height: ((bits >>> 14) & 0x3fff) + 1, hasAlpha: ((bits >>> 28) & 1) === 1 };
  }
  // A key frame: its start code, then 14 bits each; the two upper bits are a scale for drawing.
  if (tag === VP8 && available >= 10 && uint24LE(bytes, at + 3) === 0x2a019d) {
    const width = uint16LE(bytes, at + 6) & 0x3fff;
    const height = uint16LE(bytes, at + 8) & 0x3fff;
    return width > 0 && height > 0 ? { width, height, hasAlpha: false } : undefined;
  }
  return undefined;
}
