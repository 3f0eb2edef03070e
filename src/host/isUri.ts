import * as vscode from 'vscode';

/** Whether a value is one of the editor's Uris. */
export function isUri(value: unknown): value is vscode.Uri {
  return value instanceof vscode.Uri;
}
