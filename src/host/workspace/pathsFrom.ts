import * as vscode from 'vscode';
import { linkTarget } from '../../core/document/markdownLink.ts';
import type { PathOf } from '../../core/iconSet.ts';
import { pathFromDocument } from './pathFromDocument.ts';

/** How a document names what is in the directory; outside the directory's workspace folder, as one beside it does. */
export function pathsFrom(document: vscode.Uri, directory: vscode.Uri): PathOf {
  const folder = vscode.workspace.getWorkspaceFolder(directory)?.uri;
  const own = vscode.workspace.getWorkspaceFolder(document)?.uri;
  if (folder === undefined || own?.toString() !== folder.toString()) return linkTarget;
  return (name) => pathFromDocument(document, vscode.Uri.joinPath(directory, name), folder);
}
