import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import { formatOfName } from '../../core/image/fileFormat.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { Platform } from '../platform/platform.ts';
import { checkFileContained } from './containment.ts';
import type { Destination } from './destination.ts';

/** A file that a document names, and that is not there. */
export interface ExactTarget {
  readonly uri: vscode.Uri;
  /** Whether the document may be changed to another name where what came is no picture of the file's format. */
  readonly mayRename: boolean;
}

/**
 * Writes exactly the file that a document names: its name says the format. Where what came is of another and the document
 * may be changed, the name gets the extension of what came; else nothing is written.
 * @throws invalidArguments for a place outside of the workspace folder, a link, `.git`
 */
export async function destinationAt(target: ExactTarget, platform: Platform): Promise<Destination> {
  const { uri, mayRename } = target;
  const name = uri.path.split('/').pop() ?? '';
  const directory = vscode.Uri.joinPath(uri, '..');
  const format = formatOfName(uri.path);
  const stem = name.replace(/(?<=.)\.[^.]*$/, '');
  const isSame = (extension: string) => formatOfName(`x.${extension}`) === format;
  await checkFileContained(uri, platform);
  return {
    target: (_index, extension) => {
      if (format !== undefined && isSame(extension)) return { directory, stem, exactName: name };
      if (mayRename) return { directory, stem };
      throw new ImageGatewayError(
        'saveFailed',
        `${outsideWords(name, [], 80)} was not written: what came is ${extension.toUpperCase()} and could not be converted.`,
      );
    },
    check: () => checkFileContained(uri, platform),
  };
}
