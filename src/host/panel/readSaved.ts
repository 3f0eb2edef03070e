import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import type { Platform } from '../platform/platform.ts';
import { readReferences } from '../workspace/references.ts';

/**
 * Reads a file that a picture became, to send it again. In a workspace folder it may have become a link since, or be
 * another's by now: then the rules of references hold (design.md, rule 5). Elsewhere the person chose its place.
 * @throws untrusted, invalidArguments; undefined where a file outside the workspace is gone
 */
export async function readSaved(uri: vscode.Uri, platform: Platform): Promise<Uint8Array | undefined> {
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined)
    return Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(() => undefined);
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to send files of it as references.',
    );
  const [picture] = await readReferences([uri], undefined, platform);
  return picture?.bytes;
}
