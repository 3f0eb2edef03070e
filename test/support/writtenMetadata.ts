import assert from 'node:assert/strict';
import type {
  GenerationRecord,
  MetadataRefusal,
  MetadataToWrite,
} from '../../src/core/image/metadata/imageMetadata.ts';
import { writeMetadata } from '../../src/core/image/metadata/writeMetadata.ts';

/** What the tests write, and how they write it. */

export const ai = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia';
export const source: MetadataToWrite = { level: 'source' };
export const generation = {
  prompt: 'A fox & a "hound" <in>\nthe snow 🦊, ]]> 雪',
  model: 'google/gemini-3:free',
  gateway: 'vercel',
  seed: -42,
  size: { width: 1200, height: 630 },
  quality: 'high',
  background: 'transparent',
  aspectRatio: { width: 40, height: 21 },
  n: 2,
} satisfies GenerationRecord;
export const full: MetadataToWrite = { level: 'full', generation };
/** The file with metadata; fails where it is refused. */
export async function written(bytes: Uint8Array, metadata: MetadataToWrite): Promise<Uint8Array> {
  const result = await writeMetadata(bytes, metadata);
  assert.ok('bytes' in result, JSON.stringify(result));
  return result.bytes;
}

/** Why a file is left alone; undefined where it is not. */
export async function refusal(
  bytes: Uint8Array,
  metadata: MetadataToWrite = source,
): Promise<MetadataRefusal | undefined> {
  const result = await writeMetadata(bytes, metadata);
  return 'refused' in result ? result.refused : undefined;
}
