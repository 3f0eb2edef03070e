import * as vscode from 'vscode';
import { canLinkImages, joinedSnippets } from '../../core/document/imageLink.ts';
import { followOffset, keepSelection, type TextChange } from '../../core/document/textPlace.ts';
import type { Notice } from '../../core/events.ts';
import type { LinkSpot } from '../../core/references/linkSpot.ts';
import { readDocumentSettings } from '../settings.ts';
import { type LinkedImage, linkFrom, type LinkingDocument } from './documentLink.ts';

const markdownLanguage = 'markdown';
/** How often an insertion is tried that the person's typing gets ahead of, and after which pause. */
const mostAttempts = 100;
const pauseMs = 20;

/** Whether a document is plain Markdown. */
export function isMarkdown(document: vscode.TextDocument): boolean {
  return document.languageId === markdownLanguage;
}

/** Whether links to images can be written into a document. */
export function takesLinks({ uri, languageId }: LinkingDocument): boolean {
  return canLinkImages(languageId, readDocumentSettings(uri).linkTemplates);
}

/** One of the places: after a selection, or at a cursor. */
interface Spot {
  offset: number;
  /** Undefined when the text around it was replaced. */
  position: vscode.Position | undefined;
  /** What comes between the text and the link. */
  readonly before: string;
  /** The same behind the link. */
  readonly after: string;
}

/** Where the last link was inserted: the next one goes behind it, as long as nobody typed and the cursor is in it. */
interface LastInsertion {
  readonly document: vscode.TextDocument;
  readonly version: number;
  /** Of the first of those that stand behind each other, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}
let lastInsertion: LastInsertion | undefined;

/** @param version of the document before the insertion */
function noteInsertion(document: vscode.TextDocument, version: number, at: number, length: number): void {
  const last = lastInsertion;
  const isBehind = last?.document === document && last.version === version && last.end === at;
  const start = isBehind ? last.start : at;
  lastInsertion = { document, version: document.version, start, end: at + length };
}

/** Behind the last link, where the person has not gone elsewhere since. */
function behindLastLink({ document, selections }: vscode.TextEditor): number | undefined {
  if (lastInsertion?.document !== document || lastInsertion.version !== document.version) return undefined;
  const { start, end } = lastInsertion;
  const [only, ...others] = selections.map((one) => offsetsOf(document, one));
  const isThere = only !== undefined && others.length === 0 && only.start >= start && only.end <= end;
  return isThere ? end : undefined;
}

/**
 * A place in a document where a link will stand: taken when the request is made, followed while the
 * person types on. Dispose it when the link is in or no longer wanted.
 */
export class LinkPlace implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  private readonly version: number;
  private readonly selections: readonly vscode.Selection[];
  private readonly spots: readonly Spot[];
  private eol: vscode.EndOfLine;
  private readonly listener: vscode.Disposable;
  /** Whether the person's next link goes behind what is inserted here. */
  private readonly isFollowed: boolean;
  private reopen: (() => Promise<LinkPlace | undefined>) | undefined;

  private constructor(
    document: vscode.TextDocument,
    selections: readonly vscode.Selection[],
    spots: readonly Spot[],
    isFollowed = true,
  ) {
    this.document = document;
    this.isFollowed = isFollowed;
    this.version = document.version;
    this.selections = selections;
    this.spots = spots;
    this.eol = document.eol;
    this.listener = vscode.workspace.onDidChangeTextDocument((event) => {
      if (event.document === this.document) this.follow(event.contentChanges);
    });
  }

  /** The ends of the editor's selections, or its cursors; undefined when no link can be written into its document. */
  static at(editor: vscode.TextEditor | undefined): LinkPlace | undefined {
    if (editor === undefined || !takesLinks(editor.document)) return undefined;
    const { document, selections } = editor;
    const behind = behindLastLink(editor);
    if (behind !== undefined)
      return new LinkPlace(document, [], [spotAt(document, behind, newLineOf(document))]);
    return new LinkPlace(document, selections, spotsOf(document, selections));
  }

  /** The end of a document that is shown without a text editor. */
  static atEnd(document: vscode.TextDocument): LinkPlace | undefined {
    if (!takesLinks(document)) return undefined;
    const text = document.getText();
    const newLine = newLineOf(document);
    const before = text === '' ? '' : text.endsWith('\n') ? newLine : newLine + newLine;
    return new LinkPlace(document, [], [spotAt(document, text.length, before)]);
  }

  /**
   * A place in a document that nobody needs to see. The editor lets go of such a document after some minutes.
   * @param reopen finds the place anew then; rejects, or gives undefined, where it is gone
   */
  static inText(
    document: vscode.TextDocument,
    { offset, before, after }: LinkSpot,
    reopen?: () => Promise<LinkPlace | undefined>,
  ): LinkPlace {
    const place = new LinkPlace(document, [], [spotAt(document, offset, before, after)], false);
    place.reopen = reopen;
    return place;
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
    const links = images.map((saved) => linkFrom(this.document, saved));
    const problem = links.find((link) => 'problem' in link);
    if (problem !== undefined) return notInserted(problem.problem);
    if (this.document.isClosed) return this.insertAnew(images);
    if (this.here().length === 0) return notInserted('the place in the document was edited away');
    const written = links.flatMap((link) => ('problem' in link ? [] : [link]));
    const text = written.map((link) => link.text).join(newLineOf(this.document));
    if (await this.insertSnippet(joinedSnippets(written, newLineOf(this.document)), text)) return undefined;
    return this.insertPlain(text);
  }

  private async insertAnew(images: readonly LinkedImage[]): Promise<Notice | undefined> {
    const again = await this.reopen?.().catch(() => undefined);
    if (again === undefined || again.document.isClosed) return notInserted('the document was closed');
    try {
      return await again.insert(images);
    } finally {
      again.dispose();
    }
  }

  /**
   * @param text the same without placeholders
   * @returns whether it was done: only where nobody touched the document or the selections since the request
   */
  private async insertSnippet(snippet: string, text: string): Promise<boolean> {
    const [first, ...others] = this.here();
    const editor = this.untouchedEditor();
    // One snippet goes to all places.
    if (editor === undefined || first === undefined) return false;
    if (others.some(({ before }) => before !== first.before)) return false;
    const before = new vscode.SnippetString().appendText(first.before).value;
    const positions = [first, ...others].map(({ position }) => position);
    const { offset } = first;
    if (!(await editor.insertSnippet(new vscode.SnippetString(before + snippet), positions))) return false;
    if (others.length === 0)
      noteInsertion(this.document, this.version, offset, first.before.length + text.length);
    return true;
  }

  /** The editor, if nobody touched the document or the selections since the request. */
  private untouchedEditor(): vscode.TextEditor | undefined {
    const editor = vscode.window.activeTextEditor;
    if (editor?.document !== this.document || this.document.version !== this.version) return undefined;
    const same =
      editor.selections.length === this.selections.length &&
      editor.selections.every((one, index) => this.selections[index]?.isEqual(one));
    return same ? editor : undefined;
  }

  /** The edit is refused when the person typed since it was made: then it is made anew. */
  private async insertPlain(links: string): Promise<Notice | undefined> {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      if (this.here().length === 0) return notInserted('the place in the document was edited away');
      const { version } = this.document;
      if (await this.insertText(links)) return undefined;
      if (this.document.version === version) break;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    return notInserted('the document cannot be edited');
  }

  private async insertText(links: string): Promise<boolean> {
    const { document } = this;
    const { version } = document;
    const insertions = this.here()
      .map(({ offset, position, before, after }) => ({ offset, position, text: before + links + after }))
      // From the end: what stands before an insertion keeps its place.
      .sort((one, other) => other.offset - one.offset);
    const edit = new vscode.WorkspaceEdit();
    for (const { position, text } of insertions) edit.insert(document.uri, position, text);
    const kept = vscode.window.visibleTextEditors
      .filter((editor) => editor.document === document)
      .map((editor) => ({ editor, ranges: editor.selections.map((one) => offsetsOf(document, one)) }));
    if (!(await vscode.workspace.applyEdit(edit))) return false;
    if (document.version !== version + 1) return true;
    // An insertion at the cursor pushes it along; before the insertion is where the person left it.
    for (const { editor, ranges } of kept) {
      const isAt = ({ start, end }: { start: number; end: number }) =>
        insertions.some(({ offset }) => start === offset || end === offset);
      if (!ranges.some(isAt)) continue;
      editor.selections = ranges.map(({ isReversed, ...range }) => {
        const { start, end } = insertions.reduce(
          (at, { offset, text }) => keepSelection(at, offset, text.length),
          range,
        );
        const [from, to] = [document.positionAt(start), document.positionAt(end)];
        return isReversed ? new vscode.Selection(to, from) : new vscode.Selection(from, to);
      });
    }
    const [only, ...others] = insertions;
    if (this.isFollowed && only !== undefined && others.length === 0)
      noteInsertion(document, version, only.offset, only.text.length);
    return true;
  }

  /** The places that are still there. */
  private here(): (Spot & { readonly position: vscode.Position })[] {
    return this.spots.filter(
      (spot): spot is Spot & { position: vscode.Position } => spot.position !== undefined,
    );
  }

  private follow(changes: readonly TextChange[]): void {
    const { document } = this;
    // Other line ends move every offset and no position.
    const isOtherEol = document.eol !== this.eol;
    this.eol = document.eol;
    for (const spot of this.here()) {
      if (isOtherEol) {
        spot.offset = document.offsetAt(spot.position);
        continue;
      }
      const offset = followOffset(spot.offset, changes);
      Object.assign(spot, {
        offset: offset ?? 0,
        position: offset === undefined ? undefined : document.positionAt(offset),
      });
    }
  }
}

/** After selected text a picture is a paragraph of its own, or at least apart from the words. */
function spotsOf(document: vscode.TextDocument, selections: readonly vscode.Selection[]): readonly Spot[] {
  const newLine = newLineOf(document);
  return selections.map((selection) => {
    const endsLine = document.lineAt(selection.end.line).range.end.isEqual(selection.end);
    const before = selection.isEmpty ? '' : endsLine ? newLine + newLine : ' ';
    return spotAt(document, document.offsetAt(selection.end), before);
  });
}

function spotAt(document: vscode.TextDocument, offset: number, before: string, after = ''): Spot {
  return { offset, position: document.positionAt(offset), before, after };
}

function newLineOf(document: vscode.TextDocument): string {
  return document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n';
}

function offsetsOf(document: vscode.TextDocument, selection: vscode.Selection) {
  const { start, end, isReversed } = selection;
  return { start: document.offsetAt(start), end: document.offsetAt(end), isReversed };
}

function notInserted(why: string): Notice {
  return { code: 'linkNotInserted', message: `The link was not inserted: ${why}.` };
}
