import * as vscode from 'vscode';

/** The scheme of documents that exist in memory only. */
export const reportScheme = 'image-gateway-report';

/** How many reports can still be read again after newer ones came. */
const mostKept = 10;

/** Shows reports as read-only Markdown that lies in no folder. */
export class ReportDocuments implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
      provideTextDocumentContent: (uri) => this.texts.get(uri.query) ?? '',
    });
  }

  dispose(): void {
    this.registration.dispose();
  }

  /**
   * Shows a report: in the built-in Markdown preview, or as text where that is switched off.
   * @param name of the tab, a file name without extension
   * @param markdown outside words in it must be inert (`inertMarkdown`)
   */
  async show(name: string, markdown: string): Promise<void> {
    // Each report has an address of its own: an open preview does not read the same one again.
    const query = String(++this.count);
    this.texts.set(query, markdown);
    this.texts.delete(String(this.count - mostKept));
    const uri = vscode.Uri.from({ scheme: reportScheme, path: `/${name}.md`, query });
    const document = await vscode.workspace.openTextDocument(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      await vscode.window.showTextDocument(document, { preview: true });
    }
  }
}
