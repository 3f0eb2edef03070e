import * as vscode from 'vscode';
import { escapeAlt, linkTarget, markdownImage, relativePath } from '../../core/document/markdownLink.ts';
import { followOffset, keepSelection, type TextChange } from '../../core/document/textPlace.ts';
import type { Notice, SavedImage } from '../../core/events.ts';

/** A saved picture as far as a link to it needs it. */
export type LinkedImage = Pick<SavedImage, 'uri' | 'alt'>;

const markdownLanguage = 'markdown';
/** How often an insertion is tried that the person's typing gets ahead of, and after which pause. */
const mostAttempts = 100;
const pauseMs = 20;

/** Whether links are written into this document. */
export function isMarkdown(document: vscode.TextDocument): boolean {
  return document.languageId === markdownLanguage;
}

/** A Markdown link to a saved picture as seen from a document; undefined where no relative path leads there. */
export function linkFrom(
  document: vscode.Uri,
  saved: LinkedImage,
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
  /** Undefined when the text around the place was replaced. */
  private position: vscode.Position | undefined;
  private offset: number;
  private eol: vscode.EndOfLine;
  private readonly listener: vscode.Disposable;

  private constructor(editor: vscode.TextEditor, position: vscode.Position, before: string) {
    this.document = editor.document;
    this.version = editor.document.version;
    this.selections = editor.selections;
    this.before = before;
    this.position = position;
    this.offset = editor.document.offsetAt(position);
    this.eol = editor.document.eol;
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === this.document) this.follow(event.contentChanges);
    });
  }

  /** The end of the editor's selection, or its cursor; undefined when the editor holds no Markdown. */
  static at(editor: vscode.TextEditor | undefined): LinkPlace | undefined {
    if (editor?.document.languageId !== markdownLanguage) return undefined;
    const { selection, document } = editor;
    const endsLine = document.lineAt(selection.end.line).range.end.isEqual(selection.end);
    const newLine = newLineOf(document);
    // After selected text the picture is a paragraph of its own, or at least apart from the words.
    return new LinkPlace(editor, selection.end, selection.isEmpty ? '' : endsLine ? newLine + newLine : ' ');
  }

  dispose(): void {
    this.listener.dispose();
  }

  /**
   * Inserts links to saved pictures as one edit, without moving the cursor: with the alt text as a
   * placeholder only if document and selection are as they were, else as plain text.
   * @returns a notice where it could not be done
   */
  async insert(images: readonly LinkedImage[]): Promise<Notice | undefined> {
    const links = images.map((saved) => linkFrom(this.document.uri, saved));
    if (links.length === 0 || links.some((link) => link === undefined))
      return notInserted('no relative path leads from the document to the image');
    if (this.document.isClosed) return notInserted('the document was closed');
    if (this.position === undefined) return notInserted('the place in the document was edited away');
    const paths = links.map((link) => link?.path ?? '');
    const editor = this.untouchedEditor();
    const done =
      (await editor?.insertSnippet(
        snippet(this.before, images, paths, newLineOf(this.document)),
        this.position,
      )) ?? false;
    return done ? undefined : this.insertPlain(images, paths);
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

  /** The edit is refused when the person typed since it was made: then it is made anew. */
  private async insertPlain(
    images: readonly LinkedImage[],
    paths: readonly string[],
  ): Promise<Notice | undefined> {
    const links = images.map((saved, index) => markdownImage(saved.alt, paths[index] ?? ''));
    const text = this.before + links.join(newLineOf(this.document));
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      if (this.position === undefined) return notInserted('the place in the document was edited away');
      const { version } = this.document;
      if (await this.insertText(this.position, text)) return undefined;
      if (this.document.version === version) break;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return notInserted('the document cannot be edited');
  }

  private async insertText(position: vscode.Position, text: string): Promise<boolean> {
    const { document, offset } = this;
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, position, text);
    const { version } = document;
    const kept = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .map((editor) => ({ editor, ranges: editor.selections.map((one) => offsetsOf(document, one)) }));
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    // An insertion at the cursor pushes it along; before the insertion is where the person left it.
    if (document.version !== version + 1) return true;
    for (const { editor, ranges } of kept) {
      if (!ranges.some(({ start, end }) => start === offset || end === offset)) continue;
      editor.selections = ranges.map(({ isReversed, ...range }) => {
        const { start, end } = keepSelection(range, offset, text.length);
        const [from, to] = [document.positionAt(start), document.positionAt(end)];
        return isReversed ? new vscode.Selection(to, from) : new vscode.Selection(from, to);
      });
    }
    return true;
  }

  private follow(changes: readonly TextChange[]): void {
    if (this.position === undefined) return;
    const { document } = this;
    if (document.eol !== this.eol) {
      // Other line ends move every offset and no position.
      this.eol = document.eol;
      this.offset = document.offsetAt(this.position);
      return;
    }
    const offset = followOffset(this.offset, changes);
    this.offset = offset ?? 0;
    this.position = offset === undefined ? undefined : document.positionAt(offset);
  }
}

function newLineOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

function offsetsOf(document: vscode.TextDocument, selection: vscode.Selection) {
  const { start, end, isReversed } = selection;
  return { start: document.offsetAt(start), end: document.offsetAt(end), isReversed };
}

function snippet(
  before: string,
  images: readonly LinkedImage[],
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
