import * as vscode from 'vscode';
import { takesLinks } from './linkPlace.ts';

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

  dispose(): void {
    this.listener.dispose();
  }

  private take(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && takesLinks(editor.document)) this.remembered = editor;
  }
}
