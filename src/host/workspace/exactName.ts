import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { typeOf } from './containment.ts';

/**
 * Sees to it that a file of exactly this name may be written: there is none, or one without a byte.
 * @returns whether one without a byte is there
 * @throws saveFailed
 */
export async function checkExactName(uri: vscode.Uri): Promise<{ readonly wasEmpty: boolean }> {
  const type = await typeOf(uri);
  if (type === undefined) return { wasEmpty: false };
  if (type === vscode.FileType.File && (await vscode.workspace.fs.stat(uri)).size === 0)
    return { wasEmpty: true };
  throw takenByNow(uri);
}

/** That somebody else has a name. */
export function takenByNow(uri: vscode.Uri): ImageGatewayError {
  const name = outsideWords(uri.path.split('/').pop() ?? '', [], 80);
  return new ImageGatewayError(
    'saveFailed',
    `${name} is there by now, and nothing is overwritten; nothing was written.`,
  );
}
