import turboFactory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import decoderFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import type { Raster } from '../raster.ts';
import { CodecError } from './codecError.ts';
import { memoryLimit } from './codecMemory.ts';
import { callCodec } from './emscripten.ts';
import type { CodecFactory } from './emscripten.ts';
import type { WasmModules } from './wasmModules.ts';

interface Decoder {
  decode(bytes: Uint8Array, upright: boolean): Raster | null;
}

interface TurboEncoder {
  setQuality(quality: number): void;
  setProgressive(progressive: 0 | 1): void;
  setSubSampling(sampling: 0 | 2): void;
  getDecodedBuffer(frame: {
    width: number;
    height: number;
    bitsPerSample: 8;
    componentCount: 3;
    isSigned: false;
  }): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
}

/** TurboJPEG's names: colour at full or at half the resolution each way. */
const fullColour = 0;
const halfColour = 2;
/** From this quality on, halved colour is what one sees first. */
const fullColourFrom = 90;
/** libjpeg's JPEG_MAX_DIMENSION. */
const mostPixelsASide = 65_500;
/** What libjpeg says of pictures that are all there: bytes too many between segments, and odd thumbnails. */
const harmless = /extraneous bytes before marker|thumbnail|JFIF|Adobe marker|Unknown/i;

/**
 * Decodes a JPEG (MozJPEG, @jsquash/jpeg): colours as the file has them, not turned. What libjpeg only warns of,
 * missing or corrupt data that it would fill with grey, counts as damage.
 * @throws CodecError `damaged` or `tooLarge`
 */
export async function decodeJpeg(bytes: Uint8Array, pixels: number, modules: WasmModules): Promise<Raster> {
  const module = await modules('jpegDecoder');
  return callCodec(
    decoderFactory as unknown as CodecFactory<Decoder>,
    module,
    memoryLimit(pixels, 20, bytes.length),
    (codec, printed) => {
      const decoded = codec.decode(bytes, false);
      const complaint = printed.find((line) => !harmless.test(line));
      if (!decoded || complaint !== undefined) {
        throw new CodecError('damaged', 'The JPEG is damaged: parts of it are missing or corrupt.');
      }
      return decoded;
    },
  );
}

/**
 * Encodes a JPEG (libjpeg-turbo), progressive, 4:2:0 and from quality 90 on 4:4:4. Alpha is left out of account:
 * callers flatten first.
 * @param quality 1 to 100, libjpeg's scale
 * @throws CodecError `tooLarge` beyond 65,500 pixels a side
 */
export async function encodeJpeg(
  { width, height, data }: Raster,
  quality: number,
  modules: WasmModules,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Math.max(width, height) > mostPixelsASide) {
    throw new CodecError('tooLarge', `A JPEG has at most ${mostPixelsASide} pixels a side.`);
  }
  const module = await modules('jpegEncoder');
  const limit = memoryLimit(width * height, 20);
  return callCodec(
    turboFactory as CodecFactory<{ JPEGEncoder: new () => TurboEncoder }>,
    module,
    limit,
    (codec) => {
      const encoder = new codec.JPEGEncoder();
      encoder.setQuality(quality);
      encoder.setProgressive(1);
      encoder.setSubSampling(quality >= fullColourFrom ? fullColour : halfColour);
      const target = encoder.getDecodedBuffer({
        ...{ width, height, bitsPerSample: 8, componentCount: 3, isSigned: false },
      });
      for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
        target[to] = data[from] ?? 0;
        target[to + 1] = data[from + 1] ?? 0;
        target[to + 2] = data[from + 2] ?? 0;
      }
      encoder.encode();
      return new Uint8Array(encoder.getEncodedBuffer());
    },
  );
}
