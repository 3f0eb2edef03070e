import * as vscode from 'vscode';
import { outsideWords } from '../../core/outsideText.ts';
import { internalCommandIds } from '../ids.ts';
import type { FileLookup } from './fileLookup.ts';
import { LastReferences } from './lastReferences.ts';
import { type MissingImage, missingImage } from './missingImage.ts';
import { placeOfDocument } from './placeOfDocument.ts';

/** Of the built-in Markdown support, where its validation of links is turned on. */
const diagnosticCode = 'link.no-such-file';

/** Offers to generate the image that is named at the cursor and is not there. */
export class MissingImageActions implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];
  private readonly lookup: FileLookup;
  private readonly references = new LastReferences();

  constructor(lookup: FileLookup) {
    this.lookup = lookup;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics, only }: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.CodeAction[]> {
    // In Restricted Mode no file is looked for.
    if (!vscode.workspace.isTrusted || placeOfDocument(document.uri) === undefined) return [];
    if (only !== undefined && !only.intersects(vscode.CodeActionKind.QuickFix)) return [];
    const offset = document.offsetAt(range.start);
    const reference = await this.references.referenceAt(document, offset, token);
    if (reference === undefined) return [];
    const missing = await missingImage(document.uri, document.languageId, reference, this.lookup);
    if (missing === undefined || token.isCancellationRequested) return [];
    const { start, end } = missing.reference.range;
    const target = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const action = new vscode.CodeAction(titleOf(missing), vscode.CodeActionKind.QuickFix);
    action.diagnostics = diagnostics.filter(
      (one) => codeOf(one) === diagnosticCode && one.range.intersection(target) !== undefined,
    );
    action.isPreferred = true;
    action.command = {
      command: internalCommandIds.fillReference,
      title: action.title,
      arguments: [document.uri, start],
    };
    return [action];
  }
}

/** The missing image that is named at a place in a document; undefined where none is. */
export async function missingImageAt(
  document: vscode.TextDocument,
  offset: number,
  lookup: FileLookup,
): Promise<MissingImage | undefined> {
  const { imageReferenceAt } = await import('../../core/documentReferences.ts');
  const reference = await imageReferenceAt(document.languageId, document.getText(), offset);
  return reference && missingImage(document.uri, document.languageId, reference, lookup);
}

/** Where the file's name cannot stay what it is, that is said. */
function titleOf({ format, file }: MissingImage): string {
  if (format.can === 'write') return vscode.l10n.t('Generate this image');
  if (format.can === 'keep')
    return vscode.l10n.t('Generate this image, and change the link where it is not made as AVIF');
  const name = file.path.split('/').pop() ?? '';
  const stem = format.extension === '' ? name : name.slice(0, -format.extension.length - 1);
  return vscode.l10n.t(
    'Generate this image as {0}, and change the link',
    outsideWords(`${stem}.png`, [], 60),
  );
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
