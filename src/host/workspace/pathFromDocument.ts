import type * as vscode from 'vscode';
import { linkTarget, relativePath } from '../../core/document/markdownLink.ts';

/** Directories whose files a site serves from its root, as bundlers and site generators name them. */
const servedFromRoot = ['public', 'static'];

/**
 * How a document names a file: by the relative path; from outside a directory that is served as the site's root, by the
 * path from there.
 * @param folder the workspace folder of both
 * @returns percent-encoded
 */
export function pathFromDocument(document: vscode.Uri, file: vscode.Uri, folder: vscode.Uri): string {
  const directory = document.path.replace(/\/[^/]*$/, '') || '/';
  return linkTarget(pathFromServedRoot(document, file, folder) ?? relativePath(directory, file.path));
}

/** A file's path from a site's root, not encoded, for a document that does not lie there; undefined for other files. */
export function pathFromServedRoot(
  document: vscode.Uri,
  file: vscode.Uri,
  folder: vscode.Uri,
): string | undefined {
  const inFolder = (uri: vscode.Uri) => uri.path.slice(folder.path.length).replace(/^\/+/, '');
  const root = servedFromRoot.find((name) => inFolder(file).startsWith(`${name}/`));
  return root !== undefined && !inFolder(document).startsWith(`${root}/`)
    ? inFolder(file).slice(root.length)
    : undefined;
}
