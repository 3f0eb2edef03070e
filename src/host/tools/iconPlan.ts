import type * as vscode from 'vscode';
import type { ToolInput } from '../../core/agent/toolInput.ts';
import { invalidArguments } from '../../core/failure.ts';
import { iconFiles, pageWithIcons } from '../../core/iconSet.ts';
import { safeStem } from '../../core/files/fileName.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import { linkTarget } from '../../core/document/markdownLink.ts';
import { checkIconsFree, type IconMaster } from '../iconSet.ts';
import type { PreparedCall } from '../imageCall.ts';
import { readReferences } from '../workspace/references.ts';
import { parentOf } from '../workspace/parentOf.ts';
import { checkTrust, openDocument } from './toolCall.ts';
import type { ToolParts } from './toolParts.ts';
import { uriOf } from './toolPlaces.ts';

/** An icon set that can be made: its files are free, and the page has a head. */
export interface IconPlan {
  readonly image: vscode.Uri;
  readonly master: IconMaster;
  readonly directory: vscode.Uri;
  readonly names: readonly string[];
  /** The page that gets the lines. */
  readonly document: vscode.TextDocument | undefined;
}

/**
 * Plans the icons of an image as it is.
 * @throws invalidArguments, untrusted
 */
export async function planIcons(parts: ToolParts, input: ToolInput): Promise<IconPlan> {
  checkTrust();
  if (input.image === undefined) throw invalidArguments('The argument image is missing.');
  const image = uriOf('image', input.image);
  const directory = input.place === undefined ? parentOf(image) : uriOf('path', input.place.directory);
  await checkIconsFree(directory, parts.platform);
  const master = await readMaster(image, parts);
  return { image, master, directory, names: iconFiles, document: await iconPage(parts, input) };
}

/** Reads the picture that icons are made of. @throws invalidArguments where it is no image of the workspace */
export async function readMaster(image: vscode.Uri, { platform }: ToolParts): Promise<IconMaster> {
  const [read] = await readReferences([image], undefined, platform);
  const facts = read && inspectImage(read.bytes);
  if (read === undefined || facts === undefined) throw invalidArguments('This is no image.');
  return { bytes: read.bytes, facts };
}

/**
 * Sees to it that icons of an edit can be made beside it, before it is paid for.
 * @throws invalidArguments
 */
export async function checkIconsAhead(
  parts: ToolParts,
  input: ToolInput,
  { destinationFor, wantedModel }: PreparedCall,
): Promise<void> {
  if (!input.iconSet) return;
  const { directory, stem } = (await destinationFor(wantedModel)).target(1, 'png');
  const edited = `${safeStem(stem)}.png`;
  if (iconFiles.some((name) => name.toLowerCase() === edited.toLowerCase()))
    throw invalidArguments(`${edited} is one of the icons' own names: give path another name.`);
  await checkIconsFree(directory, parts.platform);
  await iconPage(parts, input);
}

/** The page of which an agent wants the head to name the icons; absent where it wants only the lines. @throws invalidArguments */
export async function iconPage(
  { platform }: ToolParts,
  { document }: ToolInput,
): Promise<vscode.TextDocument | undefined> {
  if (document === undefined) return undefined;
  const page = await openDocument(uriOf('document', document), platform);
  const hasHead = page.languageId === 'html' && pageWithIcons(page.getText(), linkTarget) !== undefined;
  if (!hasHead)
    throw invalidArguments(
      'For an icon set the argument document is an HTML page with a head; leave it out to get the lines.',
    );
  return page;
}
