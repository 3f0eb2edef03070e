import { readItemDataEnd } from './avifItemLocation.ts';
import { readBoxes } from './isoBox.ts';
import type { IsoBox } from './isoBox.ts';
import { tagOf, uint16BE, uint32BE, uint8 } from './readBytes.ts';

const pitm = tagOf('pitm');
const iprp = tagOf('iprp');
const ipco = tagOf('ipco');
const ipma = tagOf('ipma');
const iloc = tagOf('iloc');
const idat = tagOf('idat');
const ispe = tagOf('ispe');
const irot = tagOf('irot');
const auxC = tagOf('auxC');
const trak = tagOf('trak');
const tkhd = tagOf('tkhd');
/** An association names a property by 15 bits. */
const mostProperties = 0x7fff;
const alphaTypes = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1'];

/** What an AVIF's `meta` box says of the picture. */
export interface AvifMeta {
  /** Pixels as drawn, 0 where unknown. */
  readonly width: number;
  readonly height: number;
  readonly hasAlpha: boolean;
  /** Whether items' data can lie in the box itself (`idat`). */
  readonly hasOwnData: boolean;
  /** Offset just after the last byte of any item's data in the file. */
  readonly dataEnd: number;
  /** The primary item's properties, in order. */
  readonly properties: readonly IsoBox[];
}

/** Reads the content of a `meta` box: the primary item's size, alpha, and where data lies. */
export function readAvifMeta(bytes: Uint8Array, from: number, to: number): AvifMeta {
  let primary = 0;
  let dataEnd = 0;
  let hasOwnData = false;
  const properties: IsoBox[] = [];
  const associations: IsoBox[] = [];
  for (const box of readBoxes(bytes, from + 4, to)) {
    if (box.tag === pitm) primary = readItemId(bytes, box.body + 4, uint8(bytes, box.body) > 0);
    if (box.tag === iloc) dataEnd = Math.max(dataEnd, readItemDataEnd(bytes, box.body, box.end));
    hasOwnData ||= box.tag === idat;
    if (box.tag !== iprp) continue;
    for (const child of readBoxes(bytes, box.body, box.end)) {
      if (child.tag === ipma) associations.push(child);
      if (child.tag === ipco && properties.length === 0) collectProperties(bytes, child, properties);
    }
  }
  const indexes = associations.flatMap((box) => propertiesOfItem(bytes, box, primary));
  const size = readSize(bytes, properties, indexes);
  const hasAlpha = properties.some((box) => isAlpha(bytes, box));
  const own = indexes.flatMap((index) => properties[index - 1] ?? []);
  return { ...size, hasAlpha, hasOwnData, dataEnd, properties: own };
}

/** The size of the first track that has one (`tkhd`, 16.16 fixed point): sequences without a `meta` box. */
export function readTrackSize(
  bytes: Uint8Array,
  from: number,
  to: number,
): { readonly width: number; readonly height: number } | undefined {
  for (const track of readBoxes(bytes, from, to)) {
    if (track.tag !== trak) continue;
    for (const box of readBoxes(bytes, track.body, track.end)) {
      if (box.tag !== tkhd || box.end - box.body < 84) continue;
      const width = uint16BE(bytes, box.end - 8);
      const height = uint16BE(bytes, box.end - 4);
      if (width > 0 && height > 0) return { width, height };
    }
  }
  return undefined;
}

function readItemId(bytes: Uint8Array, at: number, isLarge: boolean): number {
  return isLarge ? uint32BE(bytes, at) : uint16BE(bytes, at);
}

function collectProperties(bytes: Uint8Array, container: IsoBox, properties: IsoBox[]): void {
  for (const box of readBoxes(bytes, container.body, container.end)) {
    if (properties.length >= mostProperties) return;
    properties.push(box);
  }
}

/** The 1-based property numbers that an `ipma` box gives an item. */
function propertiesOfItem(bytes: Uint8Array, box: IsoBox, item: number): number[] {
  const hasLargeIds = uint8(bytes, box.body) > 0;
  const indexSize = (uint8(bytes, box.body + 3) & 1) === 1 ? 2 : 1;
  let at = box.body + 8;
  while (at < box.end) {
    const id = readItemId(bytes, at, hasLargeIds);
    at += hasLargeIds ? 4 : 2;
    const count = uint8(bytes, at);
    at += 1;
    if (id === item) {
      // Not beyond the box: its count is only a claim. The upper bit says that a property is essential.
      const fitting = Math.max(0, Math.min(count, Math.floor((box.end - at) / indexSize)));
      return Array.from({ length: fitting }, (_, index) =>
        indexSize === 2 ? uint16BE(bytes, at + index * 2) & 0x7fff : uint8(bytes, at + index) & 0x7f,
      );
    }
    at += count * indexSize;
  }
  return [];
}

/** The primary item's size, turned as it is drawn; the largest where none is said to be the primary's. */
function readSize(
  bytes: Uint8Array,
  properties: readonly IsoBox[],
  indexes: readonly number[],
): { width: number; height: number } {
  const own = indexes.flatMap((index) => properties[index - 1] ?? []);
  const isTurned = own.some((box) => box.tag === irot && (uint8(bytes, box.body) & 1) === 1);
  const sizes = (own.some((box) => box.tag === ispe) ? own : properties)
    .filter((box) => box.tag === ispe && box.end - box.body >= 12)
    .map((box) => ({ width: uint32BE(bytes, box.body + 4), height: uint32BE(bytes, box.body + 8) }))
    .filter(({ width, height }) => width > 0 && height > 0)
    .sort((a, b) => b.width * b.height - a.width * a.height);
  const { width, height } = sizes[0] ?? { width: 0, height: 0 };
  return isTurned ? { width: height, height: width } : { width, height };
}

function isAlpha(bytes: Uint8Array, box: IsoBox): boolean {
  if (box.tag !== auxC) return false;
  const type = bytes.subarray(box.body + 4, Math.min(box.end, box.body + 4 + 64));
  return alphaTypes.some((name) =>
    Array.from(`${name}\0`).every((letter, i) => type[i] === letter.charCodeAt(0)),
  );
}
