import assert from 'node:assert/strict';
import { inspectImage } from '../../src/core/image/inspect.ts';

/** One picture of an icon file: its pixels as RGBA from the top left, or the PNG as it is. */
export interface IcoPicture {
  readonly size: number;
  readonly rgba?: Uint8Array;
  /** What the AND mask leaves visible, one a pixel from the top left. */
  readonly visible?: readonly boolean[];
  readonly png?: Uint8Array;
}

/** Reads an icon file and fails where anything in it is not as Microsoft's format has it. */
export function readIco(file: Uint8Array): readonly IcoPicture[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  assert.equal(view.getUint16(0, true), 0, 'reserved');
  assert.equal(view.getUint16(2, true), 1, 'type: icon');
  const count = view.getUint16(4, true);
  let next = 6 + 16 * count;
  const pictures = Array.from({ length: count }, (_, index) => {
    const at = 6 + 16 * index;
    const size = view.getUint8(at) || 256;
    assert.equal(view.getUint8(at + 1) || 256, size, 'square');
    assert.deepEqual([view.getUint8(at + 2), view.getUint8(at + 3)], [0, 0], 'no palette, reserved');
    assert.deepEqual([view.getUint16(at + 4, true), view.getUint16(at + 6, true)], [1, 32], 'planes, bits');
    const length = view.getUint32(at + 8, true);
    assert.equal(view.getUint32(at + 12, true), next, 'pictures follow each other without gaps');
    const body = file.subarray(next, next + length);
    assert.equal(body.length, length, 'whole');
    next += length;
    return body[0] === 0x89 ? readPng(body, size) : readBitmap(body, size);
  });
  assert.equal(next, file.length, 'nothing behind the last picture');
  return pictures;
}

function readPng(png: Uint8Array, size: number): IcoPicture {
  const facts = inspectImage(png);
  assert.deepEqual([facts?.format, facts?.width, facts?.height, facts?.end], ['png', size, size, png.length]);
  return { size, png };
}

/** BITMAPINFOHEADER, colours from the bottom up as BGRA, AND mask from the bottom up in rows of whole 32 bits. */
function readBitmap(body: Uint8Array, size: number): IcoPicture {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const header = [0, 4, 8, 16, 24, 28, 32, 36].map((at) => view.getInt32(at, true));
  assert.deepEqual(header, [40, size, 2 * size, 0, 0, 0, 0, 0], 'header');
  assert.deepEqual([view.getUint16(12, true), view.getUint16(14, true)], [1, 32], 'planes, bits');
  const maskRow = Math.ceil(size / 32) * 4;
  const maskStart = 40 + size * size * 4;
  assert.equal(body.length, maskStart + maskRow * size, 'length');
  assert.equal(view.getUint32(20, true), body.length - 40, 'image size');
  const rgba = new Uint8Array(size * size * 4);
  const visible: boolean[] = [];
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const row = size - 1 - y;
      const [blue, green, red, alpha] = body.subarray(40 + (row * size + x) * 4);
      rgba.set([red!, green!, blue!, alpha!], (y * size + x) * 4);
      visible.push((body[maskStart + row * maskRow + Math.floor(x / 8)]! & (0x80 >> (x % 8))) === 0);
    }
  return { size, rgba, visible };
}
