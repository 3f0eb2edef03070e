import * as vscode from 'vscode';
import { sha256Hex } from '../../core/files/sha256.ts';
import type { ToolParts } from './toolParts.ts';

/** The most bytes of all pictures in one answer; a conversation carries them on and on. */
export const previewLimit = 480_000;
/** Pixels of the longer side, from the best to the least that is still a picture. */
const sides = [1024, 768, 512, 256];

/** A small picture of a saved file. */
export interface Preview {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/webp';
}

/**
 * Makes small pictures of saved files, out of what stands in them now: together at most 480,000 bytes.
 * @param files their Uris and the SHA-256 under which they were saved
 * @returns one for each, or why there is none of some, in the end of a sentence
 */
export async function makePreviews(
  files: readonly { readonly uri: vscode.Uri; readonly sha256?: string }[],
  parts: Pick<ToolParts, 'engine' | 'log'>,
  signal: AbortSignal,
): Promise<{ readonly previews: readonly Preview[]; readonly why: string }> {
  const previews: Preview[] = [];
  let why = '';
  const share = Math.floor(previewLimit / Math.max(1, files.length));
  for (const { uri, sha256 } of files) {
    try {
      const bytes = await vscode.workspace.fs.readFile(uri);
      if (sha256 !== undefined && (await sha256Hex(bytes)) !== sha256) {
        why = 'the file was changed since it was saved.';
        continue;
      }
      const preview = await smallPicture(bytes, share, parts, signal);
      if (preview === undefined) why = 'the image cannot be made small enough.';
      else previews.push(preview);
    } catch (thrown) {
      parts.log.warn(`No preview was made: ${String(thrown)}`);
      why = 'the image could not be read or scaled.';
    }
  }
  return { previews, why };
}

async function smallPicture(
  bytes: Uint8Array,
  most: number,
  { engine }: Pick<ToolParts, 'engine'>,
  signal: AbortSignal,
): Promise<Preview | undefined> {
  for (const mostSide of sides) {
    const task = { bytes, mostSide, output: { format: 'webp', quality: 80 } } as const;
    const result = await engine.run(task, signal);
    if (result.bytes !== undefined && result.bytes.byteLength <= most)
      return { bytes: result.bytes, mediaType: 'image/webp' };
  }
  return undefined;
}
