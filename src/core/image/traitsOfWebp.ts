import { readOrientation } from './orientation.ts';
import { tagOf, uint32BE, uint32LE } from './readBytes.ts';
import { plainTraits, type Traits } from './traits.ts';

const ANIM = tagOf('ANIM');
const ANMF = tagOf('ANMF');
const EXIF = tagOf('EXIF');
const ICCP = tagOf('ICCP');
const exifPrefix = tagOf('Exif');

/** WebP (RFC 9649): animation, Exif and the profile are chunks of their own. */
export function webpTraits(bytes: Uint8Array): Traits {
  let traits: Traits = plainTraits;
  for (let at = 12; at + 8 <= bytes.length;) {
    const tag = uint32BE(bytes, at);
    const length = uint32LE(bytes, at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (tag === ANIM || tag === ANMF) traits = { ...traits, isAnimated: true };
    else if (tag === ICCP) traits = { ...traits, profile: { bytes: body, isDeflated: false } };
    // Some writers put JPEG's prefix before it.
    else if (tag === EXIF)
      traits = {
        ...traits,
        orientation: readOrientation(uint32BE(body, 0) === exifPrefix ? body.subarray(6) : body),
      };
    at += 8 + length + (length & 1);
  }
  return traits;
}
