import * as vscode from 'vscode';
import { linkTarget } from '../../core/document/markdownLink.ts';
import type { PathOf } from '../../core/iconSet.ts';
import type { Log } from '../log.ts';
import { pathLabel } from '../pathLabel.ts';
import { editOf } from '../workspace/changeDocument.ts';
import { pathsFrom } from '../workspace/pathsFrom.ts';

/** Lines that a person may want in a file of theirs. */
export interface Offer {
  readonly title: string;
  /** The lines by themselves, for the clipboard. */
  readonly lines: (at: PathOf) => string;
  /** Where they can go; absent: onto the clipboard only. */
  readonly into?: {
    /** Of files in which they make sense. */
    readonly glob: string;
    /** The file's text with them; undefined where there is no place for them. */
    readonly add: (text: string, at: PathOf) => Promise<string | undefined>;
  };
}

/**
 * Tells what was made, and offers lines about it, one offer after the other: as an edit of a file that is previewed, or
 * for the clipboard. Nobody waits for it.
 * @param directory of what was made
 */
export function offerLines(told: string, directory: vscode.Uri, offers: readonly Offer[], log: Log): void {
  offerOne(told, directory, offers).catch((thrown: unknown) => {
    log.error('The lines could not be added.', thrown);
    void vscode.window.showErrorMessage(
      vscode.l10n.t('The lines could not be added to the file; see the log.'),
    );
  });
}

async function offerOne(told: string, directory: vscode.Uri, offers: readonly Offer[]): Promise<void> {
  const offer = await vscode.window.showInformationMessage(told, ...offers);
  if (offer === undefined) return;
  const { into, lines } = offer;
  if (into === undefined) return copy(lines, directory);
  await addTo(into, lines, directory);
  await offerOne(
    told,
    directory,
    offers.filter((one) => one !== offer),
  );
}

async function addTo(
  { glob, add }: NonNullable<Offer['into']>,
  lines: Offer['lines'],
  directory: vscode.Uri,
): Promise<void> {
  const found = await filesLike(glob);
  if (found.length === 0)
    return copyInstead(
      lines(linkTarget),
      vscode.l10n.t('There is no file for the lines in the workspace; they are on the clipboard.'),
    );
  const uri = found.length === 1 ? found[0] : await pickFile(found);
  if (uri === undefined) return;
  const at = pathsFrom(uri, directory);
  const label = vscode.l10n.t('Add lines for images');
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = await editOf(document, (text) => add(text, at), { needsConfirmation: true, label });
  if (edit !== undefined) await vscode.workspace.applyEdit(edit);
  else
    await copyInstead(
      lines(at),
      vscode.l10n.t('There is no place for the lines in this file; they are on the clipboard.'),
    );
}

async function copyInstead(lines: string, why: string): Promise<void> {
  await vscode.env.clipboard.writeText(lines);
  void vscode.window.showInformationMessage(why);
}

/** The lines as the active document would write them. */
async function copy(lines: Offer['lines'], directory: vscode.Uri): Promise<void> {
  const active = vscode.window.activeTextEditor?.document.uri;
  await vscode.env.clipboard.writeText(
    lines(active === undefined ? linkTarget : pathsFrom(active, directory)),
  );
  void vscode.window.showInformationMessage(vscode.l10n.t('The lines are on the clipboard.'));
}

/** The active document where it is of the kind, else all files of it. */
async function filesLike(glob: string): Promise<readonly vscode.Uri[]> {
  const active = vscode.window.activeTextEditor?.document;
  if (active !== undefined && vscode.languages.match({ pattern: `**/${glob}` }, active) > 0)
    return [active.uri];
  try {
    return await vscode.workspace.findFiles(`**/${glob}`, '**/{node_modules,dist,out,build}/**', 100);
  } catch {
    // A file system without a search.
    return [];
  }
}

async function pickFile(found: readonly vscode.Uri[]): Promise<vscode.Uri | undefined> {
  const rows = found.map((uri) => ({ label: pathLabel(uri), uri }));
  const picked = await vscode.window.showQuickPick(rows, {
    title: vscode.l10n.t('Which File?'),
    placeHolder: vscode.l10n.t('The lines are shown as an edit before they are written.'),
  });
  return picked?.uri;
}
