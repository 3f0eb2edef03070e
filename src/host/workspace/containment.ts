import * as vscode from 'vscode';
import { invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import { refusePathSegment } from '../../core/files/pathSegments.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { Platform } from '../platform/platform.ts';

/**
 * Makes sure that a directory lies physically inside a workspace folder (design.md, rule 8): every name is
 * harmless, and the nearest existing ancestor's real path, links followed, is inside the folder's real
 * path and enters no `.git`. Where links cannot be followed (another machine's files) they are refused.
 * @param segments the directory's path inside the folder
 * @throws invalidArguments
 */
export async function checkContained(
  folder: vscode.WorkspaceFolder,
  segments: readonly string[],
  platform: Platform,
): Promise<void> {
  for (const segment of segments) refuse(segment, refusePathSegment(segment));
  // Undefined where the editor does not know yet, because the file system's extension has not been needed so far.
  if (vscode.workspace.fs.isWritableFileSystem(folder.uri.scheme) === false) {
    throw invalidArguments(`The workspace folder ${outsideWords(folder.name, [], 60)} is read-only.`);
  }
  try {
    await checkLinks(folder, segments, platform);
  } catch (error) {
    if (isImageGatewayError(error)) throw error;
    // A link to itself, a folder that may not be looked into.
    throw invalidArguments(
      'The directory for the image cannot be looked at: a link in it leads in a circle, or it may not be read.',
    );
  }
}

/**
 * Makes sure that a file, or the place of one that is not there, lies physically inside a workspace folder, by the same
 * rules, and is no link: what is written to a link is written elsewhere.
 * @throws invalidArguments
 */
export async function checkFileContained(uri: vscode.Uri, platform: Platform): Promise<void> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  const name = outsideWords(uri.path.split('/').pop() ?? '', [], 60);
  if (folder === undefined) throw invalidArguments(`${name} is not inside the workspace.`);
  const segments = uri.path
    .slice(folder.uri.path.length)
    .split('/')
    .filter((segment) => segment !== '');
  const own = segments.pop() ?? '';
  await checkContained(folder, segments, platform);
  const type = await typeOf(uri).catch(() => vscode.FileType.Unknown);
  const problem =
    refusePathSegment(own) ??
    (type === undefined || type === vscode.FileType.File ? undefined : 'is no file of its own, or a link');
  if (problem !== undefined)
    throw invalidArguments(`The file is refused: “${outsideWords(own, [], 60)}” ${problem}.`);
}

async function checkLinks(
  folder: vscode.WorkspaceFolder,
  segments: readonly string[],
  platform: Platform,
): Promise<void> {
  let nearest = folder.uri;
  for (const segment of segments) {
    const next = vscode.Uri.joinPath(nearest, segment);
    const type = await typeOf(next).catch(() => refuse(segment, 'cannot be read'));
    if (type === undefined) break;
    const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
    if ((type & vscode.FileType.Directory) === 0)
      refuse(segment, isLink ? 'is a link that leads nowhere' : 'is not a directory');
    if (isLink && !canFollow(next, platform)) refuse(segment, 'is a link that cannot be followed from here');
    nearest = next;
  }
  if (canFollow(nearest, platform)) await checkRealPath(folder.uri, nearest, platform);
}

/** The type of what stands at a Uri; undefined when nothing does. A dangling link is something. */
export async function typeOf(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Whether links on the way to a Uri can be followed here: a file of the machine that this host runs on. */
export function canFollow(uri: vscode.Uri, platform: Platform): boolean {
  return uri.scheme === 'file' && platform.realPath !== undefined;
}

async function checkRealPath(root: vscode.Uri, nearest: vscode.Uri, platform: Platform): Promise<void> {
  const inside = await realSegmentsInside(root, nearest, platform);
  if (inside === undefined) {
    throw invalidArguments(
      'The directory for the image leads out of the workspace folder through a link; choose another directory.',
    );
  }
  for (const segment of inside) refuse(segment, refusePathSegment(segment));
}

/**
 * The path of an existing file inside a folder, links of both followed.
 * @returns its segments; undefined when it lies outside
 */
export async function realSegmentsInside(
  root: vscode.Uri,
  uri: vscode.Uri,
  platform: Platform,
): Promise<readonly string[] | undefined> {
  if (platform.realPath === undefined) return undefined;
  const [realRoot, real] = await Promise.all([platform.realPath(root.fsPath), platform.realPath(uri.fsPath)]);
  if (real === realRoot) return [];
  const prefix = /[\\/]$/.test(realRoot) ? realRoot : realRoot + (realRoot.includes('\\') ? '\\' : '/');
  return real.startsWith(prefix) ? real.slice(prefix.length).split(/[\\/]/) : undefined;
}

function refuse(segment: string, reason: string | undefined): void {
  if (reason === undefined) return;
  throw invalidArguments(
    `The directory for the image is refused: “${outsideWords(segment, [], 60)}” ${reason}.`,
  );
}
