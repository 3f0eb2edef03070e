import { tagOf, uint32BE, uint8 } from '../readBytes.ts';
import { cicpColours, gammaColours, iccColours, sRGB } from './colourSpace.ts';
import type { ColourSpace } from './colourSpace.ts';
import { inflate } from './inflate.ts';
import { readOrientation } from '../exifOrientation.ts';
import type { PictureDetails } from './pictureDetails.ts';

/** Where a chunk's data lies, by its tag; the first of each kind. */
type Chunks = ReadonlyMap<number, Uint8Array>;

const wanted = new Set(['cICP', 'iCCP', 'sRGB', 'gAMA', 'cHRM', 'eXIf', 'acTL'].map(tagOf));

/** Reads the chunks of a whole PNG (W3C PNG, third edition). @throws CodecError `profile` or `damaged` */
export async function readPngDetails(bytes: Uint8Array): Promise<PictureDetails> {
  const chunks = readChunks(bytes);
  const exif = chunks.get(tagOf('eXIf'));
  return {
    orientation: exif ? readOrientation(exif) : 1,
    colours: await readColours(chunks),
    isDeep: uint8(bytes, 24) === 16,
    isAnimated: chunks.has(tagOf('acTL')),
  };
}

function readChunks(bytes: Uint8Array): Chunks {
  const chunks = new Map<number, Uint8Array>();
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = uint32BE(bytes, at);
    const tag = uint32BE(bytes, at + 4);
    if (wanted.has(tag) && !chunks.has(tag)) chunks.set(tag, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return chunks;
}

/** Section 4.3: cICP goes before iCCP, that before sRGB, that before gAMA and cHRM. */
async function readColours(chunks: Chunks): Promise<ColourSpace> {
  const cicp = chunks.get(tagOf('cICP'));
  if (cicp) return cicpColours(uint8(cicp, 0), uint8(cicp, 1));
  const iccp = chunks.get(tagOf('iCCP'));
  if (iccp) return iccColours(await inflate(iccp.subarray(iccp.indexOf(0) + 2)));
  const gama = chunks.get(tagOf('gAMA'));
  const chrm = chunks.get(tagOf('cHRM'));
  if (chunks.has(tagOf('sRGB')) || (!gama && !chrm)) return sRGB;
  const gamma = gama && uint32BE(gama, 0) > 0 ? uint32BE(gama, 0) / 100_000 : undefined;
  return gammaColours(gamma, chrm && readChromaticities(chrm));
}

/** White, red, green and blue, each x and y, in hundred-thousandths. */
function readChromaticities(chrm: Uint8Array): readonly number[] {
  return Array.from({ length: 8 }, (_, index) => uint32BE(chrm, index * 4) / 100_000);
}
