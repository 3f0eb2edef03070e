import * as vscode from 'vscode';
import type { ImageReference, TargetFormat } from '../../core/references/imageReference.ts';
import type { ReferencePrompt } from '../../core/references/prompt.ts';
import type { Size } from '../../core/request.ts';
import { readDocumentSettings } from '../settings.ts';
import type { FileLookup } from './fileLookup.ts';
import { placeOfDocument } from './placeOfDocument.ts';

/** An image that a document names, and that is not there or has not a byte. */
export interface MissingImage {
  readonly document: vscode.Uri;
  /** How the document was read, which need not be how the editor reads it. */
  readonly languageId: string;
  readonly reference: ImageReference;
  readonly file: vscode.Uri;
  readonly prompt: ReferencePrompt;
  /** Absent where the document says no whole size. */
  readonly size?: Size;
  readonly format: TargetFormat;
}

/**
 * The image that a reference names, where it is missing.
 * @param document its text's document, which may be a cell of a notebook
 * @returns undefined where it is there, is of no kind that can be generated, or lies outside of the workspace folder
 */
export async function missingImage(
  document: vscode.Uri,
  languageId: string,
  reference: ImageReference,
  lookup: FileLookup,
): Promise<MissingImage | undefined> {
  const tools = await import('../../core/documentReferences.ts');
  const place = placeOfDocument(document);
  if (place === undefined || reference.refusal !== undefined) return undefined;
  const { folder, directory } = place;
  const { publicDirectory } = readDocumentSettings(folder.uri);
  const { base } = reference;
  const resolved = tools.resolveTarget(reference.target, { directory, publicDirectory, base });
  if ('problem' in resolved || resolved.candidates.length === 0) return undefined;
  const uriOf = (segments: readonly string[]) => vscode.Uri.joinPath(folder.uri, ...segments);
  const { segments, state } = await tools.pickTarget(resolved.candidates, (one) =>
    lookup.stateOf(uriOf(one)),
  );
  if (state !== 'absent' && state !== 'empty') return undefined;
  const { width, height } = tools.sizeOfReference(reference) ?? {};
  return {
    ...{ document, languageId, reference, file: uriOf(segments) },
    prompt: tools.promptOfReference(reference),
    ...(width !== undefined && height !== undefined && { size: { width, height } }),
    format: tools.formatOfTarget(reference.target),
  };
}
