import { isStartOfFrame, nextMarker } from './jpeg.ts';
import { readOrientation } from './orientation.ts';
import { startsWith, uint16BE, uint8 } from './readBytes.ts';
import { plainTraits, type Traits } from './traits.ts';

const APP1 = 0xe1;
const APP2 = 0xe2;
const SOS = 0xda;
const exif = letters('Exif\0\0');
const icc = letters('ICC_PROFILE\0');

/** JPEG: Exif in APP1 (CIPA DC-008), the profile in one or more APP2 (ICC.1, annex B.4), the number of components. */
export function jpegTraits(bytes: Uint8Array): Traits {
  let traits: Traits = plainTraits;
  const parts: Uint8Array[] = [];
  for (let at = nextMarker(bytes, 2); at < bytes.length;) {
    const marker = uint8(bytes, at);
    const length = uint16BE(bytes, at + 1);
    if (marker === SOS || length < 2) break;
    const body = bytes.subarray(at + 3, at + 1 + length);
    if (marker === APP1 && startsWith(body, exif))
      traits = { ...traits, orientation: readOrientation(body.subarray(exif.length)) };
    // After the name its place among the parts, from 1, and how many there are.
    else if (marker === APP2 && startsWith(body, icc))
      parts[uint8(body, icc.length)] = body.subarray(icc.length + 2);
    // Four are CMYK or YCCK, for printing; twelve bits are for nobody.
    else if (isStartOfFrame(marker) && (uint8(body, 5) > 3 || uint8(body, 0) !== 8))
      traits = { ...traits, problem: 'unsupported' };
    at = nextMarker(bytes, at + 1 + length);
  }
  return parts.length === 0 ? traits : { ...traits, profile: { bytes: joined(parts), isDeflated: false } };
}

/** In their order; an array of them has a gap at 0, and where one is missing. */
function joined(parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const there = parts.filter((part) => part !== undefined);
  const whole = new Uint8Array(there.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of there) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function letters(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}
