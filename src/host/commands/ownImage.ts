import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { ImageFacts } from '../../core/image/imageFacts.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import { PixelError } from '../../core/image/pixelTask.ts';
import type { Platform } from '../platform/platform.ts';
import { readReferences } from '../workspace/references.ts';
import type { CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { showFailure } from './runCommand.ts';

/** A picture of the workspace that a command works on. */
export interface OwnImage {
  readonly uri: vscode.Uri;
  readonly bytes: Uint8Array;
  readonly facts: ImageFacts;
  /** Its file's name without extension. */
  readonly stem: string;
}

/** What such a command was called with: `(uri, uris?, args?)`. With `args` nothing is asked, and failures reject. */
export interface OwnImageCall {
  readonly uri: vscode.Uri | undefined;
  readonly args: Readonly<Record<string, unknown>> | undefined;
}

/** Sorts out what a menu, the palette or another extension passed. */
export function ownImageCall(given: readonly unknown[]): OwnImageCall {
  const uri = given.find(isUri);
  // A menu passes more than the Uri: the selection, an array, and sometimes what is focused.
  const last = given.length > 1 || uri === undefined ? given.at(-1) : undefined;
  const args = isArguments(last) ? last : undefined;
  return { uri, args };
}

function isArguments(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isUri(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // What an editor's menu passes besides says where the editor is.
  const isPlace = 'preserveFocus' in value || 'groupId' in value;
  return (prototype === Object.prototype || prototype === null) && !isPlace;
}

/**
 * Reads the picture that is meant: the one named, else the one that is shown, else the person chooses.
 * @throws untrusted, invalidArguments, cancelled
 */
export async function readOwnImage({ uri, args }: OwnImageCall, platform: Platform): Promise<OwnImage> {
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to work on its images.',
    );
  const unknown = Object.keys(args ?? {}).find((name) => name !== 'directory');
  if (unknown !== undefined)
    throw invalidArguments(`The argument ${outsideWords(unknown, [], 40)} is unknown.`);
  const chosen = uri ?? shownImage() ?? (args === undefined ? await askImage() : undefined);
  if (chosen === undefined) throw invalidArguments('Name the image.');
  const [read] = await readReferences([chosen], undefined, platform);
  const facts = read && inspectImage(read.bytes);
  if (read === undefined || facts === undefined) throw invalidArguments('This is no image.');
  const name = chosen.path.split('/').pop() ?? '';
  return { uri: chosen, bytes: read.bytes, facts, stem: name.replace(/\.[^.]*$/, '') };
}

/** The image that the built-in preview shows in the active tab. */
export function shownImage(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputCustom && input.viewType === 'imagePreview.previewEditor'
    ? input.uri
    : undefined;
}

/** @throws cancelled */
export async function askImage(): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Choose an Image of the Workspace'),
      filters: { [vscode.l10n.t('Images')]: ['png', 'jpg', 'jpeg', 'webp', 'avif'] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (uri === undefined) throw new ImageGatewayError('cancelled', 'No image was chosen.');
  return uri;
}

/**
 * The directory for what is made: as named, relative to the image's workspace folder, else the image's own.
 * @throws invalidArguments
 */
export function directoryFor({ uri }: OwnImage, { args }: OwnImageCall): vscode.Uri {
  const directory = args?.['directory'];
  if (directory === undefined) return vscode.Uri.joinPath(uri, '..');
  if (isUri(directory)) return directory;
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (
    typeof directory !== 'string' ||
    folder === undefined ||
    /(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:/.test(directory)
  )
    throw invalidArguments(
      'The argument directory must be a Uri or a path relative to the workspace folder.',
    );
  return vscode.Uri.joinPath(folder.uri, directory);
}

/** Runs such a command: a call with `args` rejects with its failure, else it is shown once. */
export async function runOnOwnImage<T>(
  { log }: CommandParts,
  call: OwnImageCall,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const error = failureOf(thrown, log);
    if (call.args !== undefined) throw error;
    showFailure(error, log);
    return undefined;
  }
}

function failureOf(thrown: unknown, log: CommandParts['log']): ImageGatewayError {
  if (isImageGatewayError(thrown)) return thrown;
  log.error('An image could not be worked on.', thrown);
  if (thrown instanceof PixelError)
    return invalidArguments(
      `The image cannot be worked on (${thrown.problem}); choose another, or convert it first.`,
    );
  return new ImageGatewayError('saveFailed', 'Something unexpected went wrong; see the log.');
}
