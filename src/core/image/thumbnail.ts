import { inspectImage } from './inspect.ts';
import { type PixelEngine, PixelError, type PixelTask } from './pixelTask.ts';

/** Pixels of the longer side, at most. */
export const thumbnailSide = 256;

/** A small picture of a picture. */
export interface Thumbnail {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** The task that makes a thumbnail: WebP, because it keeps alpha and is small. */
export function thumbnailTask(bytes: Uint8Array): PixelTask {
  return { bytes, mostSide: thumbnailSide, output: { format: 'webp', quality: 80 } };
}

/**
 * Makes a thumbnail, of at most 256 pixels on the longer side and never larger than the picture.
 * @param bytes PNG, JPEG, WebP or AVIF
 * Rejects with a PixelError, or the signal's reason.
 */
export async function makeThumbnail(
  bytes: Uint8Array,
  engine: PixelEngine,
  signal: AbortSignal,
): Promise<Thumbnail> {
  const result = await engine.run(thumbnailTask(bytes), signal);
  const facts = result.bytes && inspectImage(result.bytes);
  if (result.bytes === undefined || facts === undefined)
    throw new PixelError('failed', 'No thumbnail was made.');
  const { mediaType, width, height } = facts;
  return { bytes: result.bytes, mediaType, width, height };
}
