import type * as vscode from 'vscode';
import { normalizeRelativeDirectory } from '../../core/files/pathSegments.ts';
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

/**
 * A file's path from a site's root, not encoded, for a document that does not lie there; undefined for other files.
 * @param publicDirectory the setting: the one directory that is served; where it is empty the outermost one counts that is
 *   called as such directories are, in a folder that holds the document, too
 */
export function pathFromServedRoot(
  document: vscode.Uri,
  file: vscode.Uri,
  folder: vscode.Uri,
  publicDirectory = '',
): string | undefined {
  const inFolder = (uri: vscode.Uri) => uri.path.slice(folder.path.length).replace(/^\/*/, '/');
  const [from, to] = [inFolder(document), inFolder(file)];
  const root = rootsIn(to, publicDirectory).find(({ above }) => from.startsWith(above));
  return root === undefined || from.startsWith(`${root.path}/`) ? undefined : to.slice(root.path.length);
}

/** Where sites may begin on the way to a file, outermost first, and the folder that each is of. */
function rootsIn(
  file: string,
  publicDirectory: string,
): readonly { readonly path: string; readonly above: string }[] {
  if (publicDirectory.trim() !== '') {
    const set = normalizeRelativeDirectory(publicDirectory);
    const path = 'problem' in set ? undefined : ['', ...set.segments].join('/');
    return path === undefined || path === '' || !file.startsWith(`${path}/`) ? [] : [{ path, above: '/' }];
  }
  const names = file.split('/').slice(0, -1);
  return [...names.entries()]
    .filter(([, name]) => servedFromRoot.includes(name))
    .map(([at]) => ({
      path: names.slice(0, at + 1).join('/'),
      above: `${names.slice(0, at).join('/')}/`,
    }));
}
