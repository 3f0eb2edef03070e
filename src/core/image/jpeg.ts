import { type PictureFacts, uprightSize } from './imageFacts.ts';
import type { Size } from '../request.ts';
import { startsWith, uint16BE, uint8 } from './readBytes.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const DNL = 0xdc;
const APP1 = 0xe1;
const exifName = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * Reads a JPEG's marker segments (ITU-T T.81, annex B; big-endian) up to EOI. Segments are stepped over
 * by their length, so a thumbnail in APP1 with an end marker of its own does not end the picture. Stray
 * bytes between segments are passed over, as decoders do.
 */
export function inspectJpeg(bytes: Uint8Array): PictureFacts | undefined {
  if (!startsWith(bytes, [0xff, SOI, 0xff])) return undefined;
  let width = 0;
  let height = 0;
  let hasScan = false;
  let exif: Uint8Array | undefined;
  for (let at = nextMarker(bytes, 2); at < bytes.length;) {
    const marker = uint8(bytes, at);
    const body = at + 1;
    if (marker === EOI) {
      const complete = hasScan && width > 0 && height > 0;
      return facts(uprightSize(width, height, exif), complete, complete ? body : bytes.length);
    }
    const length = uint16BE(bytes, body);
    if (marker === SOI || length < 2 || body + length > bytes.length) break;
    if (isStartOfFrame(marker) && length >= 8) {
      height = uint16BE(bytes, body + 3);
      width = uint16BE(bytes, body + 5);
    }
    // A height of 0 means that it follows the first scan in a segment of its own.
    if (marker === DNL && length >= 4 && height === 0) height = uint16BE(bytes, body + 2);
    hasScan ||= marker === SOS;
    if (marker === APP1) exif ??= exifOf(bytes.subarray(body + 2, body + length));
    at = nextMarker(bytes, body + length);
  }
  return facts(uprightSize(width, height, exif), false, bytes.length);
}

/**
 * Index of the next marker's code at or after `at`, or the length where none follows. Stepping over
 * FF 00 (a stuffed data byte), restart markers and fill bytes is the same between segments and in a scan.
 */
export function nextMarker(bytes: Uint8Array, at: number): number {
  for (let index = at; index + 1 < bytes.length; index++) {
    if (bytes[index] !== 0xff) continue;
    const code = uint8(bytes, index + 1);
    if (code !== 0x00 && code !== 0xff && !isStandalone(code)) return index + 1;
  }
  return bytes.length;
}

/** RST0 to RST7 and TEM have no length. */
function isStandalone(marker: number): boolean {
  return (marker >= 0xd0 && marker <= 0xd7) || marker === 0x01;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which stand in the same row. */
export function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function exifOf(body: Uint8Array): Uint8Array | undefined {
  return startsWith(body, exifName) ? body : undefined;
}

function facts({ width, height }: Size, complete: boolean, end: number): PictureFacts {
  const isKnown = width > 0 && height > 0;
  // No JPEG has an alpha channel that anything draws.
  return { width: isKnown ? width : 0, height: isKnown ? height : 0, hasAlpha: false, complete, end };
}
