import { nextMarker } from '../jpeg.ts';
import { startsWith, uint16BE, uint8 } from '../readBytes.ts';
import { iccColours, sRGB } from './colourSpace.ts';
import type { ColourSpace } from './colourSpace.ts';
import { CodecError } from './codecError.ts';
import { readOrientation } from '../exifOrientation.ts';
import type { Orientation } from '../exifOrientation.ts';
import type { PictureDetails } from './pictureDetails.ts';

const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP2 = 0xe2;
const exifName = Array.from('Exif\0\0', (letter) => letter.charCodeAt(0));
const iccName = Array.from('ICC_PROFILE\0', (letter) => letter.charCodeAt(0));
/** Baseline, extended sequential and progressive with Huffman codes: what there is outside museums. */
const knownFrames = new Set([0xc0, 0xc1, 0xc2]);
/** A progressive file needs about ten. Each scan is a pass over all coefficients: the work must stay bounded. */
const mostScans = 64;

interface Found {
  exif?: Uint8Array;
  readonly icc: Map<number, Uint8Array>;
  iccCount: number;
  scans: number;
  unsupported?: string;
}

/** Reads the segments of a whole JPEG (ITU-T T.81, ICC.1:2022 annex B.4). @throws CodecError */
export function readJpegDetails(bytes: Uint8Array, pixels: number): PictureDetails {
  const found: Found = { icc: new Map(), iccCount: 0, scans: 0 };
  for (let at = nextMarker(bytes, 2); at < bytes.length;) {
    const marker = uint8(bytes, at);
    if (marker === EOI) break;
    const length = uint16BE(bytes, at + 1);
    readSegment(marker, bytes.subarray(at + 3, at + 1 + length), found);
    at = nextMarker(bytes, at + 1 + length);
  }
  if (found.scans > mostScans && found.scans * pixels > 2 ** 26) {
    throw new CodecError('tooLarge', `The JPEG has ${found.scans} scans: decoding would take too long.`);
  }
  const orientation: Orientation = found.exif ? readOrientation(found.exif) : 1;
  return {
    orientation,
    // Refused before its profile, which is then a printer's, is looked at.
    colours: found.unsupported === undefined ? readColours(found) : sRGB,
    isAnimated: false,
    ...(found.unsupported !== undefined && { unsupported: found.unsupported }),
  };
}

function readSegment(marker: number, body: Uint8Array, found: Found): void {
  if (marker === SOS) found.scans++;
  if (marker === APP1 && startsWith(body, exifName)) found.exif ??= body;
  if (marker === APP2 && startsWith(body, iccName)) {
    found.icc.set(uint8(body, 12), body.subarray(14));
    found.iccCount = uint8(body, 13);
  }
  if (marker < 0xc0 || marker > 0xcf || marker === 0xc4 || marker === 0xc8 || marker === 0xcc) return;
  if (!knownFrames.has(marker))
    found.unsupported = 'The JPEG is arithmetically coded, lossless or hierarchical.';
  if (uint8(body, 0) !== 8) found.unsupported = `The JPEG has ${uint8(body, 0)} bits a colour.`;
  if (uint8(body, 5) === 4) found.unsupported = 'The JPEG is made for printing (CMYK), not for screens.';
}

/** A profile is cut into numbered pieces of at most 64 kB. */
function readColours({ icc, iccCount }: Found): ColourSpace {
  if (icc.size === 0) return sRGB;
  const pieces = Array.from({ length: iccCount }, (_, index) => icc.get(index + 1));
  const whole = pieces.filter((piece) => piece !== undefined);
  if (whole.length === 0 || whole.length !== iccCount) {
    throw new CodecError('profile', 'The JPEG’s colour profile is not all there.');
  }
  const profile = new Uint8Array(whole.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of whole) {
    profile.set(piece, at);
    at += piece.length;
  }
  return iccColours(profile);
}
