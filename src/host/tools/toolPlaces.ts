import * as vscode from 'vscode';
import type { WantedPlace } from '../../core/agent/toolPath.ts';
import { invalidArguments } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';

/**
 * A path that an agent named, as a Uri. Where several folders are open its first name is a folder's, as the editor itself
 * writes such paths.
 * @param name of the argument @param segments as `parseToolFile` gives them: neither `..` nor absolute
 * @throws invalidArguments
 */
export function uriOf(name: string, segments: readonly string[]): vscode.Uri {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [only, ...others] = folders;
  if (only === undefined)
    throw invalidArguments(
      'No folder is open; ask the person to open one, so that there is a place for files.',
    );
  if (others.length === 0) return vscode.Uri.joinPath(only.uri, ...segments);
  const [folder, ...namesakes] = folders.filter((one) => one.name === segments[0]);
  if (namesakes.length > 0)
    throw invalidArguments(
      `Several folders are open by the name with which the argument ${name} begins; ask the person to rename one in the workspace’s file.`,
    );
  if (folder !== undefined) return vscode.Uri.joinPath(folder.uri, ...segments.slice(1));
  const names = outsideWords(folders.map((one) => one.name).join(', '));
  throw invalidArguments(
    `Several folders are open; the argument ${name} must begin with the name of one: ${names}.`,
  );
}

/** Where an image goes: its directory, and a file name without extension where one was given. @throws invalidArguments */
export function placeOf({ directory, stem }: WantedPlace): {
  readonly directory: vscode.Uri;
  readonly fileName?: string;
} {
  return { directory: uriOf('path', directory), ...(stem !== undefined && { fileName: stem }) };
}

/** A file's path for people and models: relative to the workspace, with `/`. */
export function pathOf(uri: vscode.Uri): string {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  // Of a folder itself the editor gives the path on the machine.
  if (folder?.uri.path.replace(/\/$/, '') === uri.path.replace(/\/$/, ''))
    return vscode.workspace.workspaceFolders?.length === 1 ? '.' : folder.name;
  return vscode.workspace.asRelativePath(uri);
}
