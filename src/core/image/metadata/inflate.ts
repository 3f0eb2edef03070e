import { inflatedLimit } from './imageMetadata.ts';

/**
 * A browser inflates everything that one piece of its input holds before anything can be read, up to
 * 1,032 bytes for each; so pieces are small.
 */
const pieceLength = 128;

/**
 * Inflates text (zlib format, RFC 1950) and stops at `inflatedLimit` bytes, whatever more it would become.
 * Never throws.
 * @returns undefined where it is longer than that, or damaged
 */
export async function inflateText(packed: Uint8Array): Promise<Uint8Array | undefined> {
  // What does not shrink grows by a few bytes for every 16 KiB.
  if (packed.length > inflatedLimit + 1024) return undefined;
  const stream: ReadableStream<Uint8Array> = piecesOf(packed).pipeThrough(new DecompressionStream('deflate'));
  const reader = stream.getReader();
  const text = new Uint8Array(inflatedLimit);
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text.subarray(0, length);
      if (length + value.length > inflatedLimit) break;
      text.set(value, length);
      length += value.length;
    }
    await reader.cancel();
  } catch {
    // Damaged data: there is no text, whatever came before.
  }
  return undefined;
}

function piecesOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream(
    {
      pull: (controller) => {
        // A copy: a stream takes no memory that another thread could share.
        if (at < bytes.length) controller.enqueue(new Uint8Array(bytes.subarray(at, at + pieceLength)));
        else controller.close();
        at += pieceLength;
      },
    },
    { highWaterMark: 0 },
  );
}
