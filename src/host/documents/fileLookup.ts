import * as vscode from 'vscode';
import type { PathState } from '../../core/references/pickTarget.ts';
import type { Platform } from '../platform/platform.ts';

/** How long what was seen counts, in milliseconds. */
const lifetime = 2000;
const mostKnown = 20_000;
/** No folder is looked for so deep: each one above it is looked at first. */
const mostSegments = 256;

/** What is in a folder: names as they are, and in lower case. Undefined where there is no such folder. */
interface Listing {
  readonly types: ReadonlyMap<string, vscode.FileType>;
  readonly lower: ReadonlySet<string>;
}

/** Remembers what was looked at for two seconds. */
class Remembering<T> {
  private readonly known = new Map<string, { readonly at: number; readonly value: Promise<T> }>();

  get(uri: vscode.Uri, look: () => Promise<T>): Promise<T> {
    const key = uri.toString();
    const now = Date.now();
    const found = this.known.get(key);
    if (found !== undefined && now - found.at < lifetime) return found.value;
    if (this.known.size >= mostKnown) this.known.clear();
    const value = look();
    this.known.set(key, { at: now, value });
    return value;
  }

  clear(): void {
    this.known.clear();
  }
}

/**
 * Looks whether files are there; the same one at most every two seconds. Folders are listed: of a hundred images that are
 * not there nobody has to be asked a hundred times.
 */
export class FileLookup {
  private readonly listings = new Remembering<Listing | undefined>();
  private readonly states = new Remembering<PathState>();
  private readonly sizeOfFile: Platform['sizeOfFile'];

  constructor(sizeOfFile?: Platform['sizeOfFile']) {
    this.sizeOfFile = sizeOfFile;
  }

  /** What stands at a Uri. What cannot be looked at counts as a file: nothing is to be written there. */
  async stateOf(uri: vscode.Uri): Promise<PathState> {
    if (uri.path.split('/', mostSegments + 1).length > mostSegments) return 'file';
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    const listing = await this.list(vscode.Uri.joinPath(uri, '..'));
    if (listing === undefined) return 'absent';
    const type = listing.types.get(name);
    if (type === vscode.FileType.Directory) return 'folder';
    // Under another case it may be the same file.
    if (type === undefined && !listing.lower.has(name.toLowerCase())) return 'absent';
    return this.states.get(uri, () => look(uri));
  }

  /** The size of a file in bytes, as it is now; of one that cannot be looked at Infinity. */
  async sizeOf(uri: vscode.Uri): Promise<number> {
    try {
      if (uri.scheme === 'file' && this.sizeOfFile !== undefined) return await this.sizeOfFile(uri.fsPath);
      return (await vscode.workspace.fs.stat(uri)).size;
    } catch {
      return Infinity;
    }
  }

  /** Forgets everything: something was written. */
  clear(): void {
    this.listings.clear();
    this.states.clear();
  }

  private list(folder: vscode.Uri): Promise<Listing | undefined> {
    return this.listings.get(folder, async () => {
      // Above the workspace folder nothing is looked at.
      const root = vscode.workspace.getWorkspaceFolder(folder)?.uri;
      if (root !== undefined && root.path !== folder.path && (await this.stateOf(folder)) === 'absent')
        return undefined;
      return readFolder(folder);
    });
  }
}

async function readFolder(folder: vscode.Uri): Promise<Listing | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return { types: new Map(entries), lower: new Set(entries.map(([name]) => name.toLowerCase())) };
  } catch {
    return undefined;
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
