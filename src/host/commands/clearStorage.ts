import * as vscode from 'vscode';
import type { Original } from '../../core/originals/original.ts';
import { byteWords } from '../../protocol/byteWords.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';

/** Clear Storage: deletes received images and this workspace's history, after a question that says what. */
export function clearStorageCommand({ originals, history }: CommandParts): Command {
  return {
    id: commandIds.clearStorage,
    run: async () => {
      const all = await originals.list();
      const { total } = await history.page({ limit: 1 });
      if (total === 0 && (await originals.isEmpty())) {
        void vscode.window.showInformationMessage(vscode.l10n.t('The storage is empty.'));
        return;
      }
      const clear = vscode.l10n.t('Delete');
      const detail = detailOf(all, total);
      const answer = await vscode.window.showWarningMessage(
        questionOf(all, total),
        { modal: true, detail },
        clear,
      );
      if (answer !== clear) return;
      await originals.clear();
      await history.clear();
    },
  };
}

/** @param generations of this workspace */
function questionOf(all: readonly Original[], generations: number): string {
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

function detailOf(all: readonly Original[], generations: number): string {
  const neverSaved = all.filter(({ saved }) => saved === undefined).length;
  const stays = vscode.l10n.t('Files in your folders, keys and settings stay as they are.');
  const sentences = [
    ...(all.length === 0 ? [] : [vscode.l10n.t('{0} of them were never saved.', neverSaved)]),
    ...(generations === 0
      ? []
      : [vscode.l10n.t('Received images are those of all workspaces; other workspaces keep their history.')]),
  ];
  return [...sentences, stays].join(' ');
}
