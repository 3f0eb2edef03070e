import * as vscode from 'vscode';
import { invalidArguments } from '../../core/failure.ts';
import { promptLimit } from '../../core/generateArgs.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { selectedPrompt } from './generateFromSelection.ts';

/** Open Image Panel: `({ prompt? })`, else the selection fills the prompt box. */
export function openPanelCommand({ panel, recovery }: CommandParts): Command {
  return {
    id: commandIds.openPanel,
    run: (args) => {
      const prompt = promptOf(args) ?? selectedPrompt(vscode.window.activeTextEditor);
      panel.open(prompt === '' ? undefined : prompt);
      void recovery.make();
    },
  };
}

function promptOf(args: unknown): string | undefined {
  if (args === undefined || args === null || args instanceof vscode.Uri) return undefined;
  if (typeof args !== 'object' || Array.isArray(args))
    throw invalidArguments('The argument must be an object.');
  const { prompt, ...rest } = args as { prompt?: unknown };
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined)
    throw invalidArguments(`The argument ${outsideWords(unknown, [], 40)} is unknown.`);
  if (prompt === undefined) return undefined;
  if (typeof prompt !== 'string' || prompt.length > promptLimit)
    throw invalidArguments(`The argument prompt must be a string of at most ${promptLimit} characters.`);
  return prompt;
}
