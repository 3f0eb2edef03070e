import * as vscode from 'vscode';

/** Lines that a person may want in a file of theirs. */
export interface Snippet {
  readonly title: string;
  readonly text: string;
  /** Set where it is to go into a document: its language, and the text before which it goes. */
  readonly language?: string;
  readonly before?: string;
}

/** Tells what was made, and offers lines for a document, as an edit that is previewed, or for the clipboard. */
export async function offerSnippet(told: string, snippets: readonly Snippet[]): Promise<void> {
  const chosen = await vscode.window.showInformationMessage(told, ...snippets);
  if (chosen === undefined) return;
  const { language, before, text } = chosen;
  const document = language === undefined ? undefined : await documentFor(language);
  if (document === undefined || before === undefined) {
    await vscode.env.clipboard.writeText(text);
    void vscode.window.showInformationMessage(vscode.l10n.t('The lines are on the clipboard.'));
    return;
  }
  await vscode.workspace.applyEdit(insertion(document, text, before));
}

/** The active document where it is of the language, else the one of them that the person picks. */
async function documentFor(language: string): Promise<vscode.TextDocument | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active?.languageId === language) return active;
  const found = await vscode.workspace.findFiles(`**/*.${language}`, '**/node_modules/**', 50);
  if (found.length === 0) return undefined;
  const rows = found.map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Which Page?'),
    placeHolder: vscode.l10n.t('The lines are shown as an edit before they are written.'),
  });
  return picked && (await vscode.workspace.openTextDocument(picked.uri));
}

/** An edit that the editor shows before it makes it. */
function insertion(document: vscode.TextDocument, text: string, before: string): vscode.WorkspaceEdit {
  const content = document.getText();
  const found = content.indexOf(before);
  const at = document.positionAt(found < 0 ? content.length : found);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, at, `${text}\n`, {
    needsConfirmation: true,
    label: vscode.l10n.t('Add lines for images'),
  });
  return edit;
}
