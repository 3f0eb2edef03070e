import * as vscode from 'vscode';
import { type LinkedImage, linkFrom } from './documentLink.ts';

const markdown = 'markdown';

/** Copies links to pictures, a line each, as a document writes them, and says so. */
export async function copyLinks(
  images: readonly LinkedImage[],
  document: vscode.Uri | undefined,
): Promise<void> {
  const links = images.map((image) => copiedLink(image, document));
  await vscode.env.clipboard.writeText(links.join('\n'));
  vscode.window.setStatusBarMessage(vscode.l10n.t('The link is on the clipboard.'), 4000);
}

/** As the document writes it; in Markdown where it cannot, and from the picture's workspace folder where none leads there. */
function copiedLink(image: LinkedImage, document: vscode.Uri | undefined): string {
  const uri = vscode.Uri.parse(image.uri);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
  const places = [
    ...(document === undefined ? [] : [{ uri: document, languageId: languageOf(document) }]),
    ...(document === undefined ? [] : [{ uri: document, languageId: markdown }]),
    { uri: vscode.Uri.joinPath(root, 'document.md'), languageId: markdown },
  ];
  for (const place of places) {
    const link = linkFrom(place, image);
    if (!('problem' in link)) return link.text.trimEnd();
  }
  return '';
}

function languageOf(uri: vscode.Uri): string {
  const open = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
  return open?.languageId ?? markdown;
}
