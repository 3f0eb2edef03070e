import * as vscode from 'vscode';
import { type ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { isGitFolder, normalizeRelativeDirectory } from '../../core/files/pathSegments.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { ReferenceImage } from '../../core/request.ts';
import type { Platform } from '../platform/platform.ts';
import { canFollow, realSegmentsInside, typeOf } from './containment.ts';

/** The most bytes of one reference (the limit of OpenAI's edits). */
const mostBytes = 50 * 1024 * 1024;

/**
 * Reads the pictures that go along with a request. Each must be inside a workspace folder, links
 * followed, and a picture by its bytes (design.md, rule 5): a call cannot send other files away.
 * @throws invalidArguments naming the reference
 */
export async function readReferences(
  references: readonly (string | vscode.Uri)[],
  base: vscode.WorkspaceFolder | undefined,
  platform: Platform,
): Promise<readonly ReferenceImage[]> {
  return Promise.all(references.map((one) => readReference(one, base, platform)));
}

async function readReference(
  reference: string | vscode.Uri,
  base: vscode.WorkspaceFolder | undefined,
  platform: Platform,
): Promise<ReferenceImage> {
  const uri = typeof reference === 'string' ? relativeUri(reference, base) : reference;
  const name = outsideWords(uri.path.split('/').pop() ?? '', [], 60);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (folder === undefined || !(await isInside(folder, uri, platform)))
    throw refused(name, 'it is not inside the workspace');
  const bytes = await readBounded(uri, name);
  const facts = inspectImage(bytes);
  if (facts?.complete !== true) throw refused(name, 'it is no whole PNG, JPEG, WebP or AVIF image');
  return { bytes, format: facts.format };
}

function relativeUri(path: string, base: vscode.WorkspaceFolder | undefined): vscode.Uri {
  const result = normalizeRelativeDirectory(path);
  if (base === undefined || 'problem' in result)
    throw refused(outsideWords(path, [], 60), 'it is not a path inside the workspace');
  return vscode.Uri.joinPath(base.uri, ...result.segments);
}

async function isInside(
  folder: vscode.WorkspaceFolder,
  uri: vscode.Uri,
  platform: Platform,
): Promise<boolean> {
  // A file system that is not of this machine may resolve such segments itself, after everything was looked at.
  if (uri.path.split('/').some((segment) => segment === '..' || segment === '.')) return false;
  if (canFollow(uri, platform)) {
    const inside = await realSegmentsInside(folder.uri, uri, platform).catch(() => undefined);
    return inside !== undefined && !inside.some(isGitFolder);
  }
  // Elsewhere links cannot be followed, so none may be on the way.
  let at = folder.uri;
  for (const segment of uri.path.slice(folder.uri.path.length).split('/')) {
    if (segment === '') continue;
    if (isGitFolder(segment)) return false;
    at = vscode.Uri.joinPath(at, segment);
    if ((((await typeOf(at)) ?? 0) & vscode.FileType.SymbolicLink) !== 0) return false;
  }
  return true;
}

async function readBounded(uri: vscode.Uri, name: string): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size <= mostBytes) return await vscode.workspace.fs.readFile(uri);
  } catch {
    throw refused(name, 'it cannot be read');
  }
  throw refused(name, 'it is larger than 50 MiB');
}

function refused(name: string, why: string): ImageGatewayError {
  return invalidArguments(`The reference image ${name} is refused: ${why}.`);
}
