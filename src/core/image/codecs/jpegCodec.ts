import decoderFactory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import encoderFactory from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions } from '@jsquash/jpeg/meta.js';
import type { Raster } from '../raster.ts';
import { CodecError } from './codecError.ts';
import { memoryLimit } from './codecMemory.ts';
import { callCodec } from './emscripten.ts';
import type { CodecFactory } from './emscripten.ts';
import { joinJpegs } from './joinJpegs.ts';
import type { WasmModules } from './wasmModules.ts';

interface Decoder {
  decode(bytes: Uint8Array, upright: boolean): Raster | null;
}

interface Encoder {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | string;
}

/** libjpeg's JPEG_MAX_DIMENSION. */
const mostPixelsASide = 65_500;
/** MozJPEG takes five times a picture's memory: larger ones are encoded in strips of at most this many pixels. */
const mostPixelsAtOnce = 2 ** 20;
/** T.81, E.1.4: as many minimum coded units can lie between two restart markers. */
const mostUnits = 65_535;
/** A minimum coded unit has 8 or 16 rows; 16 suits both. */
const rowsOfUnit = 16;
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
 * Encodes a JPEG (MozJPEG, @jsquash/jpeg) with halved colour, and from quality 90 on with more of it; progressive up
 * to a megapixel, beyond it baseline. Alpha is left out of account: callers flatten first.
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
  const isWhole = width * height <= mostPixelsAtOnce;
  const rows = isWhole ? height : rowsOfStrip(width);
  const options = { ...defaultOptions, quality, ...(!isWhole && { baseline: true }) };
  const module = await modules('jpegEncoder');
  const factory = encoderFactory as unknown as CodecFactory<Encoder>;
  const strips = await callCodec(factory, module, memoryLimit(width * rows, 32), (codec) => {
    const files: Uint8Array<ArrayBuffer>[] = [];
    for (let y = 0; y < height; y += rows) {
      const count = Math.min(rows, height - y);
      const part = data.subarray(y * width * 4, (y + count) * width * 4);
      const file = codec.encode(part, width, count, options);
      if (typeof file === 'string') throw new CodecError('tooLarge', 'The JPEG encoder gave up.');
      files.push(new Uint8Array(file));
    }
    return files;
  });
  const [first] = strips;
  return isWhole && first ? first : joinJpegs(strips, height);
}

function rowsOfStrip(width: number): number {
  const byPixels = Math.floor(mostPixelsAtOnce / width / rowsOfUnit);
  const byUnits = Math.floor(mostUnits / Math.ceil(width / 8) / 2);
  return Math.max(1, Math.min(byPixels, byUnits)) * rowsOfUnit;
}
