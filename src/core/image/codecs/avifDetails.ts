import { readAvifMeta } from '../avifMeta.ts';
import { readBoxes } from '../isoBox.ts';
import type { IsoBox } from '../isoBox.ts';
import { tagOf, uint16BE, uint32BE, uint8 } from '../readBytes.ts';
import { cicpColours, iccColours, sRGB } from './colourSpace.ts';
import type { ColourSpace } from './colourSpace.ts';
import { orientationOfTurn } from './orientation.ts';
import type { PictureDetails } from './pictureDetails.ts';

const meta = tagOf('meta');
const moov = tagOf('moov');
const clap = tagOf('clap');
const irot = tagOf('irot');
const imir = tagOf('imir');
const colr = tagOf('colr');
const nclx = tagOf('nclx');
const iccTypes = [tagOf('prof'), tagOf('rICC')];

/**
 * Reads the primary item's properties of a whole AVIF (ISO/IEC 23008-12). Its Exif orientation is not to be
 * applied: `irot` and `imir` say how it is turned. @throws CodecError `profile`
 */
export function readAvifDetails(bytes: Uint8Array): PictureDetails {
  const boxes = [...readBoxes(bytes, 0, bytes.length)];
  const item = boxes.find((box) => box.tag === meta);
  const properties = item ? readAvifMeta(bytes, item.body, item.end).properties : [];
  const find = (tag: number): IsoBox | undefined => properties.find((box) => box.tag === tag);
  const turn = find(irot);
  const mirror = find(imir);
  const axis = mirror && ((uint8(bytes, mirror.body) & 1) as 0 | 1);
  const isAnimated = boxes.some((box) => box.tag === moov);
  return {
    orientation: orientationOfTurn(turn ? uint8(bytes, turn.body) : 0, axis),
    colours: isAnimated ? sRGB : readColours(bytes, properties),
    isAnimated,
    ...(find(clap) && { unsupported: 'The AVIF shows only a part of its pixels (clap).' }),
  };
}

/** A profile says more than code points do. */
function readColours(bytes: Uint8Array, properties: readonly IsoBox[]): ColourSpace {
  const boxes = properties.filter((box) => box.tag === colr);
  const icc = boxes.find((box) => iccTypes.includes(uint32BE(bytes, box.body)));
  if (icc) return iccColours(bytes.subarray(icc.body + 4, icc.end));
  const codes = boxes.find((box) => uint32BE(bytes, box.body) === nclx);
  return codes ? cicpColours(uint16BE(bytes, codes.body + 4), uint16BE(bytes, codes.body + 6)) : sRGB;
}
