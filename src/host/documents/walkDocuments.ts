import * as vscode from 'vscode';
import type { Ignoring } from '../../core/files/ignoring.ts';
import type { Mishaps } from './mishaps.ts';
import type { Turns } from './turns.ts';

/** A file in which images may be named. */
export interface DocumentFile {
  readonly uri: vscode.Uri;
  readonly languageId: string;
}

/** How deep folders are looked into; links are not followed, so that there are no circles. */
const mostDepth = 64;
const mostGitignore = 256 * 1024;

/** What a walk goes on with. */
export interface WalkParts {
  readonly signal: AbortSignal;
  readonly turns: Turns;
  /** Takes how many patterns are not followed. */
  readonly mishaps: Mishaps;
}

/**
 * The files below a folder in which images may be named, folder by folder, without those that `.gitignore` and
 * `files.exclude` leave out. What cannot be read is left out, too.
 */
export async function* walkDocuments(
  folder: vscode.WorkspaceFolder,
  below: vscode.Uri,
  parts: WalkParts,
): AsyncGenerator<readonly DocumentFile[]> {
  const { Ignoring, languageOfFile } = await import('../../core/documentReferences.ts');
  const exclude = vscode.workspace.getConfiguration('files', folder.uri).get<unknown>('exclude');
  const root = folder.uri;
  const start = segmentsBelow(root, below);
  const about: Walk = { ...parts, root, languageOf: languageOfFile };
  let ignoring = Ignoring.of(exclude);
  parts.mishaps.add('pattern', 'files.exclude', ignoring.unfollowed);
  // Rules above the folder that was asked for hold in it, too.
  for (let depth = 0; depth < start.length; depth++)
    ignoring = await withGitignore(about, ignoring, start.slice(0, depth));
  yield* walk(about, start, ignoring, 0);
}

interface Walk extends WalkParts {
  readonly root: vscode.Uri;
  readonly languageOf: (name: string) => string | undefined;
}

async function* walk(
  about: Walk,
  at: readonly string[],
  outer: Ignoring,
  depth: number,
): AsyncGenerator<readonly DocumentFile[]> {
  const { root, signal, languageOf, turns, mishaps } = about;
  const isLeft = () => signal.aborted;
  if (isLeft()) return;
  const here = vscode.Uri.joinPath(root, ...at);
  const entries = depth > mostDepth ? undefined : await readFolder(here);
  if (entries === undefined) {
    mishaps.add('folder', vscode.workspace.asRelativePath(here));
    return;
  }
  const siblings = new Set(entries.map(([name]) => name));
  // One that is a link, git does not follow either.
  const hasRules = entries.some(([name, type]) => name === '.gitignore' && type === vscode.FileType.File);
  const ignoring = hasRules ? await withGitignore(about, outer, at) : outer;
  const files: DocumentFile[] = [];
  const folders: string[] = [];
  for (const [name, type] of entries) {
    await turns.take();
    if (isLeft()) return;
    const isFolder = type === vscode.FileType.Directory;
    const languageId = type === vscode.FileType.File ? languageOf(name) : undefined;
    if (!isFolder && languageId === undefined) continue;
    if (ignoring.leavesOut([...at, name].join('/'), isFolder, siblings)) continue;
    if (languageId === undefined) folders.push(name);
    else files.push({ uri: vscode.Uri.joinPath(root, ...at, name), languageId });
  }
  if (files.length > 0) yield files;
  for (const name of folders) yield* walk(about, [...at, name], ignoring, depth + 1);
}

function segmentsBelow(root: vscode.Uri, uri: vscode.Uri): readonly string[] {
  return uri.path
    .slice(root.path.length)
    .split('/')
    .filter((segment) => segment !== '');
}

/** What is no plain file, or too long, is not read: it may have no end. */
async function withGitignore(
  { root, turns, mishaps }: Walk,
  outer: Ignoring,
  at: readonly string[],
): Promise<Ignoring> {
  const uri = vscode.Uri.joinPath(root, ...at, '.gitignore');
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    const isRead = type === vscode.FileType.File && size <= mostGitignore;
    const bytes = isRead ? await vscode.workspace.fs.readFile(uri) : undefined;
    if (bytes === undefined || bytes.length > mostGitignore) {
      mishaps.add('pattern', vscode.workspace.asRelativePath(uri));
      return outer;
    }
    const ignoring = await outer.with(at.join('/'), new TextDecoder().decode(bytes), () => turns.take());
    mishaps.add('pattern', vscode.workspace.asRelativePath(uri), ignoring.unfollowed);
    mishaps.add('exception', vscode.workspace.asRelativePath(uri), ignoring.unfollowedExceptions);
    return ignoring;
  } catch {
    return outer;
  }
}

/** In the order of their names, so that what is found first is the same every time. */
async function readFolder(uri: vscode.Uri): Promise<readonly [string, vscode.FileType][] | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.sort(([one], [other]) => (one < other ? -1 : 1));
  } catch {
    return undefined;
  }
}
