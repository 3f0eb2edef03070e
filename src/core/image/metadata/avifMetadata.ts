import { readLayout, uintOfSize } from '../avifItemLocation.ts';
import { readBoxes } from '../isoBox.ts';
import type { IsoBox } from '../isoBox.ts';
import { tagOf, uint16BE, uint32BE, uint8 } from '../readBytes.ts';
import { packetLimit } from './imageMetadata.ts';
import type { CarriedPieces } from './imageMetadata.ts';
import { asciiBytes, joined } from './splice.ts';

const meta = tagOf('meta');
const iinf = tagOf('iinf');
const infe = tagOf('infe');
const iloc = tagOf('iloc');
const idat = tagOf('idat');
const uuid = tagOf('uuid');
const jumb = tagOf('jumb');
const mime = tagOf('mime');
const Exif = tagOf('Exif');
const xmpType = asciiBytes('application/rdf+xml\0');
const c2paId = [0xd8fec3d6, 0x1b0e483c, 0x92975828, 0x877ec481];
const xmpId = [0xbe7acfcb, 0x97a942e8, 0x9c719994, 0x91e3afac];

/**
 * What an AVIF carries: XMP and EXIF as items of its `meta` box (ISO/IEC 23008-12, annex A), or XMP in a
 * `uuid` box.
 */
export function avifPieces(bytes: Uint8Array): CarriedPieces {
  let xmp: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  for (const box of readBoxes(bytes, 0, bytes.length)) {
    if (hasId(bytes, box, xmpId)) xmp ??= bytes.subarray(box.body + 16, box.end);
    if (box.tag !== meta) continue;
    const { xmpItem, exifItem } = findItems(bytes, box);
    xmp ??= xmpItem === undefined ? undefined : itemData(bytes, box, xmpItem);
    exif ??= exifItem === undefined ? undefined : itemData(bytes, box, exifItem);
  }
  return {
    ...(xmp && { xmp: { bytes: xmp, isCompressed: false, encoding: 'utf-8' } }),
    // The item begins with the number of bytes before the TIFF structure.
    ...(exif && { exif: exif.subarray(4 + uint32BE(exif, 0)) }),
  };
}

/**
 * Whether an AVIF carries a C2PA manifest store (C2PA specification, embedding into BMFF: a `uuid` box; a
 * plain JUMBF box is taken for one, too).
 */
export function avifHasC2pa(bytes: Uint8Array): boolean {
  for (const box of readBoxes(bytes, 0, bytes.length))
    if (box.tag === jumb || hasId(bytes, box, c2paId)) return true;
  return false;
}

function hasId(bytes: Uint8Array, { tag, body, end }: IsoBox, id: readonly number[]): boolean {
  return tag === uuid && body + 16 <= end && id.every((part, i) => uint32BE(bytes, body + i * 4) === part);
}

interface MetadataItems {
  readonly xmpItem?: number;
  readonly exifItem?: number;
}

/** The ids of the items with XMP and EXIF, from the item information box (ISO/IEC 14496-12, 8.11.6). */
function findItems(bytes: Uint8Array, { body, end }: IsoBox): MetadataItems {
  let xmpItem: number | undefined;
  let exifItem: number | undefined;
  for (const box of readBoxes(bytes, body + 4, end)) {
    if (box.tag !== iinf) continue;
    const entries = box.body + 4 + (uint8(bytes, box.body) === 0 ? 2 : 4);
    for (const entry of readBoxes(bytes, entries, box.end)) {
      const version = uint8(bytes, entry.body);
      if (entry.tag !== infe || version < 2 || version > 3) continue;
      const isLarge = version === 3;
      const id = isLarge ? uint32BE(bytes, entry.body + 4) : uint16BE(bytes, entry.body + 4);
      const typeAt = entry.body + 4 + (isLarge ? 4 : 2) + 2;
      const type = uint32BE(bytes, typeAt);
      if (type === Exif) exifItem ??= id;
      if (type === mime && isXmpEntry(bytes, typeAt + 4, entry.end)) xmpItem ??= id;
    }
  }
  return { ...(xmpItem !== undefined && { xmpItem }), ...(exifItem !== undefined && { exifItem }) };
}

/** Whether the content type after the item's name is XMP's. */
function isXmpEntry(bytes: Uint8Array, from: number, to: number): boolean {
  const nameLength = bytes.subarray(from, to).indexOf(0);
  const at = from + nameLength + 1;
  return nameLength >= 0 && at + xmpType.length <= to && xmpType.every((value, i) => bytes[at + i] === value);
}

/** An item's data, at most `packetLimit` bytes, from the item location box (ISO/IEC 14496-12, 8.11.3). */
function itemData(bytes: Uint8Array, { body, end }: IsoBox, item: number): Uint8Array | undefined {
  let location: IsoBox | undefined;
  let ownData: IsoBox | undefined;
  for (const box of readBoxes(bytes, body + 4, end)) {
    if (box.tag === iloc) location ??= box;
    if (box.tag === idat) ownData ??= box;
  }
  const ranges = location ? itemRanges(bytes, location, item, ownData?.body) : [];
  if (ranges.length === 0 || ranges.some(([from, to]) => to > bytes.length || from > to)) return undefined;
  const length = ranges.reduce((sum, [from, to]) => sum + to - from, 0);
  return length > packetLimit ? undefined : joined(...ranges.map(([from, to]) => bytes.subarray(from, to)));
}

/** Where an item's data lies in the file; empty where it lies elsewhere or nowhere. */
function itemRanges(
  bytes: Uint8Array,
  location: IsoBox,
  item: number,
  ownData: number | undefined,
): readonly (readonly [from: number, to: number])[] {
  const version = uint8(bytes, location.body);
  const layout = readLayout(bytes, location.body, version);
  const extentSize = layout.index + layout.offset + layout.length;
  let at = location.body + 6 + (version < 2 ? 2 : 4);
  while (at < location.end) {
    const id = layout.id === 2 ? uint16BE(bytes, at) : uint32BE(bytes, at);
    const method = layout.method === 0 ? 0 : uint8(bytes, at + layout.id + 1) & 0xf;
    at += layout.id + layout.method;
    const isElsewhere = uint16BE(bytes, at) !== 0;
    const start = [0, ownData][method];
    const base = uintOfSize(bytes, at + 2, layout.base);
    const extents = uint16BE(bytes, at + 2 + layout.base);
    at += 4 + layout.base;
    if (id === item) {
      if (isElsewhere || start === undefined || extentSize === 0) return [];
      const fitting = Math.max(0, Math.min(extents, Math.floor((location.end - at) / extentSize)));
      return Array.from({ length: fitting }, (_, n) => {
        const extent = at + n * extentSize + layout.index;
        const from = start + base + uintOfSize(bytes, extent, layout.offset);
        return [from, from + uintOfSize(bytes, extent + layout.offset, layout.length)] as const;
      });
    }
    at += extents * extentSize;
  }
  return [];
}
