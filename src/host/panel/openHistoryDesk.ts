import * as vscode from 'vscode';
import type { MarkdownEditors } from '../workspace/markdownEditors.ts';
import {
  HistoryDesk,
  type HistoryDeskParts,
  type HistoryFiles,
  type HistoryPagePort,
} from './historyDesk.ts';
import { historyStrings, historyWords } from './historyStrings.ts';
import { runImageAction } from './imageActions.ts';

/** What desks of one window share. */
export interface HistoryDesks extends Omit<HistoryDeskParts, 'files' | 'strings' | 'words'> {
  readonly markdownEditors: MarkdownEditors;
}

/** Opens the host's end of the list for one page. */
export function openHistoryDesk(
  { markdownEditors, ...parts }: HistoryDesks,
  page: HistoryPagePort,
): HistoryDesk {
  const files = historyFiles(markdownEditors);
  return new HistoryDesk({ ...parts, files, strings: historyStrings, words: historyWords }, page);
}

function historyFiles(markdownEditors: MarkdownEditors): HistoryFiles {
  return {
    exists: async (uri) => {
      const file = fileUri(uri);
      if (file === undefined) return false;
      try {
        return ((await vscode.workspace.fs.stat(file)).type & vscode.FileType.File) !== 0;
      } catch {
        return false;
      }
    },
    run: async (action, { uri, alt }) => {
      if (fileUri(uri) !== undefined) await runImageAction(action, { uri, alt }, markdownEditors);
    },
  };
}

/** A file, of this machine or of the file systems of the workspace: what is stored could say any Uri. */
function fileUri(text: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(text, true);
    const schemes = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
    return ['file', ...schemes].includes(uri.scheme) ? uri : undefined;
  } catch {
    return undefined;
  }
}
