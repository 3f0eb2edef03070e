import type { ImageFormat } from './imageFacts.ts';
import type { Traits } from './traits.ts';
import { avifTraits } from './traitsOfAvif.ts';
import { jpegTraits } from './traitsOfJpeg.ts';
import { pngTraits } from './traitsOfPng.ts';
import { webpTraits } from './traitsOfWebp.ts';

/** Reads the traits of a whole file. Structure only; linear in its length, and never throws. */
export function readTraits(bytes: Uint8Array, format: ImageFormat): Traits {
  switch (format) {
    case 'png':
      return pngTraits(bytes);
    case 'jpeg':
      return jpegTraits(bytes);
    case 'webp':
      return webpTraits(bytes);
    case 'avif':
      return avifTraits(bytes);
  }
}
