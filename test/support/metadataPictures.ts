import { encodedPicture } from '../fixtures/pictures/encodedPictures.ts';
import { ascii, box, bytesOf, png, pngChunk, uint32 } from './pictureBytes.ts';

/** Pictures that carry metadata of others, made byte by byte. */

const uint16 = (value: number) => Uint8Array.of(value >> 8, value & 255);
const utf8 = (text: string) => Buffer.from(text, 'utf8');

/** PNG text chunks. */
export const tEXt = (keyword: string, text: Uint8Array | string) =>
  pngChunk('tEXt', bytesOf(ascii(`${keyword}\0`), typeof text === 'string' ? ascii(text) : text));
export const zTXt = (keyword: string, packed: Uint8Array) =>
  pngChunk('zTXt', bytesOf(ascii(`${keyword}\0\0`), packed));
export const iTXt = (keyword: string, text: string) =>
  pngChunk('iTXt', bytesOf(ascii(`${keyword}\0\0\0en\0\0`), utf8(text)));
export const compressedITXt = (keyword: string, packed: Uint8Array) =>
  pngChunk('iTXt', bytesOf(ascii(`${keyword}\0\x01\0\0\0`), packed));

export const pngWith = (...before: readonly Uint8Array[]) => png({ before });

/** Puts a segment right after a JPEG's SOI. */
export function withSegment(jpeg: Uint8Array, marker: number, data: Uint8Array): Uint8Array {
  const head = bytesOf(Uint8Array.of(0xff, marker), uint16(data.length + 2));
  return bytesOf(jpeg.subarray(0, 2), head, data, jpeg.subarray(2));
}

export const jpegWith = (marker: number, data: Uint8Array) =>
  withSegment(encodedPicture('jpegBaseline'), marker, data);

export const jpegXmp = (packet: string) =>
  jpegWith(0xe1, bytesOf(ascii('http://ns.adobe.com/xap/1.0/\0'), utf8(packet)));

const uint32LE = (value: number) => Buffer.from(uint32(value)).reverse();

/** A RIFF chunk, padded. */
export function riffChunk(name: string, data: Uint8Array): Uint8Array {
  return bytesOf(ascii(name), uint32LE(data.length), data, new Uint8Array(data.length & 1));
}

/** Appends chunks to a WebP and says its new size. */
export function webpWith(...chunks: readonly Uint8Array[]): Uint8Array {
  const body = bytesOf(encodedPicture('webpLossless').subarray(8), ...chunks);
  return bytesOf(ascii('RIFF'), uint32LE(body.length), body);
}

/** EXIF with one UserComment, in either byte order. */
export function exifWith(comment: Uint8Array, order: 'II' | 'MM' = 'MM'): Uint8Array {
  const two = (value: number) => (order === 'MM' ? uint16(value) : uint16(value).reverse());
  const four = (value: number) => (order === 'MM' ? uint32(value) : uint32LE(value));
  const entry = (tag: number, type: number, count: number, value: number) =>
    bytesOf(two(tag), two(type), four(count), four(value));
  return bytesOf(
    ascii(order),
    two(42),
    four(8),
    two(1),
    entry(0x8769, 4, 1, 26),
    four(0),
    two(1),
    entry(0x9286, 7, comment.length, 44),
    four(0),
    comment,
  );
}

/** A UserComment in UTF-16. */
export function unicodeComment(text: string, order: 'LE' | 'BE'): Uint8Array {
  const utf16 = Buffer.from(text, 'utf16le');
  return bytesOf(ascii('UNICODE\0'), order === 'LE' ? utf16 : utf16.swap16());
}

/** An AVIF's boxes around one metadata item: `mime` with XMP, or `Exif`. No picture that anything draws. */
export function avifWith(type: 'mime' | 'Exif', data: Uint8Array, isInMeta = false): Uint8Array {
  const ftyp = box('ftyp', ascii('avif'), uint32(0), ascii('avifmif1'));
  const content = type === 'mime' ? ascii('\0application/rdf+xml\0') : ascii('\0');
  const info = box('infe', uint32(0x02000000), uint16(7), uint16(0), ascii(type), content);
  const iinf = box('iinf', uint32(0), uint16(1), info);
  const extent = (offset: number) => bytesOf(uint32(offset), uint32(data.length));
  const iloc = (offset: number) =>
    box(
      'iloc',
      uint32(0x01000000),
      uint16(0x4400),
      uint16(1),
      bytesOf(uint16(7), uint16(isInMeta ? 1 : 0), uint16(0), uint16(1), extent(offset)),
    );
  const meta = (offset: number) =>
    box('meta', uint32(0), iinf, iloc(offset), ...(isInMeta ? [box('idat', data)] : []));
  const before = ftyp.length + meta(0).length + 8;
  return bytesOf(ftyp, meta(isInMeta ? 0 : before), box('mdat', data));
}

/** Files with C2PA, as far as its presence goes, in each container. */
export function c2paPictures(): Readonly<Record<'png' | 'jpeg' | 'webp' | 'avif', Uint8Array>> {
  const store = box('jumb', box('jumd', ascii('c2pa\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03c2pa\0')));
  const id = Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex');
  return {
    png: pngWith(pngChunk('caBX', store)),
    jpeg: jpegWith(0xeb, bytesOf(ascii('JP'), uint16(1), uint32(1), store)),
    webp: webpWith(riffChunk('C2PA', store)),
    avif: bytesOf(encodedPicture('avifOpaque'), box('uuid', id, uint32(0), ascii('manifest\0'), store)),
  };
}
