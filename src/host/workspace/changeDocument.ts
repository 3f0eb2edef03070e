import * as vscode from 'vscode';

/**
 * An edit that turns a document's text into another, changing only the part in which they differ.
 * @param change the new text; undefined where there is no place for what is to be added
 * @param metadata whether the edit is previewed
 * @returns undefined where nothing changes
 */
export async function editOf(
  document: vscode.TextDocument,
  change: (text: string) => Promise<string | undefined>,
  metadata?: vscode.WorkspaceEditEntryMetadata,
): Promise<vscode.WorkspaceEdit | undefined> {
  const before = document.getText();
  const after = await change(before);
  if (after === undefined || after === before) return undefined;
  const { start, end, text } = difference(before, after);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  edit.replace(document.uri, range, text, metadata);
  return edit;
}

/** The one part in which two texts differ. */
function difference(before: string, after: string): { start: number; end: number; text: string } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
