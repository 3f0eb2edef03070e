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

/** 1 to 100, for JPEG and WebP on their libraries' scales; or every bit of every pixel, which JPEG comes near to only. */
export type Quality = number | 'lossless';

/** JPEG's best that is worth its bytes: what is beyond is the rounding of its own transform. */
const nearlyLossless = 98;

/**
 * Encodes a raster: PNG without loss, WebP with or without, JPEG with it. The file says nothing but the picture.
 * @param quality PNG is lossless at any
 * @throws CodecError `tooLarge` where the format has no such size; RangeError for any other quality
 */
export async function encodeImage(
  raster: Raster,
  format: OutputFormat,
  modules: WasmModules,
  quality: Quality = defaultQuality,
): Promise<EncodedImage> {
  if (quality !== 'lossless' && !(quality >= 1 && quality <= 100))
    throw new RangeError('The quality is a number from 1 to 100.');
  const isOpaque = isOpaqueRaster(raster);
  const flattened = format === 'jpeg' && !isOpaque;
  const { width, height } = raster;
  const result = { format, width, height, hasAlpha: format !== 'jpeg' && !isOpaque, flattened };
  switch (format) {
    case 'png':
      return { ...result, bytes: await encodePng(raster, isOpaque) };
    case 'jpeg': {
      const scaled = quality === 'lossless' ? nearlyLossless : Math.round(quality);
      const bytes = await encodeJpeg(flattened ? flattenOn(raster, white) : raster, scaled, modules);
      return { ...result, bytes };
    }
    case 'webp':
      return { ...result, bytes: await encodeWebp(raster, quality, modules) };
  }
}

/** Whether every pixel is wholly opaque. */
function isOpaqueRaster({ data }: Raster): boolean {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
