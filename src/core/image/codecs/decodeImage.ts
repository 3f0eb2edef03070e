import { inspectImage } from '../inspect.ts';
import type { ImageFacts } from '../imageFacts.ts';
import type { Raster } from '../raster.ts';
import { decodeAvif } from './avifCodec.ts';
import { CodecError } from './codecError.ts';
import { convertColours } from './convertColours.ts';
import { decodeJpeg } from './jpegCodec.ts';
import { applyOrientation } from './orientation.ts';
import { readDetails } from './pictureDetails.ts';
import { decodePng } from './pngDecoder.ts';
import type { WasmModules } from './wasmModules.ts';
import { decodeWebp } from './webpCodec.ts';

/** Bounds of one picture. What decoders take for each pixel: docs/codecs.md. */
export interface ImageLimits {
  /** Of the picture as stored and as resized; of an AVIF, whose decoder takes twice the memory, half as many. */
  readonly maxPixels: number;
}

/** 8192 × 8192: decoded 256 MiB. */
export const defaultLimits: ImageLimits = { maxPixels: 2 ** 26 };

/** A decoded picture, and what had to be done to it. */
export interface DecodedImage {
  readonly raster: Raster;
  readonly facts: ImageFacts;
  /** It was stored lying or mirrored and now is upright. */
  readonly turned: boolean;
  /** Its colours were not sRGB, or of more than 8 bits, and now are. */
  readonly coloursConverted: boolean;
}

/**
 * Decodes a PNG, JPEG, WebP or AVIF of one frame to 8-bit sRGB, upright. What stands after its end is left out.
 * Refused before a pixel is decoded: too many pixels, by the container's word (the decoders' memory is bounded
 * for the size they find inside), animated files, CMYK, and colours that cannot be converted.
 * @throws CodecError with the reason, and nothing else
 */
export async function decodeImage(
  bytes: Uint8Array,
  modules: WasmModules,
  limits: ImageLimits = defaultLimits,
): Promise<DecodedImage> {
  const facts = inspectImage(bytes);
  if (!facts) throw new CodecError('unsupported', 'This is no PNG, JPEG, WebP or AVIF.');
  checkFacts(facts, limits);
  const picture = bytes.subarray(0, facts.end);
  const details = await readDetails(picture, facts);
  if (details.isAnimated) throw new CodecError('animated', 'The picture is animated.');
  if (details.unsupported !== undefined) throw new CodecError('unsupported', details.unsupported);
  const stored = await decodePixels(picture, facts, modules);
  if (details.colours !== 'sRGB') convertColours(stored, details.colours);
  const raster = applyOrientation(stored, details.orientation);
  if (raster.width !== facts.width || raster.height !== facts.height)
    throw new CodecError('damaged', 'The picture’s size inside is not the one that it claims.');
  return {
    raster,
    facts,
    turned: details.orientation !== 1,
    coloursConverted: details.colours !== 'sRGB' || details.isDeep === true,
  };
}

function checkFacts({ format, complete, width, height }: ImageFacts, limits: ImageLimits): void {
  const maxPixels = format === 'avif' ? limits.maxPixels / 2 : limits.maxPixels;
  if (width * height > maxPixels) {
    const most = Math.floor(maxPixels / 1e6);
    throw new CodecError('tooLarge', `${width}×${height} is more than ${most} megapixels.`);
  }
  if (!complete) throw new CodecError('damaged', 'The picture is not all there.');
}

async function decodePixels(bytes: Uint8Array, facts: ImageFacts, modules: WasmModules): Promise<Raster> {
  const decoded = await decodeStored(bytes, facts, modules);
  const { width, height, data } = decoded;
  if (width * height !== facts.width * facts.height || data.length !== width * height * 4)
    throw new CodecError('damaged', 'The picture’s size inside is not the one that it claims.');
  return { width, height, data };
}

async function decodeStored(bytes: Uint8Array, facts: ImageFacts, modules: WasmModules): Promise<Raster> {
  const pixels = facts.width * facts.height;
  switch (facts.format) {
    case 'png':
      return decodePng(bytes, modules);
    case 'jpeg':
      return decodeJpeg(bytes, pixels, modules);
    case 'webp':
      return decodeWebp(bytes, pixels, modules);
    case 'avif':
      return decodeAvif(bytes, pixels, modules);
  }
}
