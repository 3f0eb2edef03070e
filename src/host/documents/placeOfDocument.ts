import * as vscode from 'vscode';

/** Where a document lies. */
export interface DocumentPlace {
  readonly folder: vscode.WorkspaceFolder;
  /** The names on the way from the workspace folder to the document's folder. */
  readonly directory: readonly string[];
}

/**
 * Where a document lies; a cell where its notebook does, an untitled document of no path in the first workspace folder.
 * @returns undefined outside of the workspace
 */
export function placeOfDocument(document: vscode.Uri): DocumentPlace | undefined {
  const file = fileOfDocument(document);
  const folder =
    file.scheme === 'untitled'
      ? vscode.workspace.workspaceFolders?.[0]
      : vscode.workspace.getWorkspaceFolder(file);
  if (folder === undefined) return undefined;
  if (file.scheme === 'untitled') return { folder, directory: [] };
  const below = file.path.slice(folder.uri.path.length).split('/').slice(0, -1);
  return { folder, directory: below.filter((segment) => segment !== '') };
}

/** The name of the file that a document is of. */
export function fileNameOf(document: vscode.Uri): string {
  return fileOfDocument(document).path.split('/').pop() ?? '';
}

/**
 * The file that a document is of: of a notebook's cell the notebook, of an untitled document that was opened for a path of
 * the workspace the file that it will be.
 */
export function fileOfDocument(document: vscode.Uri): vscode.Uri {
  if (document.scheme === 'untitled') return futureFile(document) ?? document;
  if (document.scheme !== 'vscode-notebook-cell') return document;
  const notebook = vscode.workspace.notebookDocuments.find((one) =>
    one.getCells().some((cell) => cell.document.uri.toString() === document.toString()),
  );
  return notebook?.uri ?? document;
}

/** An untitled document of its own has a name only, as `Untitled-1`. */
function futureFile({ path }: vscode.Uri): vscode.Uri | undefined {
  if (!path.startsWith('/')) return undefined;
  const files = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.with({ path }));
  return files.find((file) => vscode.workspace.getWorkspaceFolder(file) !== undefined);
}
