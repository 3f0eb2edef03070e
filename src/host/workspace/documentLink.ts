import * as vscode from 'vscode';
import { imageLink, type ImageLink } from '../../core/document/imageLink.ts';
import { relativePath } from '../../core/document/markdownLink.ts';
import type { SavedImage } from '../../core/events.ts';
import { fileOfDocument } from '../documents/placeOfDocument.ts';
import { readDocumentSettings } from '../settings.ts';
import { pathFromServedRoot } from './pathFromDocument.ts';

/** A saved picture as far as a link to it needs it. */
export type LinkedImage = Pick<SavedImage, 'uri' | 'alt'>;

/** A document as far as a link in it needs it. */
export type LinkingDocument = Pick<vscode.TextDocument, 'uri' | 'languageId'>;

/** Languages of sites: what is served from a site's root has an address there. */
const webLanguages: ReadonlySet<string> = new Set([
  ...['html', 'vue', 'svelte', 'astro', 'javascriptreact', 'typescriptreact', 'css', 'scss', 'less'],
]);

/**
 * A link to a saved picture as a document writes it: the one place that knows how.
 * @returns one sentence saying why not, where no path leads there or the language has no way to write it
 */
export function linkFrom(
  { uri, languageId }: LinkingDocument,
  saved: LinkedImage,
): ImageLink | { readonly problem: string } {
  const path = pathTo(uri, vscode.Uri.parse(saved.uri), languageId);
  if (path === undefined) return { problem: 'no relative path leads from the document to the image' };
  const { linkTemplates } = readDocumentSettings(fileOfDocument(uri));
  const link = imageLink(languageId, { path, alt: saved.alt }, linkTemplates);
  // As the end of a sentence.
  return 'problem' in link ? { problem: link.problem.replace(/\.$/, '').replace(/^./, lower) } : link;
}

function lower(letter: string): string {
  return letter.toLowerCase();
}

/** The way from a document to a picture, not yet encoded; undefined where none leads there. */
function pathTo(document: vscode.Uri, image: vscode.Uri, languageId: string): string | undefined {
  const file = fileOfDocument(document);
  const folder = vscode.workspace.getWorkspaceFolder(image);
  const isOfFolder =
    folder !== undefined && vscode.workspace.getWorkspaceFolder(file)?.index === folder.index;
  const served =
    isOfFolder && webLanguages.has(languageId)
      ? pathFromServedRoot(file, image, folder.uri, readDocumentSettings(folder.uri).publicDirectory)
      : undefined;
  if (served !== undefined) return served;
  const base =
    file.scheme === 'untitled'
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(file, '..');
  if (base?.scheme !== image.scheme || base.authority.toLowerCase() !== image.authority.toLowerCase())
    return undefined;
  const [from, to] = [drivePath(base.path), drivePath(image.path)];
  return from.drive === to.drive ? relativePath(from.path, to.path) : undefined;
}

/** Splits off a Windows drive: `/c:/a` has one, `/a` has none. */
function drivePath(path: string): { readonly drive: string; readonly path: string } {
  const match = /^\/([A-Za-z]):(.*)$/.exec(path);
  return match === null
    ? { drive: '', path }
    : { drive: (match[1] ?? '').toLowerCase(), path: match[2] ?? '' };
}
