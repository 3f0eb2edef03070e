import { crc32, deflateSync } from 'node:zlib';
import type { ImageFacts } from '../../src/core/image/imageFacts.ts';

/** Makes and changes pictures byte by byte. */

export const ascii = (text: string) => Buffer.from(text, 'latin1');
export const bytesOf = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
export const uint32 = (value: number) =>
  Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((v) => v & 255));

/** A chunk with its checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const typed = bytesOf(ascii(type), data);
  return bytesOf(uint32(data.length), typed, uint32(crc32(typed)));
}

interface PngParts {
  readonly colourType?: 0 | 2 | 3 | 4 | 6;
  readonly width?: number;
  readonly before?: readonly Uint8Array[];
}

/** A real PNG of black pixels, 17 × 9. */
export function png({ colourType = 2, width = 17, before = [] }: PngParts = {}): Uint8Array {
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colourType];
  const header = bytesOf(uint32(width), uint32(9), Uint8Array.of(8, colourType, 0, 0, 0));
  const pixels = deflateSync(new Uint8Array((1 + 17 * channels) * 9));
  return bytesOf(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', header),
    ...before,
    pngChunk('IDAT', pixels),
    pngChunk('IEND', new Uint8Array()),
  );
}

/** A box of the ISO base media file format. */
export function box(type: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = bytesOf(...content);
  return bytesOf(uint32(8 + body.length), ascii(type), body);
}

/** What a whole picture of 17 × 9 is expected to say. */
export function whole(format: ImageFacts['format'], hasAlpha: boolean, end: number): ImageFacts {
  const extension = format === 'jpeg' ? 'jpg' : format;
  return {
    format,
    mediaType: `image/${format}`,
    extension,
    width: 17,
    height: 9,
    hasAlpha,
    complete: true,
    end,
  };
}
