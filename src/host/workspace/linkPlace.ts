import * as vscode from 'vscode';
import { escapeAlt, linkTarget, markdownImage, relativePath } from '../../core/document/markdownLink.ts';
import type { Notice, SavedImage } from '../../core/events.ts';

const markdownLanguage = 'markdown';

/** Whether links are written into this document. */
export function isMarkdown(document: vscode.TextDocument): boolean {
  return document.languageId === markdownLanguage;
}

/** A Markdown link to a saved picture as seen from a document; undefined where no relative path leads there. */
export function linkFrom(
  document: vscode.Uri,
  saved: SavedImage,
): { readonly path: string; readonly markdown: string } | undefined {
  const image = vscode.Uri.parse(saved.uri);
  const base =
    document.scheme === 'untitled'
      ? vscode.workspace.workspaceFolders?.[0]?.uri
      : vscode.Uri.joinPath(document, '..');
  if (base?.scheme !== image.scheme || base.authority.toLowerCase() !== image.authority.toLowerCase())
    return undefined;
  const [from, to] = [drivePath(base.path), drivePath(image.path)];
  if (from.drive !== to.drive) return undefined;
  const path = linkTarget(relativePath(from.path, to.path));
  return { path, markdown: markdownImage(saved.alt, path) };
}

/** Splits off a Windows drive: `/c:/a` has one, `/a` has none. */
function drivePath(path: string): { readonly drive: string; readonly path: string } {
  const match = /^\/([A-Za-z]):(.*)$/.exec(path);
  return match === null
    ? { drive: '', path }
    : { drive: (match[1] ?? '').toLowerCase(), path: match[2] ?? '' };
}

/**
 * A place in a document where a link will stand: taken when the request is made, followed while the
 * person types on. Dispose it when the link is in or no longer wanted.
 */
export class LinkPlace implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  private readonly version: number;
  private readonly selections: readonly vscode.Selection[];
  private readonly before: string;
  private offset: number;
  private lost = false;
  private readonly listeners: vscode.Disposable[];

  private constructor(editor: vscode.TextEditor, position: vscode.Position, before: string) {
    this.document = editor.document;
    this.version = editor.document.version;
    this.selections = editor.selections;
    this.before = before;
    this.offset = editor.document.offsetAt(position);
    this.listeners = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === this.document) this.follow(event.contentChanges);
      }),
    ];
  }

  /** The end of the editor's selection, or its cursor; undefined when the editor holds no Markdown. */
  static at(editor: vscode.TextEditor | undefined): LinkPlace | undefined {
    if (editor?.document.languageId !== markdownLanguage) return undefined;
    const { selection, document } = editor;
    const endsLine = document.lineAt(selection.end.line).range.end.isEqual(selection.end);
    const newLine = document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
    // After selected text the picture is a paragraph of its own, or at least apart from the words.
    return new LinkPlace(editor, selection.end, selection.isEmpty ? '' : endsLine ? newLine + newLine : ' ');
  }

  dispose(): void {
    for (const listener of this.listeners) listener.dispose();
  }

  /**
   * Inserts links to saved pictures as one edit, without moving the cursor: with the alt text as a
   * placeholder only if document and selection are as they were, else as plain text.
   * @returns a notice where it could not be done
   */
  async insert(images: readonly SavedImage[]): Promise<Notice | undefined> {
    const links = images.map((saved) => linkFrom(this.document.uri, saved));
    if (links.length === 0 || links.some((link) => link === undefined))
      return notInserted('no relative path leads from the document to the image');
    if (this.document.isClosed) return notInserted('the document was closed');
    if (this.lost) return notInserted('the place in the document was edited away');
    const position = this.document.positionAt(this.offset);
    const paths = links.map((link) => link?.path ?? '');
    const editor = this.untouchedEditor();
    const done =
      editor === undefined
        ? await this.insertPlain(position, images, paths)
        : await editor.insertSnippet(snippet(this.before, images, paths, this.newLine()), position);
    return done ? undefined : notInserted('the document cannot be edited');
  }

  private newLine(): string {
    return this.document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
  }

  /** The editor, if nobody touched the document or the selection since the request. */
  private untouchedEditor(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== this.document || this.document.version !== this.version) return undefined;
    const same =
      editor.selections.length === this.selections.length &&
      editor.selections.every((one, index) => this.selections[index]?.isEqual(one));
    return same ? editor : undefined;
  }

  private async insertPlain(
    position: vscode.Position,
    images: readonly SavedImage[],
    paths: readonly string[],
  ): Promise<boolean> {
    const text =
      this.before +
      images.map((saved, index) => markdownImage(saved.alt, paths[index] ?? '')).join(this.newLine());
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.document.uri, position, text);
    const editors = vscode.window.visibleTextEditors.filter((one) => one.document === this.document);
    const kept = editors.map((editor) => ({ editor, selections: editor.selections }));
    const done = await vscode.workspace.applyEdit(edit);
    // An insertion at the cursor pushes it along; before the insertion is where the person left it.
    for (const { editor, selections } of kept) {
      if (selections.some((one) => one.active.isEqual(position) || one.anchor.isEqual(position)))
        editor.selections = selections;
    }
    return done;
  }

  private follow(changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    // The offsets of all changes of one event refer to the document before it.
    let shift = 0;
    for (const { rangeOffset, rangeLength, text } of changes) {
      if (rangeOffset + rangeLength <= this.offset && (rangeOffset < this.offset || rangeLength > 0))
        shift += text.length - rangeLength;
      else if (rangeOffset < this.offset) this.lost = true;
    }
    this.offset += shift;
  }
}

function snippet(
  before: string,
  images: readonly SavedImage[],
  paths: readonly string[],
  newLine: string,
): vscode.SnippetString {
  const result = new vscode.SnippetString().appendText(before);
  for (const [index, saved] of images.entries()) {
    if (index > 0) result.appendText(newLine);
    result.appendText('![');
    // Both append functions escape: a ${CLIPBOARD} in a prompt stays what it is.
    result.appendPlaceholder(escapeAlt(saved.alt));
    result.appendText(`](${paths[index] ?? ''})`);
  }
  return result;
}

function notInserted(why: string): Notice {
  return { code: 'linkNotInserted', message: `The link was not inserted: ${why}.` };
}
