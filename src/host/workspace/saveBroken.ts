import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { slug } from '../../core/files/slug.ts';
import type { Platform } from '../platform/platform.ts';
import { canFollow, realSegmentsInside } from './containment.ts';
import { checkOutsideGit } from './destination.ts';

/**
 * Saves bytes that are no whole picture where the person says, but never into a workspace folder: only pictures are
 * written there (design.md, rule 9).
 * @throws cancelled; invalidArguments for a place in the workspace; saveFailed
 */
export async function saveBroken(bytes: Uint8Array, prompt: string, platform: Platform): Promise<vscode.Uri> {
  // Where the workspace is: a browser has no files of its own.
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('This Is No Whole Image: Save What Came Outside the Workspace'),
    saveLabel: vscode.l10n.t('Save What Came'),
    filters: { [vscode.l10n.t('What came')]: ['bin'] },
    ...(root && { defaultUri: vscode.Uri.joinPath(root, '..', `${slug(prompt)}.bin`) }),
  });
  if (uri === undefined) throw new ImageGatewayError('cancelled', 'No place for what came was chosen.');
  if (await isInWorkspace(uri, platform))
    throw invalidArguments('What came is no whole image, and only images are written into the workspace.');
  await checkOutsideGit(vscode.Uri.joinPath(uri, '..'), platform);
  try {
    await vscode.workspace.fs.writeFile(uri, bytes);
  } catch {
    throw new ImageGatewayError('saveFailed', 'What came could not be written there; choose another place.');
  }
  return uri;
}

/** Links followed, where they can be. */
async function isInWorkspace(uri: vscode.Uri, platform: Platform): Promise<boolean> {
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return true;
  const directory = vscode.Uri.joinPath(uri, '..');
  if (!canFollow(directory, platform)) return false;
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    if (!canFollow(folder.uri, platform)) continue;
    if ((await realSegmentsInside(folder.uri, directory, platform)) !== undefined) return true;
  }
  return false;
}
