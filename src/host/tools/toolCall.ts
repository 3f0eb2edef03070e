import * as vscode from 'vscode';
import type { ToolInput } from '../../core/agent/toolInput.ts';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { ImageCall } from '../imageCall.ts';
import { checkFileContained } from '../workspace/containment.ts';
import { LinkPlace, takesLinks } from '../workspace/linkPlace.ts';
import type { ToolParts } from './toolParts.ts';
import { placeOf, uriOf } from './toolPlaces.ts';

/** An agent's wish as the call that every other entrance makes. */
export interface ToolCall {
  readonly call: ImageCall;
  readonly document: vscode.TextDocument | undefined;
}

/**
 * Makes the call of an agent's wish: nothing is asked in it, and everything is inside the workspace. Dispose `call.place`.
 * @param prompt of the input
 * @throws invalidArguments, untrusted
 */
export async function toolCall(input: ToolInput, prompt: string, { platform }: ToolParts): Promise<ToolCall> {
  checkTrust();
  const image = input.image && uriOf('image', input.image);
  const others = input.references.map((one) => uriOf('references', one));
  const references = [...(image ? [image] : []), ...others];
  const mask = input.mask && uriOf('mask', input.mask);
  const where = placeArgs(input);
  const document = input.document && (await openDocument(uriOf('document', input.document), platform));
  const place = document && (await linkPlace(document, input, platform));
  return {
    document,
    call: {
      prompt,
      ...{ interactive: false, isAgents: true },
      // An edit without a document goes where its image's folder says.
      document: document?.uri ?? image,
      place,
      args: {
        ...input.args,
        ...(references.length > 0 && { references }),
        ...(mask && { mask }),
        ...where,
        insertLink: place !== undefined,
      },
    },
  };
}

/** @throws untrusted */
export function checkTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new ImageGatewayError(
    'untrusted',
    'This workspace is in Restricted Mode; the person must trust it before agents can make images in it.',
  );
}

/**
 * Opens a document of the workspace that an agent named.
 * @throws invalidArguments where it is not there, no file of the workspace, a link, or no text
 */
export async function openDocument(
  uri: vscode.Uri,
  platform: ToolParts['platform'],
): Promise<vscode.TextDocument> {
  await checkFileContained(uri, platform);
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    const name = outsideWords(vscode.workspace.asRelativePath(uri), [], 120);
    throw invalidArguments(`The document ${name} cannot be opened; name a text file that is there.`);
  }
}

function placeArgs({ place }: ToolInput): Pick<ImageCall['args'], 'directory' | 'fileName'> {
  if (place !== undefined) return placeOf(place);
  const { length } = vscode.workspace.workspaceFolders ?? [];
  // With one folder, or a document, the person's settings decide.
  if (length <= 1) return {};
  throw invalidArguments('Several folders are open; give the argument path, beginning with the name of one.');
}

/** Of icons, the page's head gets the lines, not its text. */
async function linkPlace(
  document: vscode.TextDocument,
  input: ToolInput,
  platform: ToolParts['platform'],
): Promise<LinkPlace | undefined> {
  const { placement, iconSet } = input;
  if (placement === 'none' || iconSet) return undefined;
  const { linkSpot } = await import('../../core/documentReferences.ts');
  const spot = takesLinks(document)
    ? linkSpot(document.languageId, document.getText(), placement)
    : undefined;
  const reopen = async () => linkPlace(await openDocument(document.uri, platform), input, platform);
  if (spot !== undefined) return LinkPlace.inText(document, spot, reopen);
  const language = outsideWords(document.languageId, [], 40);
  throw invalidArguments(
    `A document of the language ${language} has no such place for a link; leave placement out and write the link that is returned.`,
  );
}
