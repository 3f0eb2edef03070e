import { createHash, randomBytes } from 'node:crypto';

/** A picture's base64 in an answer, made of one block over and over: no source may cost what is measured. */
export interface Source {
  readonly head: Uint8Array;
  readonly block: Uint8Array;
  readonly blocks: number;
  readonly tail: Uint8Array;
  readonly contentType: string;
  /** Of the decoded picture. */
  readonly sha256: string;
  readonly byteLength: number;
}

const blockBytes = 49_152;

/** @param mebibytes of base64 @param kind one `data:` line of a chat stream, or one JSON body of an images answer */
export function makeSource(mebibytes: number, kind: 'sse' | 'json', seed = 'wire'): Source {
  const block = seeded(seed);
  const base64 = Buffer.from(block.toString('base64'));
  const blocks = (mebibytes * 1_048_576) / base64.length;
  const hash = createHash('sha256');
  for (let count = 0; count < blocks; count++) hash.update(block);
  const chunk = (url: string, end: string) =>
    `data: {"choices":[{"index":0,"delta":{"images":[{"type":"image_url","image_url":{"url":"${url}${end}`;
  const [head, tail] =
    kind === 'sse'
      ? [chunk('data:image/png;base64,', ''), '"}}]}}]}\n\ndata: [DONE]\n\n']
      : ['{"created":1,"data":[{"b64_json":"', '"}]}'];
  return {
    ...{ head: Buffer.from(head), block: base64, blocks, tail: Buffer.from(tail) },
    ...{ contentType: kind === 'sse' ? 'text/event-stream' : 'application/json' },
    ...{ sha256: hash.digest('hex'), byteLength: blocks * blockBytes },
  };
}

function seeded(seed: string): Buffer {
  const pieces: Buffer[] = [];
  for (let count = 0; count < blockBytes / 32; count++)
    pieces.push(createHash('sha256').update(`${seed}${count}`).digest());
  return Buffer.concat(pieces);
}

/**
 * The whole in chunks of exactly that size; the last may be shorter. What repeats is a view of one buffer, because a
 * socket's chunks cost the reader nothing to make either.
 */
export function* chunksOf({ head, block, blocks, tail }: Source, size: number): Generator<Uint8Array> {
  const around = Buffer.concat([block, block.subarray(0, size)]);
  const length = blocks * block.length;
  const first = Buffer.concat([head, block.subarray(0, Math.max(0, size - head.length))]);
  yield first;
  let at = first.length - head.length;
  for (; at + size <= length; at += size) {
    const from = at % block.length;
    yield around.subarray(from, from + size);
  }
  yield Buffer.concat([around.subarray(at % block.length, (at % block.length) + length - at), tail]);
}

/** Bytes that no cache has seen. */
export function token(): string {
  return randomBytes(8).toString('hex');
}
