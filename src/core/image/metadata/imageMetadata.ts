import type { Background, Size } from '../../request.ts';

/**
 * What a file says about how its picture was made, cleaned and bounded. It fills a form that a person
 * reads before anything is sent; there is no member for headers, `extraBody` or a count, whatever the file
 * says.
 */
export interface ImageMetadata {
  /** At most `promptLimit` characters; lines are separated by \n; no other control character. */
  readonly prompt: string;
  readonly negativePrompt?: string;
  readonly model?: string;
  /** To be shown only: a file never chooses where a request goes (design.md, rule 13). */
  readonly gateway?: string;
  readonly seed?: number;
  /** Pixels, as asked for. */
  readonly size?: Size;
  readonly quality?: string;
  readonly background?: Background;
  readonly aspectRatio?: Size;
  /** Who wrote it: this extension, A1111's infotext, or other XMP. */
  readonly source: 'imageGateway' | 'a1111' | 'xmp';
}

/** What was asked for and is written by the level `full`. */
export interface GenerationRecord {
  readonly prompt: string;
  readonly model?: string;
  /** The gateway's id as shown, never its URL. */
  readonly gateway?: string;
  readonly seed?: number;
  readonly size?: Size;
  readonly quality?: string;
  readonly background?: Background;
  readonly aspectRatio?: Size;
  readonly n?: number;
}

/** What to write: the setting `output.metadata` without `none`. */
export type MetadataToWrite =
  { readonly level: 'source' } | { readonly level: 'full'; readonly generation: GenerationRecord };

/**
 * Why a file was left as it is:
 * - `c2pa`: it carries Content Credentials, which any change breaks
 * - `format`: it is no PNG, JPEG or WebP; an AVIF would need its items moved
 * - `incomplete`: it was cut off
 * - `existingMetadata`: it holds XMP that cannot be kept whole, being broken or there twice
 * - `tooLarge`: the metadata does not fit (64 KiB in a JPEG)
 */
export type MetadataRefusal = 'c2pa' | 'format' | 'incomplete' | 'existingMetadata' | 'tooLarge';

/** The most bytes of metadata that are read or written where nothing has to be inflated. */
export const packetLimit = 256 * 1024;

/** The most bytes that inflated text may have (design.md, rule 13). */
export const inflatedLimit = 64 * 1024;

/** What the readers of the containers hand over, still as bytes from outside. */
export interface CarriedPieces {
  /** The first XMP packet. */
  readonly xmp?: TextPiece;
  /** PNG text under A1111's keyword `parameters`. */
  readonly parameters?: TextPiece;
  /** A TIFF structure with EXIF. */
  readonly exif?: Uint8Array;
}

/** A piece of text. */
export interface TextPiece {
  readonly bytes: Uint8Array;
  /** Whether the bytes are in zlib's format. */
  readonly isCompressed: boolean;
  readonly encoding: 'utf-8' | 'latin1';
}
