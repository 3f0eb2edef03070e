import { CodecError } from './codecError.ts';

/** No RGB profile without tables comes near it. */
const most = 4 * 1024 * 1024;

/**
 * Inflates a zlib stream (RFC 1950) of a picture's profile.
 * @returns at most 4 MiB
 * @throws CodecError `profile` where it is damaged or longer
 */
export async function inflate(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return await joinBytes(parts);
      length += value.length;
      if (length > most) throw new RangeError('too long');
      parts.push(value);
    }
  } catch {
    reader.cancel().catch(() => undefined);
    throw new CodecError('profile', 'The picture’s colour profile is damaged.');
  }
}

/** One array of all. */
export async function joinBytes(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...parts]).arrayBuffer());
}
