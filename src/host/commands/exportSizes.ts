import * as vscode from 'vscode';
import { linkTarget } from '../../core/document/markdownLink.ts';
import { invalidArguments } from '../../core/failure.ts';
import type { PathOf } from '../../core/iconSet.ts';
import { responsiveFormat, responsiveHtml, responsiveSizes } from '../../core/responsiveSizes.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import { checkFree, type NewFile, writeNewFiles } from '../workspace/newFiles.ts';
import type { Command, CommandParts } from './command.ts';
import { offerLines } from './offerLines.ts';
import { directoryFor, ownImageCall, readOwnImage, runOnOwnImage } from './ownImage.ts';

/** What Export Responsive Sizes resolves with. */
export interface ExportResult {
  readonly files: readonly vscode.Uri[];
  readonly html: string;
}

/** Export Responsive Sizes: `(uri?, uris?, { directory }?)`; smaller widths of one picture, and the `img` with `srcset`. */
export function exportSizesCommand(parts: CommandParts): Command {
  return {
    id: commandIds.exportSizes,
    run: (...given) => {
      const call = ownImageCall(given);
      return runOnOwnImage(parts, call, async () => {
        const image = await readOwnImage(call, parts.platform);
        const format = responsiveFormat(image.facts.format);
        const sizes = responsiveSizes(image.facts, image.stem, format);
        if (sizes.length === 0)
          throw invalidArguments(
            `The image has ${image.facts.width} pixels in a row; smaller ones serve nobody.`,
          );
        const directory = directoryFor(image, call);
        const names = sizes.map(({ name }) => name);
        await checkFree(directory, names, parts.platform);
        const files = await withCancellableProgress(vscode.l10n.t('Making sizes'), async (signal) => {
          const made: NewFile[] = [];
          for (const { name, width, height } of sizes) {
            const fit = { size: { width, height }, focalPoint: { x: 0.5, y: 0.5 } };
            const output = { format, quality: 85 };
            const { bytes } = await parts.engine.run({ bytes: image.bytes, fit, output }, signal);
            if (bytes !== undefined) made.push({ name, bytes });
          }
          return made;
        });
        const written = await writeNewFiles(directory, files, parts.platform);
        const original = { ...image.facts, name: image.uri.path.split('/').pop() ?? '' };
        const lines = (at: PathOf) => responsiveHtml(sizes, original, at, image.stem.replaceAll('-', ' '));
        const result: ExportResult = { files: written, html: lines(linkTarget) };
        if (call.args === undefined)
          offerLines(
            vscode.l10n.t('Made {0} sizes.', written.length),
            directory,
            [{ title: vscode.l10n.t('Copy HTML'), lines }],
            parts.log,
          );
        return result;
      });
    },
  };
}
