import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { mostReferenceBytes } from '../../core/referenceBounds.ts';
import type { Platform } from '../platform/platform.ts';
import { readReferences } from '../workspace/references.ts';
import type { FoundPicture, ReferenceSources } from './referenceTray.ts';

/** The file dialog, and the workspace. */
export function referenceSources(platform: Platform): ReferenceSources {
  return {
    choose: async () => (await askFiles()).map((uri) => () => readChosen(uri)),
    dropped: (uri) => () => readDropped(uri, platform),
  };
}

async function askFiles(): Promise<readonly vscode.Uri[]> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose Reference Images'),
    openLabel: vscode.l10n.t('Use as Reference'),
    canSelectMany: true,
    filters: { [vscode.l10n.t('Images')]: ['png', 'jpg', 'jpeg', 'webp', 'avif'] },
    ...(folder && { defaultUri: folder }),
  });
  return chosen ?? [];
}

/** What the person chose in a dialog may be any file; whether it is a picture, its bytes tell. */
async function readChosen(uri: vscode.Uri): Promise<FoundPicture> {
  const name = nameOf(uri);
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) checkTrust();
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size <= mostReferenceBytes) return { bytes: await vscode.workspace.fs.readFile(uri), name };
  } catch {
    throw refused(name, 'it cannot be read');
  }
  throw refused(name, 'it is larger than 64 MiB');
}

/**
 * Reads what was dropped on the page, which names it by a Uri: not to be believed. Only a file inside a workspace
 * folder is read, as `readReferences` has it.
 */
async function readDropped(text: string, platform: Platform): Promise<FoundPicture> {
  checkTrust();
  const uri = workspaceUri(text);
  const [picture] = uri === undefined ? [] : await readReferences([uri], undefined, platform);
  if (uri === undefined || picture === undefined)
    throw refused(outsideWords(text.split('/').pop() ?? '', [], 60), 'it is not inside the workspace');
  return { bytes: picture.bytes, name: nameOf(uri) };
}

/** A dropped Uri as this host names files; undefined where it names none of the workspace. */
function workspaceUri(text: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(text, true).with({ query: '', fragment: '' });
    // A remote window's explorer calls a file `vscode-remote:`; on the remote itself the same file is `file:`.
    const own = uri.scheme === 'vscode-remote' ? uri.with({ scheme: 'file', authority: '' }) : uri;
    return [uri, own].find((one) => vscode.workspace.getWorkspaceFolder(one) !== undefined);
  } catch {
    return undefined;
  }
}

function checkTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ImageGatewayError(
    'untrusted',
    'This workspace is in Restricted Mode; trust it to send files of it as references.',
  );
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').pop() ?? '';
}

function refused(name: string, why: string): ImageGatewayError {
  return invalidArguments(`The reference image ${outsideWords(name, [], 60)} is refused: ${why}.`);
}

/** The Uris of references as arguments name them: Uris already, or paths in the first workspace folder. */
export function placesOf(references: readonly string[]): readonly string[] {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return references.map((one) =>
    /^[a-z][a-z\d+.-]+:/i.test(one) || folder === undefined
      ? one
      : vscode.Uri.joinPath(folder, one).toString(),
  );
}
