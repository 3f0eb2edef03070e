import * as vscode from 'vscode';
import { invalidArguments } from '../../core/failure.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { type OwnImage, ownImageCall, readOwnImage, runOnOwnImage } from './ownImage.ts';

/** Copy Prompt from Image: what the file says, else what is remembered of it, onto the clipboard. */
export function copyPromptFromImageCommand(parts: CommandParts): Command {
  return {
    id: commandIds.copyPromptFromImage,
    run: (...given) => {
      const call = ownImageCall(given);
      return runOnOwnImage(parts, call, async () => {
        const prompt = await promptOf(parts, await readOwnImage(call, parts.platform));
        await vscode.env.clipboard.writeText(prompt);
        void vscode.window.showInformationMessage(vscode.l10n.t('The prompt is on the clipboard.'));
      });
    },
  };
}

/** Generate Again from Image: the prompt fills the panel's box; nothing is sent before a click. */
export function generateAgainFromImageCommand(parts: CommandParts): Command {
  return {
    id: commandIds.generateAgainFromImage,
    run: (...given) => {
      const call = ownImageCall(given);
      return runOnOwnImage(parts, call, async () => {
        parts.panel.open(await promptOf(parts, await readOwnImage(call, parts.platform)));
      });
    },
  };
}

/** Words from outside: they fill a form or the clipboard, and decide nothing. */
async function promptOf({ originals }: CommandParts, { uri, bytes }: OwnImage): Promise<string> {
  const { readMetadata } = await import('../../core/imageTools.ts');
  const written = (await readMetadata(bytes))?.prompt;
  if (written !== undefined && written !== '') return written;
  const kept = await originals.recordOf(uri.toString());
  if (kept !== undefined && kept.prompt !== '') return kept.prompt;
  throw invalidArguments(
    'Neither the image nor the storage says how it was made; imageGateway.output.metadata makes the next ones say it.',
  );
}
