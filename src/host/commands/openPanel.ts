import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import { promptLimit } from '../../core/generateArgs.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { selectedPrompt } from './generateFromSelection.ts';

/** Open Image Panel: `({ prompt? })`, else the selection fills the prompt box. */
export function openPanelCommand({ panel }: CommandParts): Command {
  return {
    id: commandIds.openPanel,
    run: (args) => {
      const prompt = promptOf(args) ?? selectedPrompt(vscode.window.activeTextEditor);
      panel.open(prompt === '' ? undefined : prompt);
    },
  };
}

function promptOf(args: unknown): string | undefined {
  if (args === undefined || args === null || args instanceof vscode.Uri) return undefined;
  const { prompt, ...rest } = args as { prompt?: unknown };
  const unknown = Object.keys(rest)[0];
  if (
    typeof args !== 'object' ||
    unknown !== undefined ||
    (prompt !== undefined && typeof prompt !== 'string') ||
    (prompt?.length ?? 0) > promptLimit
  ) {
    throw new ImageGatewayError(
      'invalidArguments',
      'The argument must be an object whose only member is prompt, a string.',
    );
  }
  return prompt;
}
