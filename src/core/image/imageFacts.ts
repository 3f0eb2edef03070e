import { readOrientation, swapsSides } from './exifOrientation.ts';

export type ImageFormat = 'png' | 'jpeg' | 'webp' | 'avif';

/** What the bytes of a picture say about it. */
export interface ImageFacts {
  readonly format: ImageFormat;
  readonly mediaType: string;
  /** Without the dot: png, jpg, webp, avif. */
  readonly extension: string;
  /** Pixels of the picture upright, as everybody draws it: Exif's orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** Whether the file has an alpha channel or a transparent colour at all. */
  readonly hasAlpha: boolean;
  /** False where the picture's end marker is missing: it was cut off. */
  readonly complete: boolean;
  /** Offset just after the picture's end marker; bytes from here on are not part of the picture. */
  readonly end: number;
}

/** What one format's reader finds; the rest of ImageFacts follows from the format. */
export type PictureFacts = Omit<ImageFacts, 'format' | 'mediaType' | 'extension'>;

/** The size of a picture upright. @param exif its Exif block, where it has one */
export function uprightSize(width: number, height: number, exif: Uint8Array | undefined) {
  return exif !== undefined && swapsSides(readOrientation(exif))
    ? { width: height, height: width }
    : { width, height };
}
