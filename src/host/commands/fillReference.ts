import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import { sizeText } from '../../core/size.ts';
import { askReferencePrompt } from '../documents/askReferencePrompt.ts';
import type { MissingImage } from '../documents/missingImage.ts';
import { missingImageAt } from '../documents/missingImageActions.ts';
import { renameReference } from '../documents/renameReference.ts';
import { internalCommandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri, runGenerating, showFailure } from './runCommand.ts';

/** The quick fix of a link to an image that is not there: `(document: Uri, offset: number)`. The person is always asked. */
export function fillReferenceCommand(parts: CommandParts): Command {
  return {
    id: internalCommandIds.fillReference,
    run: async (document, offset) => {
      try {
        const missing = await findMissing(parts, document, offset);
        const { name } = parts.gateways.find(undefined);
        const asked = await askReferencePrompt(missing, name);
        return asked === undefined ? undefined : await fill(parts, missing, asked);
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
        return undefined;
      }
    },
  };
}

/** @throws untrusted, invalidArguments */
async function findMissing(
  { lookup }: CommandParts,
  document: unknown,
  offset: unknown,
): Promise<MissingImage> {
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to have its missing images generated.',
    );
  if (!isUri(document) || typeof offset !== 'number')
    throw invalidArguments('Name the document and the place of the image in it.');
  // A quick fix stands in a menu for a while.
  lookup.clear();
  const missing = await missingImageAt(await vscode.workspace.openTextDocument(document), offset, lookup);
  if (missing === undefined) throw invalidArguments('No missing image is named at this place any more.');
  return missing;
}

async function fill(parts: CommandParts, missing: MissingImage, prompt: string) {
  const { size, format, file, document } = missing;
  const name = (path: string) => path.split('/').pop() ?? '';
  const result = await runGenerating(parts, {
    args: {
      ...(size && { size: sizeText(size) }),
      ...(format.can !== 'keep' && { outputFormat: format.can === 'write' ? format.format : 'png' }),
      n: 1,
      insertLink: false,
    },
    asked: prompt,
    document,
    target: { uri: file, mayRename: format.can !== 'write' },
    finish: async ({ uri }) => {
      const saved = name(vscode.Uri.parse(uri).path);
      return saved === name(file.path) ? undefined : renameReference(missing, saved);
    },
  });
  parts.lookup.clear();
  return result;
}
