import * as vscode from 'vscode';
import { sha256Hex } from '../../core/files/sha256.ts';
import type { PreparedCall } from '../imageCall.ts';

/** What a call comes to besides its input and its model: to be compared, not to be shown. */
export async function callFacts(
  { config, references, mask, settings }: PreparedCall,
  document: vscode.TextDocument | undefined,
): Promise<string> {
  // The settings themselves, and not the path that they give: it may hold the time.
  const { directory, directoryIsSet, fileName, format } = settings;
  const copied = vscode.workspace.getConfiguration('markdown.copyFiles').get<unknown>('destination');
  const pictures = [...references, ...(mask === undefined ? [] : [mask])];
  const sums = await Promise.all(pictures.map(({ bytes }) => sha256Hex(bytes)));
  const place = [directory, directoryIsSet, fileName, format, copied];
  return JSON.stringify([config.id, config.url.href, place, document?.uri.toString(), sums]);
}
