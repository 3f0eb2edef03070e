import * as vscode from 'vscode';
import { inspectImage } from '../../core/image/inspect.ts';
import type { PreviousVersion, PreviousVersions } from '../../core/originals/previousVersions.ts';
import { byteWords } from '../../protocol/byteWords.ts';

/**
 * Asks for one of the previous versions of a file: when it was replaced, its pixels and its size.
 * @param path of the file, as it may stand in a sentence @param versions in the order of the list
 * @returns undefined where the person dismissed the list
 */
export async function pickVersion(
  path: string,
  versions: readonly PreviousVersion[],
  previous: PreviousVersions,
): Promise<PreviousVersion | undefined> {
  const picked = await vscode.window.showQuickPick(rowsOf(versions, previous), {
    title: vscode.l10n.t('Restore Previous Image'),
    placeHolder: vscode.l10n.t('Which version of {0}?', path),
    matchOnDescription: true,
  });
  return picked?.version;
}

async function rowsOf(versions: readonly PreviousVersion[], previous: PreviousVersions) {
  const rows: (vscode.QuickPickItem & { readonly version: PreviousVersion })[] = [];
  // One after the other: all of them at once may be more than fits into memory.
  for (const version of versions) {
    const facts = [await pixelsOf(version, previous), byteWords(version.byteLength)];
    rows.push({
      label: vscode.l10n.t('Before {0}', dateOf(version)),
      description: facts.filter((one) => one !== undefined).join(' · '),
      version,
    });
  }
  return rows;
}

/** Undefined where the version is damaged: whoever chooses it is told so. */
async function pixelsOf(version: PreviousVersion, previous: PreviousVersions): Promise<string | undefined> {
  const bytes = await previous.read(version).catch(() => undefined);
  const facts = bytes && inspectImage(bytes);
  return facts && `${facts.width} × ${facts.height}`;
}

/** When a version was replaced, in words. */
export function dateOf({ replacedAt }: PreviousVersion): string {
  return new Date(replacedAt).toLocaleString();
}
