import * as vscode from 'vscode';

/**
 * Has open Markdown previews show an image that was not there before: they watch the images that they show for changes, and
 * one that was missing they do not watch.
 */
export async function refreshMarkdownPreviews(): Promise<void> {
  const isOpen = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => /markdown/i.test(viewTypeOf(input)));
  if (!isOpen) return;
  // Where the built-in Markdown support is switched off there is no such command.
  await Promise.resolve(vscode.commands.executeCommand('markdown.preview.refresh')).catch(() => undefined);
}

function viewTypeOf(input: unknown): string {
  return input instanceof vscode.TabInputWebview || input instanceof vscode.TabInputCustom
    ? input.viewType
    : '';
}
