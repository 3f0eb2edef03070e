import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { queue } from '../../core/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { checkContained, typeOf } from './containment.ts';

/** A file to be written under exactly this name. */
export interface NewFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The workspace folder of a directory, and the directory's path in it. */
function placeOf(directory: vscode.Uri): { folder: vscode.WorkspaceFolder; segments: readonly string[] } {
  const folder = vscode.workspace.getWorkspaceFolder(directory);
  if (folder === undefined)
    throw invalidArguments('The directory for the images is not inside the workspace.');
  const segments = directory.path
    .slice(folder.uri.path.length)
    .split('/')
    .filter((segment) => segment !== '');
  return { folder, segments };
}

/**
 * Sees to it that files can be written: the directory lies physically inside the workspace, and none of them is there.
 * @throws invalidArguments naming what is there
 */
export async function checkFree(
  directory: vscode.Uri,
  names: readonly string[],
  platform: Platform,
): Promise<void> {
  const { folder, segments } = placeOf(directory);
  await checkContained(folder, segments, platform);
  for (const name of names) {
    if ((await typeOf(vscode.Uri.joinPath(directory, name))) === undefined) continue;
    throw invalidArguments(
      `${outsideWords(name, [], 80)} is there already, and nothing is overwritten; choose another directory.`,
    );
  }
}

/** One set after the other: two that want the same names must not both find them free. */
const inTurn = queue();

/**
 * Writes all of them or none.
 * @throws invalidArguments as `checkFree`; saveFailed
 */
export function writeNewFiles(
  directory: vscode.Uri,
  files: readonly NewFile[],
  platform: Platform,
): Promise<readonly vscode.Uri[]> {
  return inTurn(() => writeAll(directory, files, platform));
}

async function writeAll(
  directory: vscode.Uri,
  files: readonly NewFile[],
  platform: Platform,
): Promise<readonly vscode.Uri[]> {
  await checkFree(
    directory,
    files.map(({ name }) => name),
    platform,
  );
  const written: vscode.Uri[] = [];
  // The one that is being written: half of it may be there.
  let half: vscode.Uri | undefined;
  try {
    for (const { name, bytes } of files) {
      const uri = vscode.Uri.joinPath(directory, name);
      // Once more, just before: another program may have come first.
      if ((await typeOf(uri)) !== undefined) throw new Error(`${name} is there`);
      half = uri;
      await vscode.workspace.fs.writeFile(uri, bytes);
      written.push(uri);
      half = undefined;
    }
    return written;
  } catch {
    for (const uri of half === undefined ? written : [...written, half])
      await vscode.workspace.fs.delete(uri).then(undefined, () => undefined);
    throw new ImageGatewayError(
      'saveFailed',
      'The images could not be written; check the disk and the permissions of the directory.',
    );
  }
}
