import { tagOf, uint32BE, uint32LE, uint8 } from '../readBytes.ts';
import { iccColours, sRGB } from './colourSpace.ts';
import type { ColourSpace } from './colourSpace.ts';
import { readOrientation } from '../exifOrientation.ts';
import type { Orientation } from '../exifOrientation.ts';
import type { PictureDetails } from './pictureDetails.ts';

const VP8X = tagOf('VP8X');
const ANMF = tagOf('ANMF');
const ANIM = tagOf('ANIM');
const ICCP = tagOf('ICCP');
const EXIF = tagOf('EXIF');
const animationFlag = 0x02;

/** Reads the chunks of a whole WebP (RFC 9649, 2.7). @throws CodecError `profile` */
export function readWebpDetails(bytes: Uint8Array): PictureDetails {
  let orientation: Orientation = 1;
  let colours: ColourSpace = sRGB;
  let isAnimated = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const tag = uint32BE(bytes, at);
    const length = uint32LE(bytes, at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    isAnimated ||= tag === ANMF || tag === ANIM || (tag === VP8X && (uint8(body, 0) & animationFlag) !== 0);
    if (tag === ICCP && !isAnimated) colours = iccColours(body);
    if (tag === EXIF) orientation = readOrientation(body);
    at += 8 + length + (length & 1);
  }
  return { orientation, colours, isAnimated };
}
