import * as vscode from 'vscode';
import { isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import { outsideWords, withoutIcons } from '../../core/outsideText.ts';
import type { Original } from '../../core/originals/original.ts';
import { byteWords } from '../../protocol/byteWords.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { showFailure } from './runCommand.ts';

/** Recover Images: lists what gateways sent and saves what is chosen of it, as it came. Never rejects. */
export function recoverImagesCommand(parts: CommandParts): Command {
  return {
    id: commandIds.recoverImages,
    run: async () => {
      try {
        const originals = await parts.originals.list();
        const chosen = originals.length === 0 ? tellNone() : await pickOriginals(parts, originals);
        if (chosen.length > 0) await recover(parts, chosen);
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
      }
    },
  };
}

function tellNone(): readonly Original[] {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('There is nothing to recover: every image that came was saved as it came.'),
  );
  return [];
}

interface OriginalRow extends vscode.QuickPickItem {
  readonly original?: Original;
}

/** Asks which; a button on each row deletes it. */
async function pickOriginals(
  { originals: store }: CommandParts,
  originals: readonly Original[],
): Promise<readonly Original[]> {
  const picker = vscode.window.createQuickPick<OriginalRow>();
  picker.title = vscode.l10n.t('Recover Images');
  picker.placeholder = vscode.l10n.t('What gateways sent. What you choose is saved as it came.');
  picker.canSelectMany = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.items = rowsOf(originals);
  // Those that were never saved are what people come for.
  picker.selectedItems = picker.items.filter(
    ({ original }) => original !== undefined && original.saved === undefined,
  );
  picker.onDidTriggerItemButton(async ({ item }) => {
    if (item.original === undefined) return;
    const gone = item.original.id;
    await store.discard([gone]);
    const selected = picker.selectedItems.filter(({ original }) => original?.id !== gone);
    picker.items = picker.items.filter(({ original }) => original?.id !== gone);
    picker.selectedItems = selected;
  });
  try {
    return await new Promise((resolve) => {
      picker.onDidAccept(() => resolve(picker.selectedItems.flatMap(({ original }) => original ?? [])));
      picker.onDidHide(() => resolve([]));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

function rowsOf(originals: readonly Original[]): readonly OriginalRow[] {
  const neverSaved = originals.filter(({ saved }) => saved === undefined);
  const others = originals.filter(({ saved }) => saved !== undefined);
  const heading = (label: string): OriginalRow => ({ label, kind: vscode.QuickPickItemKind.Separator });
  return [
    ...(neverSaved.length > 0 ? [heading(vscode.l10n.t('never saved'))] : []),
    ...neverSaved.map(rowOf),
    ...(others.length > 0
      ? [heading(vscode.l10n.t('originals of images that were changed before they were saved'))]
      : []),
    ...others.map(rowOf),
  ];
}

function rowOf(original: Original): OriginalRow {
  const { prompt, model, receivedAt, byteLength, saved } = original;
  const words = withoutIcons(outsideWords(prompt, [], 120));
  const when = new Date(receivedAt).toLocaleString();
  const from = withoutIcons(outsideWords(model, [], 80));
  return {
    original,
    label: words === '' ? vscode.l10n.t('(prompt unknown)') : words,
    description: [when, from, byteWords(byteLength)].filter((one) => one !== '').join(' · '),
    ...(saved !== undefined && {
      detail: vscode.l10n.t('saved as {0}', withoutIcons(pathWords(saved))),
    }),
    buttons: [{ iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Delete for good') }],
  };
}

function pathWords(saved: string): string {
  try {
    return outsideWords(vscode.workspace.asRelativePath(vscode.Uri.parse(saved, true)), [], 120);
  } catch {
    return '';
  }
}

/** Saves one after the other; one that cannot be saved does not keep the others from it. */
async function recover({ files, log }: CommandParts, chosen: readonly Original[]): Promise<void> {
  const saved: vscode.Uri[] = [];
  for (const original of chosen) {
    try {
      saved.push(await files.recover(original));
    } catch (thrown) {
      if (!isImageGatewayError(thrown)) throw thrown;
      if (thrown.code === 'cancelled') break;
      log.error(thrown.message);
      void vscode.window.showErrorMessage(sentenceOf(thrown));
    }
  }
  const [first] = saved;
  if (first === undefined) return;
  const path = outsideWords(vscode.workspace.asRelativePath(first), [], 120);
  const open = vscode.l10n.t('Open');
  const told =
    saved.length === 1
      ? vscode.l10n.t('Recovered {0}.', path)
      : vscode.l10n.t('Recovered {0} images: {1} and more.', saved.length, path);
  if ((await vscode.window.showInformationMessage(told, open)) === open)
    await vscode.commands.executeCommand('vscode.open', first);
}
