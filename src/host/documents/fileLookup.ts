import * as vscode from 'vscode';
import type { PathState } from '../../core/references/pickTarget.ts';

/** How long what was seen counts, in milliseconds. */
const lifetime = 2000;
const mostKnown = 20_000;

/** Looks whether files are there; the same one at most every two seconds. */
export class FileLookup {
  private readonly known = new Map<string, { readonly at: number; readonly state: Promise<PathState> }>();

  /** What stands at a Uri. What cannot be looked at counts as a file: nothing is to be written there. */
  stateOf(uri: vscode.Uri): Promise<PathState> {
    const key = uri.toString();
    const now = Date.now();
    const found = this.known.get(key);
    if (found !== undefined && now - found.at < lifetime) return found.state;
    if (this.known.size >= mostKnown) this.known.clear();
    const state = look(uri);
    this.known.set(key, { at: now, state });
    return state;
  }

  /** Forgets everything: something was written. */
  clear(): void {
    this.known.clear();
  }
}

async function look(uri: vscode.Uri): Promise<PathState> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0) return 'folder';
    return size === 0 && type === vscode.FileType.File ? 'empty' : 'file';
  } catch (error) {
    const isAbsent =
      error instanceof vscode.FileSystemError && ['FileNotFound', 'FileNotADirectory'].includes(error.code);
    return isAbsent ? 'absent' : 'file';
  }
}
