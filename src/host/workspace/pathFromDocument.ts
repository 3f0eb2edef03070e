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
  const inFolder = (uri: vscode.Uri) => uri.path.slice(folder.path.length).replace(/^\/+/, '');
  const root = servedFromRoot.find((name) => inFolder(file).startsWith(`${name}/`));
  if (root !== undefined && !inFolder(document).startsWith(`${root}/`))
    return linkTarget(inFolder(file).slice(root.length));
  return linkTarget(relativePath(document.path.replace(/\/[^/]*$/, '') || '/', file.path));
}
