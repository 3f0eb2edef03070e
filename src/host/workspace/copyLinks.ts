import * as vscode from 'vscode';
import { type LinkedImage, linkFrom } from './linkPlace.ts';

/** Copies Markdown links to pictures, a line each, as seen from a document, and says so. */
export async function copyLinks(
  images: readonly LinkedImage[],
  document: vscode.Uri | undefined,
): Promise<void> {
  const links = images.map((image) => copiedLink(image, document));
  await vscode.env.clipboard.writeText(links.join('\n'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('The link is on the clipboard.'), 4000);
}

/** From the document, else from the root of the workspace folder that holds the picture. */
function copiedLink(image: LinkedImage, document: vscode.Uri | undefined): string {
  const uri = vscode.Uri.parse(image.uri);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
  const link =
    (document && linkFrom(document, image)) ?? linkFrom(vscode.Uri.joinPath(root, 'document.md'), image);
  return link?.markdown ?? '';
}
