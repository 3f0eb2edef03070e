import { uint16BE, uint16LE, uint32BE, uint32LE, uint8 } from '../readBytes.ts';
import { packetLimit } from './imageMetadata.ts';

const exifIfd = 0x8769;
const userComment = 0x9286;
const undefinedType = 7;

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the four bytes of its value, or of the value's offset, stand. */
  readonly at: number;
}

/**
 * Reads the UserComment out of EXIF (CIPA DC-008: a TIFF structure of either byte order), where A1111 puts
 * its infotext in JPEG and WebP. Looks at two directories of it, each once; never throws.
 * @returns undefined where there is none, or in an encoding other than ASCII or Unicode
 */
export function readUserComment(tiff: Uint8Array): string | undefined {
  const order = uint16BE(tiff, 0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const isLittle = order === 0x4949;
  const uint16 = isLittle ? uint16LE : uint16BE;
  const uint32 = isLittle ? uint32LE : uint32BE;
  const find = (directory: number, wanted: number): Entry | undefined => {
    const entries = uint16(tiff, directory);
    for (let at = directory + 2; at < directory + 2 + entries * 12 && at + 12 <= tiff.length; at += 12)
      if (uint16(tiff, at) === wanted)
        return { type: uint16(tiff, at + 2), count: uint32(tiff, at + 4), at: at + 8 };
    return undefined;
  };
  if (uint16(tiff, 2) !== 42) return undefined;
  const pointer = find(uint32(tiff, 4), exifIfd);
  const comment = pointer && find(uint32(tiff, pointer.at), userComment);
  // Eight bytes name the encoding, so that the value never stands in the entry itself.
  if (comment?.type !== undefinedType || comment.count <= 8 || comment.count > packetLimit) return undefined;
  const from = uint32(tiff, comment.at);
  if (from + comment.count > tiff.length) return undefined;
  return decodeComment(tiff.subarray(from, from + comment.count), isLittle);
}

function decodeComment(comment: Uint8Array, isLittle: boolean): string | undefined {
  const code = String.fromCharCode(...comment.subarray(0, 8)).replace(/[\0 ]+$/, '');
  const text = withoutZeros(comment.subarray(8));
  // What is said to be ASCII, or not said, is often UTF-8.
  if (code === 'ASCII' || code === '') return new TextDecoder().decode(text);
  if (code !== 'UNICODE') return undefined;
  // Half of a last character may have gone with the zeros.
  const whole = comment.subarray(8, 8 + text.length + (text.length % 2));
  return new TextDecoder(isLittleEndian(whole, isLittle) ? 'utf-16le' : 'utf-16be').decode(whole);
}

/** What stands before the zeros at the end. */
function withoutZeros(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/**
 * Which order UTF-16 is in: EXIF leaves it open, and writers differ. The zeros of
 * characters below 256 tell, of which an infotext is full; else the order of the file.
 */
function isLittleEndian(text: Uint8Array, isFileLittle: boolean): boolean {
  let balance = 0;
  for (let at = 0; at + 1 < text.length; at += 2) {
    if (uint8(text, at) === 0) balance -= 1;
    if (uint8(text, at + 1) === 0) balance += 1;
  }
  return balance === 0 ? isFileLittle : balance > 0;
}
