import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import { askReferencePrompt } from '../documents/askReferencePrompt.ts';
import { findMissing } from '../documents/findMissing.ts';
import type { FileLookup } from '../documents/fileLookup.ts';
import { missingCall } from '../documents/missingCall.ts';
import type { MissingImage } from '../documents/missingImage.ts';
import { missingImageAt } from '../documents/missingImageActions.ts';
import { withRenamed } from '../documents/renameReference.ts';
import { internalCommandIds } from '../ids.ts';
import { refreshMarkdownPreviews } from '../workspace/markdownPreview.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { runWithProgress, showFailure } from './runCommand.ts';
import { showSaved } from './showSaved.ts';

/** The quick fix of a link to an image that is not there: `(document: Uri, offset: number)`. The person is always asked. */
export function fillReferenceCommand(parts: CommandParts): Command {
  return {
    id: internalCommandIds.fillReference,
    run: async (document, offset) => {
      try {
        await fill(parts, ...(await findMissingAt(parts, document, offset)));
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
      }
    },
  };
}

/** @throws untrusted, invalidArguments */
async function findMissingAt(
  { lookup }: CommandParts,
  document: unknown,
  offset: unknown,
): Promise<readonly [MissingImage, vscode.TextDocument]> {
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to have its missing images generated.',
    );
  if (!isUri(document) || typeof offset !== 'number')
    throw invalidArguments('Name the document and the place of the image in it.');
  // A quick fix stands in a menu for a while.
  lookup.clear();
  const opened = await vscode.workspace.openTextDocument(document);
  const missing = await missingImageAt(opened, offset, lookup);
  if (missing === undefined) throw invalidArguments('No missing image is named at this place any more.');
  return [missing, opened];
}

/** @throws ImageGatewayError */
async function fill(
  parts: CommandParts,
  missing: MissingImage,
  document: vscode.TextDocument,
): Promise<void> {
  const { service, gateways, lookup, recovery } = parts;
  void recovery.make();
  const asked = await askReferencePrompt(missing, gateways.find(undefined).name);
  if (asked === undefined) return;
  const call = missingCall(missing, asked, true, await missingFilesIn(document, missing.languageId, lookup));
  const prepared = await service.prepare(call);
  const outcome = await withRenamed([missing], await runWithProgress(parts, prepared));
  lookup.clear();
  await refreshMarkdownPreviews();
  void showSaved(outcome, call, true, prepared.settings.insertLink);
}

/** The files that a document names and that are missing: another name for one of them is not to be that of another. */
async function missingFilesIn(
  document: vscode.TextDocument,
  languageId: string,
  lookup: FileLookup,
): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const scope = { kind: 'document', document, languageId } as const;
  for await (const { missing } of findMissing([scope], lookup, new AbortController().signal))
    files.push(missing.file);
  return files;
}
