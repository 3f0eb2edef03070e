import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import type { PreviousVersion } from '../../core/originals/previousVersions.ts';
import { byteWords } from '../../protocol/byteWords.ts';
import { commandIds } from '../ids.ts';
import { pathLabel } from '../pathLabel.ts';
import type { Command, CommandParts } from './command.ts';
import { ownImageCall, runOnOwnImage, shownImage } from './ownImage.ts';
import { dateOf, pickVersion } from './pickVersion.ts';

/**
 * Restore Previous Image: `(uri?)`; what the file was before it was replaced, as long as the storage holds it. The panel
 * names the version, too, in a string behind the file.
 */
export function restorePreviousCommand(parts: CommandParts): Command {
  return {
    id: commandIds.restorePrevious,
    run: (...given) => {
      const call = ownImageCall(given);
      return runOnOwnImage(parts, call, async () => {
        if (!vscode.workspace.isTrusted)
          throw new ImageGatewayError(
            'untrusted',
            'This workspace is in Restricted Mode; trust it to restore images of it.',
          );
        const uri = call.uri ?? shownImage() ?? (await pickReplaced(parts));
        const versionId = given.find((one) => typeof one === 'string');
        if (uri !== undefined) await restore(parts, uri, versionId);
      });
    },
  };
}

/** @param versionId the version that is wanted; absent: the person chooses where there are several */
async function restore(parts: CommandParts, uri: vscode.Uri, versionId?: string): Promise<void> {
  const { replacer, previous } = parts;
  const path = pathLabel(uri);
  const now = await replacer.sha256Of(uri);
  const versions = await previous.of(uri.toString());
  const others = otherThan(now, versions);
  if (others.length === 0)
    throw invalidArguments(`The storage holds no previous version of ${path} that differs from it.`);
  const wanted = others.filter(({ id }) => versionId === undefined || id === versionId);
  const version = wanted.length > 1 ? await pickVersion(path, wanted, previous) : wanted[0];
  if (version === undefined) return;
  const isOurs = versions.some(({ replacedBy }) => replacedBy === now);
  if (!isOurs && !(await isWanted(path, now !== undefined))) return;
  const { previousId } = await replacer.restore(version, now);
  // Nobody waits for the answer.
  void offerUndo(
    parts,
    uri,
    vscode.l10n.t('{0} is again what it was before {1}.', path, dateOf(version)),
    previousId,
  );
}

/** Those whose bytes are not the file's, each once, the newest first. */
function otherThan(
  sha256: string | undefined,
  versions: readonly PreviousVersion[],
): readonly PreviousVersion[] {
  const seen = new Set([sha256]);
  return versions.filter((version) => !seen.has(version.sha256) && seen.add(version.sha256));
}

/** @param versionId what the file was before; absent: it was not there */
async function offerUndo(
  parts: CommandParts,
  uri: vscode.Uri,
  told: string,
  versionId: string | undefined,
): Promise<void> {
  const undo = versionId === undefined ? [] : [vscode.l10n.t('Undo')];
  const answer = await vscode.window.showInformationMessage(told, ...undo);
  if (answer === undefined) return;
  await runOnOwnImage(parts, ownImageCall([uri]), () => restore(parts, uri, versionId));
}

/** Asks where the file is no longer what replaced the version. */
async function isWanted(path: string, isThere: boolean): Promise<boolean> {
  const restore = vscode.l10n.t('Restore');
  const question = isThere
    ? vscode.l10n.t('{0} was changed since it was replaced. Restore its previous version all the same?', path)
    : vscode.l10n.t('{0} is no longer there. Write its previous version?', path);
  const detail = isThere ? vscode.l10n.t('What it is now is kept as a previous version.') : '';
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, restore);
  return answer === restore;
}

/** Asks for one of the workspace's files that have a previous version, the newest first. */
async function pickReplaced({ previous }: CommandParts): Promise<vscode.Uri | undefined> {
  const rows = new Map<string, vscode.QuickPickItem & { readonly uri: vscode.Uri }>();
  for (const version of await previous.list()) {
    const uri = uriOf(version);
    if (uri === undefined || rows.has(version.uri)) continue;
    const description = `${dateOf(version)} · ${byteWords(version.byteLength)}`;
    rows.set(version.uri, { label: pathLabel(uri), description, uri });
  }
  if (rows.size === 0)
    throw invalidArguments('The storage holds no previous version of an image of this workspace.');
  const title = vscode.l10n.t('Restore Previous Image');
  return (await vscode.window.showQuickPick([...rows.values()], { title }))?.uri;
}

/** Undefined where the file is not one of this workspace. */
function uriOf(version: PreviousVersion): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(version.uri, true);
    return vscode.workspace.getWorkspaceFolder(uri) && uri;
  } catch {
    return undefined;
  }
}
