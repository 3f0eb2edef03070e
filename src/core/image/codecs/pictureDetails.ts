import type { ImageFacts } from '../imageFacts.ts';
import { readAvifDetails } from './avifDetails.ts';
import type { ColourSpace } from './colourSpace.ts';
import { readJpegDetails } from './jpegDetails.ts';
import type { Orientation } from '../exifOrientation.ts';
import { readPngDetails } from './pngDetails.ts';
import { readWebpDetails } from './webpDetails.ts';

/** What decoding must know that the pixels do not tell. */
export interface PictureDetails {
  readonly orientation: Orientation;
  readonly colours: ColourSpace;
  /** More than 8 bits a channel. */
  readonly isDeep?: boolean;
  /** More than one frame. */
  readonly isAnimated: boolean;
  /** A sentence on why the codecs here cannot decode it, where that shows before. */
  readonly unsupported?: string;
}

/** Reads a whole picture's structure: linear in the length. @throws CodecError `profile` or `damaged` */
export async function readDetails(bytes: Uint8Array, facts: ImageFacts): Promise<PictureDetails> {
  switch (facts.format) {
    case 'png':
      return readPngDetails(bytes);
    case 'jpeg':
      return readJpegDetails(bytes, facts.width * facts.height);
    case 'webp':
      return readWebpDetails(bytes);
    case 'avif':
      return readAvifDetails(bytes);
  }
}
