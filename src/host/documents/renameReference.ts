import * as vscode from 'vscode';
import type { GenerationOutcome, Notice } from '../../core/events.ts';
import { pathLabel } from '../pathLabel.ts';
import type { MissingImage } from './missingImage.ts';
import { fileOfDocument } from './placeOfDocument.ts';

/** A person who types does not type between any two of them. */
const mostAttempts = 20;

/**
 * Has a document name the file that was written in place of the one it named, wherever it does, as one edit. The document
 * may have been changed meanwhile: the references are looked for anew, in the language in which they were found, which the
 * editor need not know.
 * @param named the places in one document that name one file
 * @param name of the file, in the folder of the one that the document names
 * @returns a notice where it could not be done
 */
async function renameIn(
  uri: vscode.Uri,
  named: readonly [MissingImage, ...MissingImage[]],
  name: string,
): Promise<Notice | undefined> {
  const { findImageReferences, renamedTarget } = await import('../../core/documentReferences.ts');
  const renamed = new Map(
    named.map(({ reference: { written, target } }) => [written, renamedTarget(written, target, name)]),
  );
  if ([...renamed.values()].includes(undefined)) return notChanged(uri, 'its name cannot be exchanged in it');
  const [{ languageId }] = named;
  const document = await openDocument(uri);
  if (document === undefined) return notChanged(uri, 'the document is gone');
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const { version } = document;
    const references = await findImageReferences(languageId, document.getText());
    // Typed on meanwhile: they stand somewhere else by now.
    if (document.version !== version) continue;
    const edit = new vscode.WorkspaceEdit();
    for (const found of references) {
      const written = renamed.get(found.written);
      if (written !== undefined) edit.replace(uri, rangeOf(document, found), written);
    }
    if (edit.size === 0) return notChanged(uri, 'it is no longer in the document');
    if (await vscode.workspace.applyEdit(edit)) return undefined;
    // The editor refuses an edit of a text that it has changed since; else there is no use in trying again.
    if (document.version === version) break;
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
  for (const places of byDocument(named.filter(({ file }) => name !== nameOf(file)))) {
    const uri = places[0].document;
    // What was paid for is saved, whatever becomes of the links.
    const notice = await renameIn(uri, places, name).catch(() => notChanged(uri, 'something went wrong'));
    if (notice !== undefined) notices.push(notice);
  }
  return { ...outcome, notices: [...outcome.notices, ...notices] };
}

/** What stands in one document, together. */
function byDocument(named: readonly MissingImage[]): Iterable<readonly [MissingImage, ...MissingImage[]]> {
  const groups = new Map<string, [MissingImage, ...MissingImage[]]>();
  for (const one of named) {
    const key = one.document.toString();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return groups.values();
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
