import { nextMarker } from '../jpeg.ts';
import { uint16BE, uint8 } from '../readBytes.ts';
import type { CarriedPieces } from './imageMetadata.ts';
import { asciiBytes, joined } from './splice.ts';
import type { Edit } from './splice.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP11 = 0xeb;
const xmpName = asciiBytes('http://ns.adobe.com/xap/1.0/\0');
const exifName = asciiBytes('Exif\0\0');
const jumbfName = asciiBytes('JP');
const c2paName = asciiBytes('c2pa');
/** The most bytes of XMP that one segment may hold (XMP specification, part 3, 1.1.3). */
export const jpegXmpLimit = 65_502;

interface Segment {
  readonly marker: number;
  readonly from: number;
  readonly body: number;
  readonly to: number;
}

/** The segments of a JPEG before its first scan (ITU-T T.81, annex B), as far as they are whole. */
function* readSegments(bytes: Uint8Array): Generator<Segment> {
  for (let at = nextMarker(bytes, 2); at < bytes.length;) {
    const marker = uint8(bytes, at);
    const to = at + 1 + uint16BE(bytes, at + 1);
    if (marker === SOI || marker === EOI || marker === SOS || to < at + 3 || to > bytes.length) return;
    yield { marker, from: at - 1, body: at + 3, to };
    at = nextMarker(bytes, to);
  }
}

/** The first two segments with standard XMP. Only one is valid. */
export function jpegXmpSegments(bytes: Uint8Array): readonly Segment[] {
  const found: Segment[] = [];
  for (const segment of readSegments(bytes))
    if (found.length < 2 && isNamed(bytes, segment, APP1, xmpName)) found.push(segment);
  return found;
}

/** What a JPEG carries: XMP of one segment, EXIF. */
export function jpegPieces(bytes: Uint8Array): CarriedPieces {
  let xmp: Uint8Array | undefined;
  let exif: Uint8Array | undefined;
  for (const segment of readSegments(bytes)) {
    const { body, to } = segment;
    if (isNamed(bytes, segment, APP1, xmpName)) xmp ??= bytes.subarray(body + xmpName.length, to);
    if (isNamed(bytes, segment, APP1, exifName)) exif ??= bytes.subarray(body + exifName.length, to);
  }
  return {
    ...(xmp && { xmp: { bytes: xmp, isCompressed: false, encoding: 'utf-8' } }),
    ...(exif && { exif }),
  };
}

/**
 * Whether a JPEG carries a C2PA manifest store (C2PA specification, embedding into JPEG: JUMBF in APP11
 * segments). JUMBF of other kinds is none.
 */
export function jpegHasC2pa(bytes: Uint8Array): boolean {
  for (const segment of readSegments(bytes)) {
    if (!isNamed(bytes, segment, APP11, jumbfName)) continue;
    if (includesName(bytes, segment.body, segment.to, c2paName)) return true;
  }
  return false;
}

/** Puts an XMP packet of at most `jpegXmpLimit` bytes into a JPEG: in place of `old`, or after JFIF and EXIF. */
export function jpegXmpEdit(bytes: Uint8Array, packet: Uint8Array, old: Segment | undefined): Edit {
  const length = 2 + xmpName.length + packet.length;
  const head = Uint8Array.of(0xff, APP1, length >> 8, length & 0xff);
  const at = afterFirstSegments(bytes);
  return { from: old?.from ?? at, to: old?.to ?? at, bytes: joined(head, xmpName, packet) };
}

/** JFIF and EXIF each ask to be the first segment; readers are used to both, in this order or the other. */
function afterFirstSegments(bytes: Uint8Array): number {
  let at = 2;
  for (const segment of readSegments(bytes)) {
    if (segment.marker !== APP0 && !isNamed(bytes, segment, APP1, exifName)) break;
    at = segment.to;
  }
  return at;
}

function isNamed(
  bytes: Uint8Array,
  { marker, body, to }: Segment,
  wanted: number,
  name: Uint8Array,
): boolean {
  return marker === wanted && to - body >= name.length && name.every((value, i) => bytes[body + i] === value);
}

/** Whether a name stands somewhere between two offsets; compared in place: a hostile file is nothing but its first letter. */
function includesName(bytes: Uint8Array, from: number, to: number, name: Uint8Array): boolean {
  for (let at = from; at + name.length <= to; at++) {
    let same = 0;
    while (same < name.length && bytes[at + same] === name[same]) same++;
    if (same === name.length) return true;
  }
  return false;
}
