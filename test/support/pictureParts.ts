import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';

/** A chunk or segment of a picture. */
export interface Part {
  readonly name: string;
  readonly data: Buffer;
}

/** Takes a PNG apart; fails where anything is not as the specification has it, checksums included. */
export function pngParts(bytes: Uint8Array): Part[] {
  const file = Buffer.from(bytes);
  assert.equal(file.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const parts: Part[] = [];
  let at = 8;
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    assert.ok(at + 12 + length <= file.length, 'a chunk beyond the end');
    const name = file.toString('latin1', at + 4, at + 8);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(file.subarray(at + 4, at + 8 + length)), name);
    parts.push({ name, data: file.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  assert.equal(parts[0]?.name, 'IHDR');
  assert.deepEqual(
    parts.flatMap(({ name }, index) => (name === 'IEND' ? [index] : [])),
    [parts.length - 1],
  );
  return parts;
}

/** Takes a JPEG apart; the last part is everything from SOS on. Fails at stray bytes between segments. */
export function jpegParts(bytes: Uint8Array): Part[] {
  const file = Buffer.from(bytes);
  assert.equal(file.readUInt16BE(0), 0xffd8);
  const parts: Part[] = [];
  let at = 2;
  for (;;) {
    assert.equal(file[at], 0xff, `no marker at ${at}`);
    const marker = file.readUInt8(at + 1);
    if (marker === 0xda) return [...parts, { name: 'scan', data: file.subarray(at) }];
    const length = file.readUInt16BE(at + 2);
    parts.push({ name: marker.toString(16), data: file.subarray(at + 4, at + 2 + length) });
    at += 2 + length;
  }
}

/**
 * Takes a WebP apart; fails where the size is not the file's, padding is missing or not zero, or the
 * flags of an extended file are not those of its chunks.
 */
export function webpParts(bytes: Uint8Array): Part[] {
  const file = Buffer.from(bytes);
  assert.equal(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 12), 'RIFFWEBP');
  assert.equal(file.readUInt32LE(4), file.length - 8);
  const parts: Part[] = [];
  let at = 12;
  while (at < file.length) {
    const length = file.readUInt32LE(at + 4);
    parts.push({ name: file.toString('latin1', at, at + 4), data: file.subarray(at + 8, at + 8 + length) });
    at += 8 + length;
    if (length & 1) assert.equal(file[at++], 0, 'padding');
  }
  assert.equal(at, file.length);
  const names = parts.map(({ name }) => name);
  const extended = parts.find(({ name }) => name === 'VP8X');
  assert.equal(extended !== undefined, names.includes('XMP ') || names[0] === 'VP8X');
  if (extended) {
    assert.equal(names.indexOf('VP8X'), 0);
    assert.equal((extended.data.readUInt8(0) & 0x04) !== 0, names.includes('XMP '));
    assert.equal((extended.data.readUInt8(0) & 0x02) !== 0, names.includes('ANIM'));
  }
  return parts;
}

/** The parts of any of these formats. */
export function partsOf(bytes: Uint8Array): Part[] {
  if (bytes[0] === 0x89) return pngParts(bytes);
  return bytes[0] === 0xff ? jpegParts(bytes) : webpParts(bytes);
}

const jpegXmp = 'http://ns.adobe.com/xap/1.0/\0';
const pngXmp = 'XML:com.adobe.xmp\0\0\0\0\0';

/** The XMP packets of a picture, as text. */
export function xmpPackets(bytes: Uint8Array): string[] {
  return partsOf(bytes).flatMap(({ name, data }) => {
    const head = { iTXt: pngXmp, e1: jpegXmp, 'XMP ': '' }[name];
    return head !== undefined && data.subarray(0, head.length).toString('latin1') === head
      ? [data.toString('utf8', head.length)]
      : [];
  });
}

/** Everything of a picture but metadata of ours: what writing must not touch. */
export function untouchedParts(bytes: Uint8Array): Part[] {
  return partsOf(bytes).filter(({ name, data }) => {
    const isText = name === 'iTXt' && /^(?:XML:com\.adobe\.xmp|parameters)\0/.test(data.toString('latin1'));
    const isXmp = name === 'XMP ' || (name === 'e1' && data.toString('latin1').startsWith(jpegXmp));
    return !isText && !isXmp && name !== 'VP8X';
  });
}
