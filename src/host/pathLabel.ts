import * as vscode from 'vscode';
import { outsideWords, withoutIcons } from '../core/outsideText.ts';

/** A path of the workspace as a row of a list shows it: names come from the repository. */
export function pathLabel(uri: vscode.Uri): string {
  return withoutIcons(outsideWords(vscode.workspace.asRelativePath(uri), [], 120));
}
