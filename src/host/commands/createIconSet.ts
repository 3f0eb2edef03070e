import * as vscode from 'vscode';
import { linkTarget } from '../../core/document/markdownLink.ts';
import {
  iconFiles,
  iconHtml,
  iconPictures,
  iconTask,
  manifestIcons,
  pageWithIcons,
  type PathOf,
} from '../../core/iconSet.ts';
import { type IcoEntry, writeIco } from '../../core/image/ico.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import { checkFree, type NewFile, writeNewFiles } from '../workspace/newFiles.ts';
import type { Command, CommandParts } from './command.ts';
import { askDirectory } from './askDirectory.ts';
import { type Offer, offerLines } from './offerLines.ts';
import { directoryFor, type OwnImage, ownImageCall, readOwnImage, runOnOwnImage } from './ownImage.ts';

/** What Create Icon Set resolves with. */
export interface IconSetResult {
  readonly files: readonly vscode.Uri[];
  readonly html: string;
  readonly manifest: string;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

/** Create Icon Set from Image: `(uri?, uris?, { directory }?)`; all sizes are made of the one picture, on this machine. */
export function createIconSetCommand(parts: CommandParts): Command {
  return {
    id: commandIds.createIconSet,
    run: (...given) => {
      const call = ownImageCall(given);
      return runOnOwnImage(parts, call, async () => {
        const image = await readOwnImage(call, parts.platform);
        const isAsked = call.args === undefined;
        const directory = isAsked ? await askDirectory(image.uri) : directoryFor(image, call);
        // Before anything is computed.
        await checkFree(directory, iconFiles, parts.platform);
        const title = vscode.l10n.t('Making icons');
        const files = await withCancellableProgress(title, (signal) => makeIcons(parts, image, signal));
        const written = await writeNewFiles(directory, files, parts.platform);
        const result = { files: written, ...linesBeside(), notices: noticesOf(image) };
        if (isAsked) offerIcons(parts, result, directory);
        return result;
      });
    },
  };
}

async function makeIcons({ engine }: CommandParts, image: OwnImage, signal: AbortSignal): Promise<NewFile[]> {
  const files: NewFile[] = [];
  const entries: IcoEntry[] = [];
  for (const picture of iconPictures) {
    const { bytes } = await engine.run(iconTask(image.bytes, picture), signal);
    if (bytes === undefined) continue;
    if (picture.name === undefined) entries.push({ size: picture.size, png: bytes });
    else files.push({ name: picture.name, bytes });
  }
  return [{ name: 'favicon.ico', bytes: writeIco(entries) }, ...files];
}

/** From a page or manifest that lies beside the icons. */
function linesBeside(): { readonly html: string; readonly manifest: string } {
  return { html: iconHtml(linkTarget), manifest: manifestLines(linkTarget) };
}

function manifestLines(at: PathOf): string {
  return JSON.stringify({ icons: manifestIcons(at) }, undefined, 2);
}

function noticesOf({ facts: { width, height } }: OwnImage): IconSetResult['notices'] {
  const side = Math.min(width, height);
  const notices = [];
  if (width !== height)
    notices.push({
      code: 'cropped',
      message: `The image is ${width}×${height}; its middle became the icons.`,
    });
  if (side < 512)
    notices.push({
      code: 'upscaled',
      message: `The image has ${side} pixels a side; larger icons were enlarged.`,
    });
  return notices;
}

const offers: readonly Offer[] = [
  {
    title: vscode.l10n.t('Add to HTML…'),
    lines: iconHtml,
    into: { glob: '*.{html,htm}', add: (text, at) => Promise.resolve(pageWithIcons(text, at)) },
  },
  {
    title: vscode.l10n.t('Add to Manifest…'),
    lines: manifestLines,
    into: { glob: '{manifest.json,*.webmanifest}', add: addToManifest },
  },
  { title: vscode.l10n.t('Copy Lines'), lines: (at) => `${iconHtml(at)}\n\n${manifestLines(at)}` },
];

async function addToManifest(text: string, at: PathOf): Promise<string | undefined> {
  const { manifestWithIcons } = await import('../../core/imageTools.ts');
  const edit = manifestWithIcons(text, manifestIcons(at));
  return edit.ok ? edit.text : undefined;
}

function offerIcons({ log }: CommandParts, result: IconSetResult, directory: vscode.Uri): void {
  const told = [
    vscode.l10n.t('Made {0} icons.', result.files.length),
    ...result.notices.map(({ message }) => message),
  ].join(' ');
  offerLines(told, directory, offers, log);
}
