import * as vscode from 'vscode';
import { LinkPlace, takesLinks } from './linkPlace.ts';
import { documentBesidePanel } from './shownDocument.ts';

/** Remembers the Markdown editor that was active last: while the panel has the focus, none is active. */
export class MarkdownEditors implements vscode.Disposable {
  private remembered: vscode.TextEditor | undefined;
  private readonly listener: vscode.Disposable;

  constructor() {
    this.take(vscode.window.activeTextEditor);
    this.listener = vscode.window.onDidChangeActiveTextEditor((editor) => this.take(editor));
  }

  /** The Markdown editor that was active last, if it is still on the screen. */
  last(): vscode.TextEditor | undefined {
    const { visibleTextEditors } = vscode.window;
    // The same document can be on the screen twice, with two cursors.
    if (this.remembered !== undefined && visibleTextEditors.includes(this.remembered)) return this.remembered;
    return visibleTextEditors.find((editor) => editor.document === this.remembered?.document);
  }

  /** Where a link goes: at the cursor of that editor, else at the end of a document that is shown without one. */
  async place(): Promise<LinkPlace | undefined> {
    const editor = this.last();
    if (editor !== undefined) return LinkPlace.at(editor);
    const document = await documentBesidePanel();
    return document && LinkPlace.atEnd(document);
  }

  dispose(): void {
    this.listener.dispose();
  }

  private take(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && takesLinks(editor.document)) this.remembered = editor;
  }
}
