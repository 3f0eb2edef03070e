import * as vscode from 'vscode';
import type { GenerationOutcome, Notice } from '../../core/events.ts';
import { pathLabel } from '../pathLabel.ts';
import type { MissingImage } from './missingImage.ts';
import { fileOfDocument } from './placeOfDocument.ts';

/** A person who types does not type between any two of them. */
const mostAttempts = 20;

/**
 * Has a document name the file that was written in place of the one it named, as one edit. The document may have been
 * changed meanwhile: the reference is looked for anew, the nearest of those that are written alike.
 * @param name of the file, in the folder of the one that the document names
 * @returns a notice where it could not be done
 */
async function renameReference(
  { document: uri, languageId, reference }: MissingImage,
  name: string,
): Promise<Notice | undefined> {
  const { findImageReferences, renamedTarget } = await import('../../core/documentReferences.ts');
  const written = renamedTarget(reference.written, reference.target, name);
  if (written === undefined) return notChanged(uri, 'its name cannot be exchanged in it');
  const document = await openDocument(uri);
  if (document === undefined) return notChanged(uri, 'the document is gone');
  const distance = ({ range }: MissingImage['reference']) => Math.abs(range.start - reference.range.start);
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { version } = document;
    const [found] = (await findImageReferences(languageId, document.getText()))
      .filter((one) => one.written === reference.written)
      .sort((one, other) => distance(one) - distance(other));
    if (found === undefined) return notChanged(uri, 'it is no longer in the document');
    // Typed on meanwhile: it stands somewhere else by now.
    if (document.version !== version) continue;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(uri, rangeOf(document, found), written);
    // The editor refuses an edit of a text that it has changed since.
    if (await vscode.workspace.applyEdit(edit)) return undefined;
  }
  return notChanged(uri, 'the document cannot be edited');
}

/**
 * Sees to the documents where the file has another name than they say.
 * @param named the places that name the one file
 * @returns the outcome with what is to be told
 */
export async function withRenamed(
  named: readonly MissingImage[],
  outcome: GenerationOutcome,
): Promise<GenerationOutcome> {
  const [saved] = outcome.images;
  const name = saved && nameOf(vscode.Uri.parse(saved.uri));
  if (name === undefined) return outcome;
  const notices: Notice[] = [];
  // One after the other: several may stand in one document.
  for (const one of named) {
    const notice = name === nameOf(one.file) ? undefined : await renameReference(one, name);
    if (notice !== undefined && notices.length === 0) notices.push(notice);
  }
  return { ...outcome, notices: [...outcome.notices, ...notices] };
}

function rangeOf(document: vscode.TextDocument, { range }: MissingImage['reference']): vscode.Range {
  return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').pop() ?? '';
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

function notChanged(document: vscode.Uri, why: string): Notice {
  return {
    code: 'linkNotInserted',
    message: `The link in ${pathLabel(fileOfDocument(document))} was not changed: ${why}.`,
  };
}
