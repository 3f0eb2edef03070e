import * as vscode from 'vscode';
import { pathOf } from './toolPlaces.ts';

/**
 * Saves a document into which something was put, so that it is there for everybody; one with changes of the person's is
 * left to them.
 * @param what begins the sentence: "The link stands"
 * @param wasDirty whether it had unsaved changes before
 * @returns one sentence for the model
 */
export async function settleDocument(
  document: vscode.TextDocument,
  what: string,
  wasDirty: boolean,
): Promise<string> {
  const stands = `${what} in ${pathOf(document.uri)}, which`;
  if (wasDirty) return `${stands} had unsaved changes before: it was not saved; tell the person.`;
  const isSaved = await save(document);
  return isSaved ? `${stands} is saved.` : `${stands} could not be saved; tell the person.`;
}

/** The text of a file that an editor does not show is let go of after a while, and is then another document. */
async function save(document: vscode.TextDocument): Promise<boolean> {
  try {
    const { uri, isClosed } = document;
    return await (isClosed ? await vscode.workspace.openTextDocument(uri) : document).save();
  } catch {
    return false;
  }
}
