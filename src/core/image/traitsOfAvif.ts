import { readBoxes } from './isoBox.ts';
import { tagOf, uint16BE, uint32BE } from './readBytes.ts';
import { plainTraits, type Traits } from './traits.ts';

const [ftyp, avis, moov, meta, iprp, ipco] = ['ftyp', 'avis', 'moov', 'meta', 'iprp', 'ipco'].map(tagOf);
const [colr, nclx, irot, imir] = ['colr', 'nclx', 'irot', 'imir'].map(tagOf);
const profiles = new Set(['prof', 'rICC'].map(tagOf));

/**
 * AVIF (AV1 Image File Format, ISO/IEC 23008-12): sequences, turns and mirrors of the file's own, colours by code points
 * or profile. The codec applies none of them, and of code points only what sRGB has.
 */
export function avifTraits(bytes: Uint8Array): Traits {
  let traits: Traits = plainTraits;
  for (const box of readBoxes(bytes, 0, bytes.length)) {
    if (box.tag === ftyp && uint32BE(bytes, box.body) === avis) traits = { ...traits, isAnimated: true };
    if (box.tag === moov) traits = { ...traits, isAnimated: true };
    if (box.tag !== meta) continue;
    for (const child of readBoxes(bytes, box.body + 4, box.end))
      if (child.tag === iprp) traits = withProperties(bytes, child.body, child.end, traits);
  }
  return traits;
}

function withProperties(bytes: Uint8Array, from: number, to: number, before: Traits): Traits {
  let traits = before;
  for (const container of readBoxes(bytes, from, to)) {
    if (container.tag !== ipco) continue;
    for (const { tag, body, end } of readBoxes(bytes, container.body, container.end)) {
      if (tag === irot || tag === imir) traits = { ...traits, problem: 'unsupported' };
      if (tag !== colr) continue;
      const kind = uint32BE(bytes, body);
      if (profiles.has(kind))
        traits = { ...traits, profile: { bytes: bytes.subarray(body + 4, end), isDeflated: false } };
      else if (kind === nclx && !isSrgbCode(bytes, body + 4)) traits = { ...traits, problem: 'profile' };
    }
  }
  return traits;
}

/** ITU-T H.273: BT.709's primaries, or not said, with sRGB's or a curve that is shown like it. */
function isSrgbCode(bytes: Uint8Array, at: number): boolean {
  const [primaries, transfer] = [uint16BE(bytes, at), uint16BE(bytes, at + 2)];
  return (primaries === 1 || primaries === 2) && [1, 2, 6, 13].includes(transfer);
}
