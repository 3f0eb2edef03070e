import { CodecError } from './codecs/codecError.ts';
import { resizeRaster } from './codecs/resize.ts';
import type { Raster } from './raster.ts';

/** The most pixels of an original and of its mask: with the edit, four rasters stand beside each other. */
export const mostMaskedPixels = 2 ** 25;

/**
 * Puts an edit into the picture that it was made of: outside the mask every pixel stays what it was to the last bit,
 * the unseen colour of transparent ones too, and the size stays. Where the mask is partly transparent both are mixed in
 * its share, on stored values, as editors do, and premultiplied.
 * @param original changed in place, because it may be large
 * @param edited resampled to the original's size where it has another
 * @param mask of the original's size: transparent where the edit is to be seen (OpenAI's `/images/edits`)
 * @returns the original
 * @throws CodecError `unsupported` where the mask has another size
 */
export function composeMaskedEdit(original: Raster, edited: Raster, mask: Raster): Raster {
  const { width, height, data } = original;
  if (mask.width !== width || mask.height !== height) {
    const sizes = `${mask.width}×${mask.height} for ${width}×${height}`;
    throw new CodecError('unsupported', `The mask has not the picture’s size: ${sizes}.`);
  }
  const { data: other } = resizeRaster(edited, width, height);
  for (let at = 0; at < data.length; at += 4) {
    const kept = mask.data[at + 3] ?? 255;
    if (kept === 0) takePixel(data, other, at);
    else if (kept < 255) mixPixel(data, other, at, kept / 255);
  }
  return original;
}

function takePixel(data: Uint8ClampedArray, other: Uint8ClampedArray, at: number): void {
  for (let part = at; part < at + 4; part++) data[part] = other[part] ?? 0;
}

/** @param share of what is there already, between 0 and 1 */
function mixPixel(data: Uint8ClampedArray, other: Uint8ClampedArray, at: number, share: number): void {
  const own = (data[at + 3] ?? 0) * share;
  const theirs = (other[at + 3] ?? 0) * (1 - share);
  const alpha = own + theirs;
  for (let part = at; part < at + 3; part++)
    data[part] = alpha === 0 ? 0 : ((data[part] ?? 0) * own + (other[part] ?? 0) * theirs) / alpha;
  data[at + 3] = alpha;
}
