import * as vscode from 'vscode';
import type { FileAction } from '../../protocol/panel.ts';
import { copyLinks } from '../workspace/copyLinks.ts';
import type { LinkedImage } from '../workspace/documentLink.ts';
import type { MarkdownEditors } from '../workspace/markdownEditors.ts';

/** Does what a button under a saved picture says. Copying the picture itself is the page's: only it has a clipboard for pictures. */
export async function runImageAction(
  action: FileAction,
  saved: LinkedImage,
  editors: MarkdownEditors,
): Promise<void> {
  const uri = vscode.Uri.parse(saved.uri);
  switch (action) {
    case 'open':
      await vscode.commands.executeCommand('vscode.open', uri);
      return;
    case 'reveal':
      await vscode.commands.executeCommand('revealInExplorer', uri);
      return;
    case 'insertLink':
      return insertLink(saved, editors);
    case 'copyLink':
      return copyLinks([saved], editors.last()?.document.uri);
    case 'copyPath':
      await vscode.env.clipboard.writeText(uri.scheme === 'file' ? uri.fsPath : uri.path);
      vscode.window.setStatusBarMessage(vscode.l10n.t('The path is on the clipboard.'), 4000);
      return;
  }
}

async function insertLink(saved: LinkedImage, editors: MarkdownEditors): Promise<void> {
  const place = await editors.place();
  if (place === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Open a document and set the cursor where the link should go.'),
    );
    return;
  }
  try {
    const problem = await place.insert([saved]);
    if (problem !== undefined) void vscode.window.showWarningMessage(problem.message);
  } finally {
    place.dispose();
  }
}
