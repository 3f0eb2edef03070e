import { inspectAvif } from './avif.ts';
import type { ImageFacts } from './imageFacts.ts';
import { inspectJpeg } from './jpeg.ts';
import { inspectPng } from './png.ts';
import { inspectWebp } from './webp.ts';

/**
 * Looks at what the bytes really are, whatever their label says. Reads structure only (chunks, segments,
 * boxes), no pixels: linear in the length, never throws.
 * @returns undefined when the bytes are not PNG, JPEG, WebP or AVIF. A picture that was cut off has
 *   `complete: false`, `end` at its last byte, and 0 × 0 where its size had not yet been received.
 */
export function inspectImage(bytes: Uint8Array): ImageFacts | undefined {
  const png = inspectPng(bytes);
  if (png) return { format: 'png', mediaType: 'image/png', extension: 'png', ...png };
  const jpeg = inspectJpeg(bytes);
  if (jpeg) return { format: 'jpeg', mediaType: 'image/jpeg', extension: 'jpg', ...jpeg };
  const webp = inspectWebp(bytes);
  if (webp) return { format: 'webp', mediaType: 'image/webp', extension: 'webp', ...webp };
  const avif = inspectAvif(bytes);
  if (avif) return { format: 'avif', mediaType: 'image/avif', extension: 'avif', ...avif };
  return undefined;
}
