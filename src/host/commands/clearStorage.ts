import * as vscode from 'vscode';
import type { Original } from '../../core/originals/original.ts';
import { byteWords } from '../../protocol/byteWords.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';

/** Clear Storage: deletes what was received or replaced, and this workspace's history, after a question that says what. */
export function clearStorageCommand({ originals, previous, history }: CommandParts): Command {
  return {
    id: commandIds.clearStorage,
    run: async () => {
      const all = await originals.list();
      const { total } = await history.page({ limit: 1 });
      const replaced = (await previous.list()).length;
      if (total === 0 && (await originals.isEmpty()) && (await previous.isEmpty())) {
        void vscode.window.showInformationMessage(vscode.l10n.t('The storage is empty.'));
        return;
      }
      const clear = vscode.l10n.t('Delete');
      const detail = detailOf(all, total, replaced);
      const answer = await vscode.window.showWarningMessage(
        questionOf(all, total, replaced),
        { modal: true, detail },
        clear,
      );
      if (answer !== clear) return;
      await originals.clear();
      await previous.clear();
      await history.clear();
    },
  };
}

/**
 * @param generations of this workspace
 * @param replaced how many previous versions of replaced images there are
 */
function questionOf(all: readonly Original[], generations: number, replaced: number): string {
  if (generations === 0 && all.length === 0 && replaced > 0)
    return vscode.l10n.t('Delete {0} previous versions of replaced images for good?', replaced);
  const size = byteWords(all.reduce((sum, { byteLength }) => sum + byteLength, 0));
  if (generations === 0) return vscode.l10n.t('Delete {0} received images ({1}) for good?', all.length, size);
  if (all.length === 0)
    return vscode.l10n.t('Delete the history of this workspace ({0} generations) for good?', generations);
  return vscode.l10n.t(
    'Delete {0} received images ({1}) and the history of this workspace ({2} generations) for good?',
    all.length,
    size,
    generations,
  );
}

function detailOf(all: readonly Original[], generations: number, replaced: number): string {
  const neverSaved = all.filter(({ saved }) => saved === undefined).length;
  const stays = vscode.l10n.t('Files in your folders, keys and settings stay as they are.');
  const sentences = [
    ...(all.length === 0 ? [] : [vscode.l10n.t('{0} of them were never saved.', neverSaved)]),
    ...(replaced === 0 || (all.length === 0 && generations === 0)
      ? []
      : [vscode.l10n.t('{0} previous versions of replaced images go, too.', replaced)]),
    ...(generations === 0
      ? []
      : [vscode.l10n.t('Received images are those of all workspaces; other workspaces keep their history.')]),
  ];
  return [...sentences, stays].join(' ');
}
