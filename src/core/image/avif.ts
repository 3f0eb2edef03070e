import { readAvifMeta, readTrackSize } from './avifMeta.ts';
import type { AvifMeta } from './avifMeta.ts';
import type { PictureFacts } from './imageFacts.ts';
import { readBox } from './isoBox.ts';
import { tagOf, uint32BE } from './readBytes.ts';

const ftyp = tagOf('ftyp');
const meta = tagOf('meta');
const moov = tagOf('moov');
const mdat = tagOf('mdat');
const brands = new Set([tagOf('avif'), tagOf('avis')]);
/** The boxes that can stand at the top level; what follows them is not part of the picture. */
const topLevel = new Set(
  'ftyp meta mdat moov moof mfra free skip wide uuid styp sidx ssix prft emsg pdin'.split(' ').map(tagOf),
);

interface TopLevel {
  readonly meta?: AvifMeta;
  readonly track?: { readonly width: number; readonly height: number };
  readonly hasData: boolean;
  /** False where the last box is longer than what was received. */
  readonly whole: boolean;
  readonly end: number;
}

/**
 * Reads an AVIF's boxes (ISO/IEC 14496-12 and 23008-12, AV1 Image File Format; big-endian). There is no
 * end marker: the picture ends where the last box does, and is whole when every item's data lies before.
 */
export function inspectAvif(bytes: Uint8Array): PictureFacts | undefined {
  if (!hasAvifBrand(bytes)) return undefined;
  const found = readTopLevel(bytes);
  const size = found.meta?.width ? found.meta : found.track;
  const complete = found.whole && found.hasData && !!size?.width && (found.meta?.dataEnd ?? 0) <= found.end;
  return {
    width: size?.width ?? 0,
    height: size?.height ?? 0,
    hasAlpha: found.meta?.hasAlpha ?? false,
    complete,
    end: complete ? found.end : bytes.length,
  };
}

/** The major brand or one of the compatible ones. */
function hasAvifBrand(bytes: Uint8Array): boolean {
  const box = readBox(bytes, 0, bytes.length);
  if (box?.tag !== ftyp) return false;
  if (brands.has(uint32BE(bytes, box.body))) return true;
  const end = Math.min(box.end, bytes.length);
  for (let at = box.body + 8; at + 4 <= end; at += 4) if (brands.has(uint32BE(bytes, at))) return true;
  return false;
}

function readTopLevel(bytes: Uint8Array): TopLevel {
  let metaFound: AvifMeta | undefined;
  let track: TopLevel['track'];
  let hasMediaData = false;
  let whole = true;
  let at = 0;
  while (whole) {
    const box = readBox(bytes, at, bytes.length);
    if (!box || !topLevel.has(box.tag)) break;
    whole = box.end <= bytes.length;
    // Also of a box that was cut off: the size usually stands near its beginning.
    const end = Math.min(box.end, bytes.length);
    if (box.tag === meta) metaFound ??= readAvifMeta(bytes, box.body, end);
    if (box.tag === moov) track ??= readTrackSize(bytes, box.body, end);
    hasMediaData ||= box.tag === mdat;
    at = end;
  }
  return {
    ...(metaFound && { meta: metaFound }),
    ...(track && { track }),
    hasData: hasMediaData || (metaFound?.hasOwnData ?? false),
    whole,
    end: at,
  };
}
