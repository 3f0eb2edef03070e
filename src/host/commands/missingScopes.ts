import * as vscode from 'vscode';
import { invalidArguments } from '../../core/failure.ts';
import { fileNameOf, fileOfDocument, placeOfDocument } from '../documents/placeOfDocument.ts';
import type { SearchScope } from '../documents/findMissing.ts';
import { documentWithoutEditor } from '../workspace/shownDocument.ts';

/**
 * What is searched where a document or a folder was given.
 * @throws invalidArguments
 */
export async function scopeAt(uri: vscode.Uri): Promise<SearchScope> {
  const folder = vscode.workspace.getWorkspaceFolder(fileOfDocument(uri));
  // `/folder/../elsewhere` begins as a path of the folder does.
  if (uri.path.split(/[\\/]/).some((segment) => segment === '.' || segment === '..'))
    throw invalidArguments('Name a document or a folder by a path without dots as names.');
  if (uri.scheme !== 'untitled' && folder === undefined)
    throw invalidArguments('Name a document or a folder of the workspace.');
  const isFolder = await Promise.resolve(vscode.workspace.fs.stat(uri)).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => false,
  );
  if (isFolder && folder !== undefined) {
    await refuseLinks(folder.uri, uri);
    return { kind: 'folder', folder, below: uri };
  }
  const scope = await scopeOf(await openText(uri));
  if (scope === undefined) throw invalidArguments('No images are looked for in a document of this language.');
  return scope;
}

/**
 * Asks what is searched: the document, or everything.
 * @returns undefined where the person left
 * @throws invalidArguments
 */
export async function askScopes(): Promise<readonly SearchScope[] | undefined> {
  const document = vscode.window.activeTextEditor?.document ?? (await documentWithoutEditor());
  const folders = vscode.workspace.workspaceFolders ?? [];
  const all = folders.map((folder): SearchScope => ({ kind: 'folder', folder, below: folder.uri }));
  const scope = document && (await scopeOf(document));
  const one = scope === undefined ? [] : [scope];
  const rows = [
    { label: vscode.l10n.t('This Document'), scopes: one },
    { label: vscode.l10n.t('Workspace'), scopes: all },
  ].filter(({ scopes }) => scopes.length > 0);
  if (rows.length === 0) throw invalidArguments('Open a folder or a document to search for missing images.');
  if (rows.length === 1) return rows[0]?.scopes;
  const title = vscode.l10n.t('Generate Missing Images');
  return (await vscode.window.showQuickPick(rows, { title }))?.scopes;
}

/** The search of a document; undefined where its language cannot name images, or its paths lead out of the workspace. */
async function scopeOf(document: vscode.TextDocument): Promise<SearchScope | undefined> {
  const { languageOfDocument } = await import('../../core/documentReferences.ts');
  if (placeOfDocument(document.uri) === undefined) return undefined;
  const languageId = languageOfDocument(document.languageId, fileNameOf(document.uri));
  return languageId === undefined ? undefined : { kind: 'document', document, languageId };
}

/** @throws invalidArguments */
async function openText(uri: vscode.Uri): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    throw invalidArguments('This document is gone, or cannot be read as text.');
  }
}

/** The search follows no links to folders, which can lead out of the workspace. @throws invalidArguments */
async function refuseLinks(root: vscode.Uri, folder: vscode.Uri): Promise<void> {
  const names = folder.path.slice(root.path.length).split('/').filter(Boolean);
  for (const depth of names.keys()) {
    const { type } = await vscode.workspace.fs.stat(vscode.Uri.joinPath(root, ...names.slice(0, depth + 1)));
    if (type !== vscode.FileType.Directory)
      throw invalidArguments('This folder is, or lies in, a link to a folder; links are not searched.');
  }
}
