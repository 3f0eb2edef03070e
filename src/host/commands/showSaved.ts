import * as vscode from 'vscode';
import type { GenerationOutcome } from '../../core/events.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { ImageCall } from '../imageCall.ts';
import type { OutputSettings } from '../settings.ts';
import { copyLinks } from '../workspace/copyLinks.ts';

/**
 * Tells where the pictures of an interactive request are and how they differ from what was asked for, and
 * offers what comes next: the link (where the settings say to ask), opening, copying.
 */
export async function showSaved(
  outcome: GenerationOutcome,
  call: ImageCall,
  wasInserted: boolean,
  setting: OutputSettings['insertLink'],
): Promise<void> {
  const first = outcome.images[0];
  if (first === undefined) return;
  const uri = vscode.Uri.parse(first.uri);
  const insert = vscode.l10n.t('Insert Link');
  const open = vscode.l10n.t('Open');
  const copy = vscode.l10n.t('Copy Link');
  const asksForLink =
    !wasInserted && setting === 'ask' && call.args.insertLink === undefined && call.place !== undefined;
  const choice = await vscode.window.showInformationMessage(
    savedWords(outcome, uri),
    ...(asksForLink ? [insert] : []),
    open,
    copy,
  );
  if (choice === insert) {
    const problem = await call.place?.insert(outcome.images);
    if (problem !== undefined) void vscode.window.showWarningMessage(problem.message);
  } else if (choice === open) {
    await vscode.commands.executeCommand('vscode.open', uri);
  } else if (choice === copy) {
    await copyLinks(outcome.images, call.document);
  }
}

function savedWords(outcome: GenerationOutcome, uri: vscode.Uri): string {
  const path = outsideWords(vscode.workspace.asRelativePath(uri), [], 120);
  const saved =
    outcome.images.length === 1
      ? vscode.l10n.t('Saved {0}.', path)
      : vscode.l10n.t('Saved {0} images: {1} and more.', outcome.images.length, path);
  return [saved, ...outcome.notices.map(({ message }) => outsideWords(message))].join(' ');
}
