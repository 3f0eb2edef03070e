import type { ImageFormat } from './image/imageFacts.ts';
import type { Size } from './request.ts';

/** How people write formats. */
export const formatNames: Readonly<Record<ImageFormat, string>> = {
  png: 'PNG',
  jpeg: 'JPEG',
  webp: 'WebP',
  avif: 'AVIF',
};

/** "1200×630" */
export function pixelWords({ width, height }: Size): string {
  return `${width}×${height}`;
}
