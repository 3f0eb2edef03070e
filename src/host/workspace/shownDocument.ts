import * as vscode from 'vscode';

/** Custom editors of the built-in Markdown support, in which no text editor is active. */
const markdownViews: ReadonlySet<string> = new Set([
  'vscode.markdown.editor',
  'vscode.markdown.preview.editor',
]);

/** The Markdown document that the active tab shows without a text editor; undefined where it shows none. */
export async function documentWithoutEditor(): Promise<vscode.TextDocument | undefined> {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (!(input instanceof vscode.TabInputCustom) || !markdownViews.has(input.viewType)) return undefined;
  try {
    return await vscode.workspace.openTextDocument(input.uri);
  } catch {
    return undefined;
  }
}
