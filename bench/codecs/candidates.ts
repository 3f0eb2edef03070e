import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { encodeImage } from '../../src/core/image/codecs/encodeImage.ts';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { resizeRaster } from '../../src/core/image/codecs/resize.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { modules } from '../../test/support/codecs.ts';

/** A library as it is measured: all in memory, pixels as RGBA. */
export interface Candidate {
  decode(bytes: Uint8Array, format: ImageFormat): Promise<Raster>;
  encode(raster: Raster, format: 'png' | 'jpeg' | 'webp'): Promise<Uint8Array>;
  resize(raster: Raster, width: number, height: number): Promise<unknown>;
}

const quality = 85;

/** This project: jSquash's codecs, an own start-up, PNG writer, strips for JPEG, and resampler. */
function ours(): Promise<Candidate> {
  return Promise.resolve({
    decode: async (bytes) => (await decodeImage(bytes, modules)).raster,
    encode: async (raster, format) => (await encodeImage(raster, format, modules, quality)).bytes,
    resize: (raster, width, height) => Promise.resolve(resizeRaster(raster, width, height)),
  });
}

interface JSquash {
  readonly default: (...values: unknown[]) => Promise<unknown>;
  readonly init?: (module: unknown) => Promise<unknown>;
  readonly initResize?: (module: unknown) => Promise<unknown>;
}

/** jSquash called as its packages document it. */
async function jSquash(folder: string): Promise<Candidate> {
  const { readFile } = await import('node:fs/promises');
  const { wasmApi } = await import('../../src/core/image/codecs/webAssembly.ts');
  const load = async (entry: string, wasm: string): Promise<JSquash['default']> => {
    const library = (await import(
      pathToFileURL(join(folder, 'node_modules/@jsquash', entry)).href
    )) as JSquash;
    const bytes = new Uint8Array(await readFile(join(folder, 'node_modules/@jsquash', wasm)));
    await (library.initResize ?? library.init)?.(new wasmApi.Module(bytes));
    return library.default;
  };
  const decoders = {
    png: () => load('png/decode.js', 'png/codec/pkg/squoosh_png_bg.wasm'),
    jpeg: () => load('jpeg/decode.js', 'jpeg/codec/dec/mozjpeg_dec.wasm'),
    webp: () => load('webp/decode.js', 'webp/codec/dec/webp_dec.wasm'),
    avif: () => load('avif/decode.js', 'avif/codec/dec/avif_dec.wasm'),
  };
  const encoders = {
    png: () => load('png/encode.js', 'png/codec/pkg/squoosh_png_bg.wasm'),
    jpeg: () => load('jpeg/encode.js', 'jpeg/codec/enc/mozjpeg_enc.wasm'),
    webp: () => load('webp/encode.js', 'webp/codec/enc/webp_enc_simd.wasm'),
  };
  return {
    decode: async (bytes, format) => (await (await decoders[format]())(bytes)) as Raster,
    encode: async (raster, format) =>
      new Uint8Array((await (await encoders[format]())(raster, { quality })) as ArrayBuffer),
    resize: async (raster, width, height) =>
      (await load('resize/index.js', 'resize/lib/resize/pkg/squoosh_resize_bg.wasm'))(raster, {
        ...{ width, height, method: 'lanczos3', premultiply: true, linearRGB: true },
      }),
  };
}

interface Sharp {
  ensureAlpha(): Sharp;
  raw(): Sharp;
  png(): Sharp;
  jpeg(options: object): Sharp;
  webp(options: object): Sharp;
  resize(width: number, height: number, options: object): Sharp;
  toBuffer(
    options?: object,
  ): Promise<{ readonly data: Uint8Array; readonly info: { width: number; height: number } }>;
}

/** sharp's WebAssembly build: `npm install --cpu=wasm32 sharp @img/sharp-wasm32`. */
function sharpWasm(folder: string): Promise<Candidate> {
  const require = createRequire(join(folder, 'package.json'));
  const sharp = require('sharp') as (input: Uint8Array, options?: object) => Sharp;
  const open = ({ width, height, data }: Raster) =>
    sharp(new Uint8Array(data.buffer), { raw: { width, height, channels: 4 } });
  const withInfo = { resolveWithObject: true };
  return Promise.resolve({
    decode: async (bytes) => {
      const { data, info } = await sharp(bytes).ensureAlpha().raw().toBuffer(withInfo);
      return {
        ...info,
        data: new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length),
      };
    },
    encode: async (raster, format) => {
      const opened = open(raster);
      const written = format === 'png' ? opened.png() : opened[format]({ quality, mozjpeg: true });
      return (await written.toBuffer(withInfo)).data;
    },
    resize: (raster, width, height) =>
      open(raster).resize(width, height, { kernel: 'lanczos3', fit: 'fill' }).raw().toBuffer(withInfo),
  });
}

interface VipsImage {
  readonly width: number;
  readonly height: number;
  hasAlpha(): boolean;
  bandjoin(values: number): VipsImage;
  writeToMemory(): Uint8Array;
  writeToBuffer(suffix: string, options: object): Uint8Array;
  resize(scale: number, options: object): VipsImage;
  delete(): void;
}

interface Vips {
  readonly Image: {
    newFromBuffer(bytes: Uint8Array): VipsImage;
    newFromMemory(data: Uint8Array, width: number, height: number, bands: number, format: string): VipsImage;
  };
}

async function wasmVips(folder: string): Promise<Candidate> {
  const require = createRequire(join(folder, 'package.json'));
  const start = require('wasm-vips') as (options: object) => Promise<Vips>;
  const vips = await start({ dynamicLibraries: ['vips-heif.wasm'] });
  const open = ({ width, height, data }: Raster) =>
    vips.Image.newFromMemory(new Uint8Array(data.buffer), width, height, 4, 'uchar');
  return {
    decode: (bytes) => {
      const image = vips.Image.newFromBuffer(bytes);
      const whole = image.hasAlpha() ? image : image.bandjoin(255);
      const data = new Uint8ClampedArray(whole.writeToMemory());
      return Promise.resolve({ width: whole.width, height: whole.height, data });
    },
    encode: (raster, format) =>
      Promise.resolve(
        open(raster).writeToBuffer(
          format === 'jpeg' ? '.jpg' : `.${format}`,
          format === 'png' ? {} : { Q: quality },
        ),
      ),
    resize: (raster, width, height) =>
      Promise.resolve(
        open(raster)
          .resize(width / raster.width, { vscale: height / raster.height, kernel: 'lanczos3' })
          .writeToMemory(),
      ),
  };
}

/** By the name that the table has. */
export const candidates = {
  'this project': ours,
  jSquash,
  'sharp (wasm32)': sharpWasm,
  'wasm-vips': wasmVips,
} satisfies Readonly<Record<string, (folder: string) => Promise<Candidate>>>;

export type CandidateName = keyof typeof candidates;
