import * as vscode from 'vscode';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { runGenerating } from './runCommand.ts';

/** Generate Image: `(args?)`, or `(folder: Uri, folders?)` from the explorer. */
export function generateCommand(parts: CommandParts): Command {
  return {
    id: commandIds.generate,
    run: (first, second) => {
      // The explorer passes the folder under the mouse and the selection; the first is meant.
      const directory = isUri(first) ? first : undefined;
      const args = directory === undefined ? first : Array.isArray(second) ? undefined : second;
      return runGenerating(parts, { args, directory, editor: vscode.window.activeTextEditor });
    },
  };
}
