import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import avifFactory from '@jsquash/avif/codec/enc/avif_enc.js';
import { defaultOptions } from '@jsquash/avif/meta.js';
import { encodeImage } from '../../src/core/image/codecs/encodeImage.ts';
import { callCodec } from '../../src/core/image/codecs/emscripten.ts';
import type { CodecFactory } from '../../src/core/image/codecs/emscripten.ts';
import { wasmApi } from '../../src/core/image/codecs/webAssembly.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { ok } from './assert.ts';
import { modules } from './codecs.ts';
import { ascii, bytesOf, pngChunk, uint32 } from './pictureBytes.ts';
import type { Rgba } from './png.ts';

/** Pictures drawn for tests, their files in every format, and what stands in files beside the pixels. */

/** A raster whose pixels a function names. */
export function draw(width: number, height: number, colour: (x: number, y: number) => Rgba): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colour(x, y), (y * width + x) * 4);
  return { width, height, data };
}

const corners: readonly Rgba[] = [
  [220, 30, 30, 255],
  [30, 200, 40, 255],
  [30, 40, 210, 255],
  [240, 240, 235, 255],
];

/** Four fields: red, green, blue, nearly white, from the top left in reading order. */
export const quarters = (width = 48, height = 32): Raster =>
  draw(width, height, (x, y) => corners[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)]!);

/** The middles of the four quarters, in reading order. */
export function quartersOf(raster: Raster): readonly Rgba[] {
  const { width, height } = raster;
  const places = [1, 3].flatMap((v) =>
    [1, 3].map((u) => [Math.floor((width * u) / 4), Math.floor((height * v) / 4)]),
  );
  return places.map(([x, y]) => pixelOf(raster, x!, y!));
}

/** A smooth picture, opaque or fading to the right. */
export const gradient = (width: number, height: number, fades = false): Raster =>
  draw(width, height, (x, y) => [
    Math.round((x * 255) / width),
    Math.round((y * 255) / height),
    128,
    fades ? 255 - Math.round((x * 255) / width) : 255,
  ]);

export function pixelOf({ width, data }: Raster, x: number, y: number): Rgba {
  return Array.from(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)) as unknown as Rgba;
}

/** The greatest difference of any part of any two pixels; of unseen pixels only their alpha counts. */
export function greatestDifference(one: Raster, other: Raster): number {
  if (one.width !== other.width || one.height !== other.height) return Infinity;
  let most = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const unseen = one.data[at + 3] === 0 && other.data[at + 3] === 0;
    for (let part = unseen ? at + 3 : at; part < at + 4; part++) {
      most = Math.max(most, Math.abs(one.data[part]! - other.data[part]!));
    }
  }
  return most;
}

interface AvifEncoder {
  encode(data: Uint8Array, width: number, height: number, options: object): Uint8Array | null;
}

/** A picture's file. AVIF is written by the encoder that the product does without. */
export async function fileOf(raster: Raster, format: ImageFormat, quality = 95): Promise<Uint8Array> {
  if (format !== 'avif') return (await encodeImage(raster, format, modules, quality)).bytes;
  const path = join(import.meta.dirname, '../../node_modules/@jsquash/avif/codec/enc/avif_enc.wasm');
  const module = new wasmApi.Module(new Uint8Array(await readFile(path)));
  const factory = avifFactory as unknown as CodecFactory<AvifEncoder>;
  const options = { ...defaultOptions, quality, speed: 8, subsample: 3, bitDepth: 8 };
  return callCodec(factory, module, 2 ** 30, (codec) =>
    bytesOf(codec.encode(new Uint8Array(raster.data.buffer), raster.width, raster.height, options)!),
  );
}

/** A PNG from rows as they are stored, without their filter's number. */
export function pngOfRows(
  size: { readonly width: number; readonly height: number },
  form: { readonly bits: number; readonly colourType: number },
  rows: readonly Uint8Array[],
  before: readonly Uint8Array[] = [],
): Uint8Array {
  const header = bytesOf(
    uint32(size.width),
    uint32(size.height),
    Uint8Array.of(form.bits, form.colourType, 0, 0, 0),
  );
  const pixels = deflateSync(bytesOf(...rows.flatMap((row) => [Uint8Array.of(0), row])));
  return bytesOf(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', header),
    ...before,
    pngChunk('IDAT', pixels),
    pngChunk('IEND', new Uint8Array()),
  );
}

/** An Exif block that says only how the picture is turned. */
export function exifOf(orientation: number, littleEndian = false): Uint8Array {
  const block = new DataView(new ArrayBuffer(26));
  block.setUint16(0, littleEndian ? 0x4949 : 0x4d4d);
  block.setUint16(2, 42, littleEndian);
  block.setUint32(4, 8, littleEndian);
  block.setUint16(8, 1, littleEndian);
  block.setUint16(10, 0x0112, littleEndian);
  block.setUint16(12, 3, littleEndian);
  block.setUint32(14, 1, littleEndian);
  block.setUint16(18, orientation, littleEndian);
  return new Uint8Array(block.buffer);
}

const s15 = (value: number) => uint32(Math.round(value * 0x10000) >>> 0);
const xyzTag = (values: readonly number[]) => bytesOf(ascii('XYZ '), uint32(0), ...values.map(s15));
/** A parametric curve of type 3 as sRGB has it. */
export const srgbCurveTag = bytesOf(
  ...[ascii('para'), uint32(0), Uint8Array.of(0, 3, 0, 0)],
  ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(s15),
);
/** A gamma as profiles of version 2 have it. */
export const gammaTag = (gamma: number) =>
  bytesOf(
    ascii('curv'),
    uint32(0),
    uint32(1),
    Uint8Array.of(Math.floor(gamma), Math.round((gamma % 1) * 256)),
  );

/** The colorants of Display P3 and of sRGB, adapted to D50, as their published profiles have them. */
export const displayP3 = [
  [0.51512, 0.2412, -0.00105],
  [0.29198, 0.69225, 0.04189],
  [0.1571, 0.06657, 0.78407],
];
export const srgbColorants = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
];

/** A profile of these tags. */
export function profileOf(
  space: 'RGB ' | 'GRAY' | 'CMYK',
  tags: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const entries = Object.entries(tags);
  let at = 128 + 4 + entries.length * 12;
  const table = entries.map(([name, data]) => {
    const entry = bytesOf(ascii(name), uint32(at), uint32(data.length));
    at += data.length;
    return entry;
  });
  const header = new Uint8Array(128);
  header.set(uint32(at));
  header.set(ascii(`mntr${space}XYZ `), 12);
  header.set(ascii('acsp'), 36);
  return bytesOf(header, uint32(entries.length), ...table, ...entries.map(([, data]) => data));
}

/** A profile of colorants and one curve. */
export const matrixProfile = (colorants: readonly (readonly number[])[], curve: Uint8Array) =>
  profileOf('RGB ', {
    ...Object.fromEntries(['rXYZ', 'gXYZ', 'bXYZ'].map((name, index) => [name, xyzTag(colorants[index]!)])),
    ...{ rTRC: curve, gTRC: curve, bTRC: curve },
  });

/** Chunks just after a PNG's header. */
export const withPngChunks = (file: Uint8Array, ...chunks: readonly Uint8Array[]) =>
  bytesOf(file.subarray(0, 33), ...chunks, file.subarray(33));

export const iccpChunk = (profile: Uint8Array) =>
  pngChunk('iCCP', bytesOf(ascii('p\0\0'), new Uint8Array(deflateSync(profile))));

/** A segment just after a JPEG's first marker. */
export const withJpegSegment = (file: Uint8Array, marker: number, body: Uint8Array) => {
  const length = body.length + 2;
  return bytesOf(
    ...[file.subarray(0, 2), Uint8Array.of(0xff, marker, length >> 8, length & 255), body, file.subarray(2)],
  );
};

/** The file in WebP's extended form, with chunks before and after the picture. */
export function extendedWebp(
  file: Uint8Array,
  { width, height }: Raster,
  chunks: { readonly ICCP?: Uint8Array; readonly EXIF?: Uint8Array },
): Uint8Array {
  const uint32le = (value: number) => uint32(value).reverse();
  const chunk = (name: string, data: Uint8Array | undefined) =>
    data
      ? bytesOf(ascii(name), uint32le(data.length), data, new Uint8Array(data.length & 1))
      : new Uint8Array();
  const flags = (chunks.ICCP ? 0x20 : 0) | (chunks.EXIF ? 8 : 0);
  const canvas = bytesOf(
    ...[
      Uint8Array.of(flags, 0, 0, 0),
      uint32le(width - 1).subarray(0, 3),
      uint32le(height - 1).subarray(0, 3),
    ],
  );
  const simple = file.subarray(12);
  const body = bytesOf(
    ...[ascii('WEBP'), chunk('VP8X', canvas), chunk('ICCP', chunks.ICCP), simple, chunk('EXIF', chunks.EXIF)],
  );
  return bytesOf(ascii('RIFF'), uint32le(body.length), body);
}

/** A file with a profile and an Exif block, wherever the format has them. */
export async function withExtras(
  format: Exclude<ImageFormat, 'avif'>,
  raster: Raster,
  { ICCP, EXIF }: { readonly ICCP?: Uint8Array; readonly EXIF?: Uint8Array },
): Promise<Uint8Array> {
  const file = await fileOf(raster, format);
  if (format === 'webp') return extendedWebp(file, raster, { ...(ICCP && { ICCP }), ...(EXIF && { EXIF }) });
  if (format === 'png') {
    // The encoder's sRGB chunk goes: a file has one or the other.
    const bare = bytesOf(file.subarray(0, 33), file.subarray(33 + 13));
    return withPngChunks(bare, ...(ICCP ? [iccpChunk(ICCP)] : []), ...(EXIF ? [pngChunk('eXIf', EXIF)] : []));
  }
  const exif = EXIF ? withJpegSegment(file, 0xe1, bytesOf(ascii('Exif\0\0'), EXIF)) : file;
  return ICCP
    ? withJpegSegment(exif, 0xe2, bytesOf(ascii('ICC_PROFILE\0'), Uint8Array.of(1, 1), ICCP))
    : exif;
}

/** Fails where a part of the colour is further away. */
export function assertNear(actual: Rgba, expected: readonly number[], tolerance: number, message = ''): void {
  const isNear = expected.every((value, index) => Math.abs(value - actual[index]!) <= tolerance);
  ok(isNear, `${message} ${actual.join()} is not ${expected.join()}`);
}
