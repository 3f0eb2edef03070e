import * as vscode from 'vscode';

/** The directory of a file. */
export function parentOf(file: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(file, '..');
}
