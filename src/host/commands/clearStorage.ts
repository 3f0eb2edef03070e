import * as vscode from 'vscode';
import { byteWords } from '../../protocol/byteWords.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';

/** Clear Storage: deletes what the extension keeps of received images, after a question that says what. */
export function clearStorageCommand({ originals }: CommandParts): Command {
  return {
    id: commandIds.clearStorage,
    run: async () => {
      const all = await originals.list();
      if (await originals.isEmpty()) {
        void vscode.window.showInformationMessage(vscode.l10n.t('The storage is empty.'));
        return;
      }
      const bytes = all.reduce((sum, { byteLength }) => sum + byteLength, 0);
      const neverSaved = all.filter(({ saved }) => saved === undefined).length;
      const clear = vscode.l10n.t('Delete');
      const answer = await vscode.window.showWarningMessage(
        vscode.l10n.t('Delete {0} received images ({1}) for good?', all.length, byteWords(bytes)),
        {
          modal: true,
          detail: vscode.l10n.t(
            '{0} of them were never saved. Files in your folders, keys and settings stay as they are.',
            neverSaved,
          ),
        },
        clear,
      );
      if (answer === clear) await originals.clear();
    },
  };
}
