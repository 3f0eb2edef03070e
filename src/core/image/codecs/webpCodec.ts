import decoderFactory from '@jsquash/webp/codec/dec/webp_dec.js';
import encoderFactory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions } from '@jsquash/webp/meta.js';
import type { Raster } from '../raster.ts';
import { CodecError } from './codecError.ts';
import { memoryLimit } from './codecMemory.ts';
import { callCodec } from './emscripten.ts';
import type { CodecFactory } from './emscripten.ts';
import type { WasmModules } from './wasmModules.ts';

interface Decoder {
  decode(bytes: Uint8Array): Raster | null;
}

interface Encoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null;
}

/** Larger pictures are encoded in a fifth less memory, half as fast again. */
const mostPixelsAtEase = 2 ** 20;
/** RFC 9649: 14 bits for each dimension of a lossy frame. */
const mostPixelsASide = 16_383;

/**
 * Decodes a WebP of one frame (libwebp, @jsquash/webp): colours as the file has them, not turned.
 * @throws CodecError `damaged` or `tooLarge`
 */
export async function decodeWebp(bytes: Uint8Array, pixels: number, modules: WasmModules): Promise<Raster> {
  const module = await modules('webpDecoder');
  return callCodec(
    decoderFactory as unknown as CodecFactory<Decoder>,
    module,
    memoryLimit(pixels, 20, bytes.length),
    (codec) => {
      const decoded = codec.decode(bytes);
      if (!decoded) throw new CodecError('damaged', 'The WebP is damaged: it could not be decoded.');
      return decoded;
    },
  );
}

/**
 * Lossless: with the colour of pixels that cannot be seen, too. The least effort: more of it takes minutes and twice the
 * memory for a noisy picture of six megapixels, and makes it little smaller.
 */
const losslessOptions = { lossless: 1, exact: 1, quality: 0, method: 0 };
/** Bytes for each pixel that the encoder may take: measured 32 without loss. */
const encoderBytes = { lossy: 32, lossless: 48 };

/**
 * Encodes a WebP (libwebp); alpha is kept without loss, and left out where every pixel is opaque.
 * @param quality 1 to 100, libwebp's scale, of a lossy one
 * @throws CodecError `tooLarge` beyond 16,383 pixels a side, or where the memory does not suffice for a lossless one
 */
export async function encodeWebp(
  { width, height, data }: Raster,
  quality: number | 'lossless',
  modules: WasmModules,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Math.max(width, height) > mostPixelsASide) {
    throw new CodecError('tooLarge', `A WebP has at most ${mostPixelsASide} pixels a side.`);
  }
  const module = await modules('webpEncoder');
  const isLossless = quality === 'lossless';
  const limit = memoryLimit(width * height, isLossless ? encoderBytes.lossless : encoderBytes.lossy);
  const bytes = await callCodec(
    encoderFactory as unknown as CodecFactory<Encoder>,
    module,
    limit,
    (codec) => {
      const low_memory = isLossless || width * height > mostPixelsAtEase ? 1 : 0;
      const encoded = codec.encode(data, width, height, {
        ...defaultOptions,
        ...(isLossless ? losslessOptions : { quality }),
        low_memory,
      });
      if (!encoded) throw new CodecError('tooLarge', 'The WebP encoder gave up.');
      return new Uint8Array(encoded);
    },
  );
  if (isLossless) await checkSame(bytes, { width, height, data }, modules);
  return bytes;
}

/** An encoder that ran out of memory may have made a file without a picture, and said nothing. */
async function checkSame(bytes: Uint8Array, { width, height, data }: Raster, modules: WasmModules) {
  const failed = new CodecError('tooLarge', 'The WebP encoder did not keep every pixel.');
  const written = await decodeWebp(bytes, width * height, modules).catch(() => {
    throw failed;
  });
  if (written.data.length !== data.length) throw failed;
  for (let at = 0; at < data.length; at++) if (written.data[at] !== data[at]) throw failed;
}
