import type * as vscode from 'vscode';
import { canNameImages } from '../../core/references/documentFiles.ts';
import type { ImageReference } from '../../core/references/imageReference.ts';
import { fileNameOf } from './placeOfDocument.ts';

/** What was found in a document as it was then. */
interface Found {
  /** The object itself: of a document that was closed and opened again, versions begin anew. */
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly languageId: string;
  readonly references: readonly ImageReference[];
}

/** The references of the document that was asked for last: moving the cursor in it does not parse it again. */
export class LastReferences {
  private last: Found | undefined;

  /**
   * The reference at an offset, as `imageReferenceAt` finds it.
   * @param token where it is cancelled before the document is parsed, it is not parsed
   * @returns undefined where none is, or it was cancelled
   */
  async referenceAt(
    document: vscode.TextDocument,
    offset: number,
    token: vscode.CancellationToken,
  ): Promise<ImageReference | undefined> {
    const isCancelled = () => token.isCancellationRequested;
    if (isCancelled() || !canNameImages(document.languageId, fileNameOf(document.uri))) return undefined;
    const { findImageReferences, referenceAt } = await import('../../core/documentReferences.ts');
    if (this.known(document) === undefined) {
      // Parsing leaves nobody a turn: a cancellation that is under way comes first.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (isCancelled()) return undefined;
    }
    const known = this.known(document);
    if (known !== undefined) return referenceAt(known.references, offset);
    const { version, languageId } = document;
    const references = await findImageReferences(languageId, document.getText());
    this.last = { document, version, languageId, references };
    return referenceAt(references, offset);
  }

  private known(document: vscode.TextDocument): Found | undefined {
    const { last } = this;
    const isSame =
      last?.document === document &&
      last.version === document.version &&
      last.languageId === document.languageId;
    return isSame ? last : undefined;
  }
}
