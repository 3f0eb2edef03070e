import { readOrientation } from './orientation.ts';
import { tagOf, uint32BE, uint8 } from './readBytes.ts';
import { plainTraits, type Traits } from './traits.ts';

const acTL = tagOf('acTL');
const iCCP = tagOf('iCCP');
const sRGB = tagOf('sRGB');
const cICP = tagOf('cICP');
const gAMA = tagOf('gAMA');
const eXIf = tagOf('eXIf');
const IEND = tagOf('IEND');
/** 1/2.2 and sRGB's own, in the chunk's units, and what lies between. */
const usualGamma = { least: 45_000, most: 46_000 };

/** PNG (W3C, third edition): animation, Exif, and the chunks on colour, of which cICP and iCCP come before sRGB and gAMA. */
export function pngTraits(bytes: Uint8Array): Traits {
  let traits: Traits = plainTraits;
  let [hasProfile, isSrgb, hasOddGamma] = [false, false, false];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = uint32BE(bytes, at);
    const tag = uint32BE(bytes, at + 4);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (tag === IEND) break;
    if (tag === acTL) traits = { ...traits, isAnimated: true };
    else if (tag === eXIf) traits = { ...traits, orientation: readOrientation(body) };
    else if (tag === sRGB) isSrgb = true;
    else if (tag === gAMA) {
      const gamma = uint32BE(body, 0);
      hasOddGamma = gamma < usualGamma.least || gamma > usualGamma.most;
    } else if (tag === cICP && !isSrgbCode(body)) traits = { ...traits, problem: 'profile' };
    else if (tag === iCCP) {
      hasProfile = true;
      // A name that ends with 0, then the method of compression, of which there is one.
      const name = body.indexOf(0);
      traits = { ...traits, profile: { bytes: body.subarray(name + 2), isDeflated: true } };
    }
    at += 12 + length;
  }
  return hasOddGamma && !isSrgb && !hasProfile ? { ...traits, problem: 'profile' } : traits;
}

/** ITU-T H.273: BT.709's primaries with sRGB's curve, full range. */
function isSrgbCode(body: Uint8Array): boolean {
  return uint8(body, 0) === 1 && uint8(body, 1) === 13 && uint8(body, 3) === 1;
}
