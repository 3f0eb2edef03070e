import * as vscode from 'vscode';
import type { Ignoring } from '../../core/files/ignoring.ts';

/** A file in which images may be named. */
export interface DocumentFile {
  readonly uri: vscode.Uri;
  readonly languageId: string;
}

/** How deep folders are looked into; links are not followed, so that there are no circles. */
const mostDepth = 64;
const mostGitignore = 256 * 1024;

/**
 * The files below a folder in which images may be named, folder by folder, without those that `.gitignore` and
 * `files.exclude` leave out. What cannot be read is left out, too.
 */
export async function* walkDocuments(
  folder: vscode.WorkspaceFolder,
  below: vscode.Uri,
  signal: AbortSignal,
): AsyncGenerator<readonly DocumentFile[]> {
  const tools = await import('../../core/documentReferences.ts');
  const exclude = vscode.workspace.getConfiguration('files', folder.uri).get<unknown>('exclude');
  const root = folder.uri;
  const start = segmentsBelow(root, below);
  let ignoring = tools.Ignoring.of(exclude);
  // Rules above the folder that was asked for hold in it, too.
  for (let depth = 0; depth < start.length; depth++)
    ignoring = await withGitignore(ignoring, root, start.slice(0, depth));
  yield* walk({ root, signal, languageOf: tools.languageOfFile }, start, ignoring, 0);
}

interface Walk {
  readonly root: vscode.Uri;
  readonly signal: AbortSignal;
  readonly languageOf: (name: string) => string | undefined;
}

async function* walk(
  about: Walk,
  at: readonly string[],
  outer: Ignoring,
  depth: number,
): AsyncGenerator<readonly DocumentFile[]> {
  const { root, signal, languageOf } = about;
  if (depth > mostDepth || signal.aborted) return;
  const entries = await readFolder(vscode.Uri.joinPath(root, ...at));
  const siblings = new Set(entries.map(([name]) => name));
  // One that is a link, git does not follow either.
  const hasRules = entries.some(([name, type]) => name === '.gitignore' && type === vscode.FileType.File);
  const ignoring = hasRules ? await withGitignore(outer, root, at) : outer;
  const files: DocumentFile[] = [];
  const folders: string[] = [];
  for (const [name, type] of entries) {
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

async function withGitignore(ignoring: Ignoring, root: vscode.Uri, at: readonly string[]): Promise<Ignoring> {
  try {
    const uri = vscode.Uri.joinPath(root, ...at, '.gitignore');
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > mostGitignore) return ignoring;
    return ignoring.with(at.join('/'), new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
  } catch {
    return ignoring;
  }
}

/** In the order of their names, so that what is found first is the same every time. */
async function readFolder(uri: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    return entries.sort(([one], [other]) => (one < other ? -1 : 1));
  } catch {
    return [];
  }
}
