import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import type { GenerateArgs } from '../../core/generateArgs.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { askImage, ownImageCall, shownImage } from './ownImage.ts';
import { isUri } from '../isUri.ts';
import { runGenerating } from './runCommand.ts';

/**
 * Edit Image with Prompt: `(uri, uris?, args?)` or `(args)`. The image at `uri`, or the first of `references`, is edited;
 * the result is a new file.
 */
export function editCommand(parts: CommandParts): Command {
  return {
    id: commandIds.edit,
    run: (...given) => {
      const { uri, args } = ownImageCall(given);
      const selected = given.find(Array.isArray)?.filter(isUri) ?? [];
      const others = selected.filter((one) => one.toString() !== uri?.toString());
      return runGenerating(parts, {
        args: uri === undefined ? given[0] : args,
        editor: vscode.window.activeTextEditor,
        edits: (known, interactive) => withImages(known, uri, others, interactive),
      });
    },
  };
}

/** @param others selected beside it: they go along as references */
async function withImages(
  args: GenerateArgs<vscode.Uri>,
  uri: vscode.Uri | undefined,
  others: readonly vscode.Uri[],
  interactive: boolean,
): Promise<GenerateArgs<vscode.Uri>> {
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to have its images edited.',
    );
  const named = args.references ?? [];
  if (uri !== undefined) return { ...args, references: [uri, ...others, ...named] };
  if (named.length > 0) return args;
  if (!interactive) throw invalidArguments('Name the image to edit, with a Uri or in references.');
  return { ...args, references: [shownImage() ?? (await askImage())] };
}
