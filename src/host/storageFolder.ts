import * as vscode from 'vscode';
import type { StorageFolder } from '../core/originals/storageFolder.ts';

/** A folder of the extension's own, through workspace.fs: on disk, or where a browser keeps such things. */
export function storageFolder(folder: vscode.Uri): StorageFolder {
  const { fs } = vscode.workspace;
  const at = (name: string) => vscode.Uri.joinPath(folder, name);
  return {
    list: async () => {
      try {
        const entries = await fs.readDirectory(folder);
        return entries.filter(([, type]) => type === vscode.FileType.File).map(([name]) => name);
      } catch (error) {
        if (isNotFound(error)) return [];
        throw error;
      }
    },
    size: async (name) => (await fs.stat(at(name))).size,
    read: async (name) => fs.readFile(at(name)),
    // Folders that are missing are made by it.
    write: async (name, bytes) => fs.writeFile(at(name), bytes),
    remove: async (name) => {
      try {
        await fs.delete(at(name));
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    },
  };
}

function isNotFound(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
