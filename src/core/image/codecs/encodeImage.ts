import type { OutputFormat } from '../../request.ts';
import { flattenOn } from '../compose.ts';
import type { Raster } from '../raster.ts';
import { white } from '../rgb.ts';
import { encodeJpeg } from './jpegCodec.ts';
import { encodePng } from './pngEncoder.ts';
import type { WasmModules } from './wasmModules.ts';
import { encodeWebp } from './webpCodec.ts';

/** A picture's file. */
export interface EncodedImage {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly format: OutputFormat;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Whether alpha was written: opaque pictures have none. */
  readonly hasAlpha: boolean;
  /** Whether transparency was lost: laid onto white, because JPEG has none. */
  readonly flattened: boolean;
}

export const defaultQuality = 85;

/**
 * Encodes a raster: PNG without loss, JPEG and WebP with it. The file says nothing but the picture.
 * @param quality 1 to 100, for JPEG and WebP on their libraries' scales
 * @throws CodecError `tooLarge` where the format has no such size; RangeError for any other quality
 */
export async function encodeImage(
  raster: Raster,
  format: OutputFormat,
  modules: WasmModules,
  quality = defaultQuality,
): Promise<EncodedImage> {
  if (!(quality >= 1 && quality <= 100)) throw new RangeError('The quality is a number from 1 to 100.');
  const isOpaque = isOpaqueRaster(raster);
  const flattened = format === 'jpeg' && !isOpaque;
  const { width, height } = raster;
  const result = { format, width, height, hasAlpha: format !== 'jpeg' && !isOpaque, flattened };
  switch (format) {
    case 'png':
      return { ...result, bytes: await encodePng(raster, isOpaque) };
    case 'jpeg':
      return {
        ...result,
        bytes: await encodeJpeg(flattened ? flattenOn(raster, white) : raster, Math.round(quality), modules),
      };
    case 'webp':
      return { ...result, bytes: await encodeWebp(raster, quality, modules) };
  }
}

/** Whether every pixel is wholly opaque. */
function isOpaqueRaster({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
