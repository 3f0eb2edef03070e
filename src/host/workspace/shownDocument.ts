import * as vscode from 'vscode';

/** Custom editors of the built-in Markdown support, in which no text editor is active. */
const markdownViews: ReadonlySet<string> = new Set([
  'vscode.markdown.editor',
  'vscode.markdown.preview.editor',
]);

/** The Markdown document that the active tab shows without a text editor; undefined where it shows none. */
export async function documentWithoutEditor(): Promise<vscode.TextDocument | undefined> {
  return documentIn([vscode.window.tabGroups.activeTabGroup]);
}

/** The same, of what is on the screen: the active tab may be our own panel's. */
export async function documentBesidePanel(): Promise<vscode.TextDocument | undefined> {
  const { activeTabGroup, all } = vscode.window.tabGroups;
  return documentIn([activeTabGroup, ...all]);
}

async function documentIn(groups: readonly vscode.TabGroup[]): Promise<vscode.TextDocument | undefined> {
  for (const { activeTab } of groups) {
    const input = activeTab?.input;
    if (!(input instanceof vscode.TabInputCustom) || !markdownViews.has(input.viewType)) continue;
    try {
      return await vscode.workspace.openTextDocument(input.uri);
    } catch {
      // Its file is gone.
    }
  }
  return undefined;
}
