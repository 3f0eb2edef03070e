import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import { formatOfName } from '../../core/image/fileFormat.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { Platform } from '../platform/platform.ts';
import { checkFileContained } from './containment.ts';
import type { Destination } from './destination.ts';
import { checkExactName } from './exactName.ts';

/** A file that a document names, and that is not there. */
export interface ExactTarget {
  readonly uri: vscode.Uri;
  /** Whether the document may be changed to another name where what came is no picture of the file's format. */
  readonly mayRename: boolean | 'ask';
  /** Missing files that other links name: another name is none of theirs. */
  readonly avoided: readonly vscode.Uri[];
}

/**
 * Writes exactly the file that a document names: its name says the format. Where what came is of another and the document
 * may be changed, which the person may be asked, the name gets the extension of what came; else nothing is written.
 * @throws invalidArguments for a place outside of the workspace folder, a link, `.git`; saveFailed where a file is there
 *   that holds anything
 */
export async function destinationAt(target: ExactTarget, platform: Platform): Promise<Destination> {
  const { uri } = target;
  let mayRename = target.mayRename === true;
  const name = uri.path.split('/').pop() ?? '';
  const directory = vscode.Uri.joinPath(uri, '..');
  const format = formatOfName(uri.path);
  const stem = name.replace(/(?<=.)\.[^.]*$/, '');
  const isSame = (extension: string) => formatOfName(`x.${extension}`) === format;
  await checkFileContained(uri, platform);
  // A name of another format is never written as it stands.
  if (format !== undefined) await checkExactName(uri);
  return {
    avoided: target.avoided,
    settle: async (extension) => {
      if (target.mayRename === 'ask' && !isSame(extension))
        mayRename = await askRename(name, stem, extension);
    },
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

/** Whether what came may be saved as what it is, and the document be changed to name it. */
async function askRename(name: string, stem: string, extension: string): Promise<boolean> {
  const shown = outsideWords(name, [], 80);
  const other = outsideWords(`${stem}.${extension}`, [], 80);
  const rename = vscode.l10n.t('Save as {0} and Change the Link', other);
  const question = vscode.l10n.t(
    'What came is {0} and could not be converted, so that it cannot be saved as {1}.',
    extension.toUpperCase(),
    shown,
  );
  return (await vscode.window.showWarningMessage(question, { modal: true }, rename)) === rename;
}
