import * as vscode from 'vscode';
import { invalidArguments } from '../../core/failure.ts';
import { promptLimit } from '../../core/generateArgs.ts';
import { promptOfSelection } from '../../core/document/selectedPrompt.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';
import { isUri } from '../isUri.ts';
import { hasPrompt, runGenerating, showFailure } from './runCommand.ts';

/** Generate Image from Selection: `(args?)`, or `(document: Uri)` from the editor's menu. */
export function generateFromSelectionCommand(parts: CommandParts): Command {
  return {
    id: commandIds.generateFromSelection,
    run: (first) => {
      const editor = editorOf(isUri(first) ? first : undefined);
      const args = isUri(first) ? undefined : first;
      const selected = selectedPrompt(editor);
      if (selected === '' && !hasPrompt(args)) {
        showFailure(invalidArguments('Select the text that describes the image first.'), parts.log);
        return undefined;
      }
      return runGenerating(parts, { args, editor, suggestedPrompt: selected });
    },
  };
}

function editorOf(document: vscode.Uri | undefined): vscode.TextEditor | undefined {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const isNamed = (editor: vscode.TextEditor) => editor.document.uri.toString() === document?.toString();
  // The active one first: the document can be on the screen twice, with two selections.
  if (document === undefined || (activeTextEditor !== undefined && isNamed(activeTextEditor)))
    return activeTextEditor;
  return visibleTextEditors.find(isNamed) ?? activeTextEditor;
}

/** The selected text as one line, for a prompt box that has only one; of several selections one after the other. */
export function selectedPrompt(editor: vscode.TextEditor | undefined): string {
  if (editor === undefined) return '';
  const { document, selections } = editor;
  const isProse = proseLanguages.has(document.languageId);
  const texts = selections.map((selection) => promptOfSelection(document.getText(selection), isProse));
  return texts
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, promptLimit);
}

/** Documents rather than code. */
const proseLanguages: ReadonlySet<string> = new Set([
  ...['markdown', 'mdx', 'plaintext', 'asciidoc', 'restructuredtext', 'latex', 'tex', 'typst', 'html'],
]);
