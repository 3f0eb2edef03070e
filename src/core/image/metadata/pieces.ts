import type { ImageFormat } from '../imageFacts.ts';
import { inspectImage } from '../inspect.ts';
import { avifHasC2pa, avifPieces } from './avifMetadata.ts';
import type { CarriedPieces, TextPiece } from './imageMetadata.ts';
import { packetLimit } from './imageMetadata.ts';
import { inflateText } from './inflate.ts';
import { jpegHasC2pa, jpegPieces } from './jpegMetadata.ts';
import { pngHasC2pa, pngPieces } from './pngMetadata.ts';
import { webpHasC2pa, webpPieces } from './webpMetadata.ts';

const readers: Readonly<Record<ImageFormat, (bytes: Uint8Array) => CarriedPieces>> = {
  png: pngPieces,
  jpeg: jpegPieces,
  webp: webpPieces,
  avif: avifPieces,
};
const c2paReaders: Readonly<Record<ImageFormat, (bytes: Uint8Array) => boolean>> = {
  png: pngHasC2pa,
  jpeg: jpegHasC2pa,
  webp: webpHasC2pa,
  avif: avifHasC2pa,
};

/** What a file carries, found in its structure; empty for other files. Linear in the length, never throws. */
export function piecesOf(bytes: Uint8Array): CarriedPieces {
  const format = inspectImage(bytes)?.format;
  return format ? readers[format](bytes) : {};
}

/**
 * Whether a picture carries C2PA Content Credentials (C2PA technical specification, embedding manifests),
 * which any change to the file would break. Nothing of them is verified. Linear in the length, never throws.
 */
export function hasC2pa(bytes: Uint8Array): boolean {
  const format = inspectImage(bytes)?.format;
  return format !== undefined && c2paReaders[format](bytes);
}

/** The bytes of a text, inflated within bounds; undefined where it is longer than they allow. */
export async function textBytes(piece: TextPiece): Promise<Uint8Array | undefined> {
  if (piece.isCompressed) return inflateText(piece.bytes);
  return piece.bytes.length > packetLimit ? undefined : piece.bytes;
}
