import * as vscode from 'vscode';
import { linkTarget } from '../../core/document/markdownLink.ts';
import { iconHtml, manifestIcons, pageWithIcons, type PathOf } from '../../core/iconSet.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { checkIconsFree, iconNotices, writeIconSet } from '../iconSet.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { askDirectory } from './askDirectory.ts';
import { type Offer, offerLines } from './offerLines.ts';
import { directoryFor, ownImageCall, readOwnImage, runOnOwnImage } from './ownImage.ts';

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
        await checkIconsFree(directory, parts.platform);
        const title = vscode.l10n.t('Making icons');
        const files = await withCancellableProgress(title, (signal) =>
          writeIconSet(parts, image, directory, signal),
        );
        const result = { files, ...linesBeside(), notices: iconNotices(image) };
        if (isAsked) offerIcons(parts, result, directory);
        return result;
      });
    },
  };
}

/** From a page or manifest that lies beside the icons. */
function linesBeside(): { readonly html: string; readonly manifest: string } {
  return { html: iconHtml(linkTarget), manifest: manifestLines(linkTarget) };
}

function manifestLines(at: PathOf): string {
  return JSON.stringify({ icons: manifestIcons(at) }, undefined, 2);
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
