import * as vscode from 'vscode';

/** A file system in memory that can be full, and that can say that a folder is a link. */
export class MemoryFiles implements vscode.FileSystemProvider {
  static readonly scheme = 'image-gateway-memory';
  readonly links = new Set<string>();
  /** How many bytes of a file there is room for. */
  quota = Infinity;
  wasFull = false;
  /** A file that is written only then. */
  slow: { readonly path: string; readonly until: Promise<void> } | undefined;
  isWaiting = false;
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  /** The bytes at a path. */
  read(path: string): Uint8Array | undefined {
    return this.#files.get(path);
  }

  /** The paths of all files. */
  list(): string[] {
    return [...this.#files.keys()].sort();
  }

  /** Forgets everything. */
  clear(): void {
    this.#files.clear();
    this.links.clear();
    this.quota = Infinity;
    this.slow = undefined;
    this.isWaiting = false;
    this.wasFull = false;
  }

  stat({ path }: vscode.Uri): vscode.FileStat {
    const bytes = this.#files.get(path);
    const isFolder =
      path === '/folder' || this.links.has(path) || this.list().some((one) => one.startsWith(`${path}/`));
    if (bytes === undefined && !isFolder) throw vscode.FileSystemError.FileNotFound(path);
    const type = bytes === undefined ? vscode.FileType.Directory : vscode.FileType.File;
    const asLink: vscode.FileType = type | vscode.FileType.SymbolicLink;
    return { type: this.links.has(path) ? asLink : type, ctime: 0, mtime: 0, size: bytes?.byteLength ?? 0 };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const bytes = this.#files.get(path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return bytes;
  }

  // Asynchronous, because VS Code's queue of writes to a file never goes on after one that throws at once.
  async writeFile({ path }: vscode.Uri, content: Uint8Array): Promise<void> {
    if (path === this.slow?.path) {
      this.isWaiting = true;
      await this.slow.until;
    }
    this.#files.set(path, content.slice(0, this.quota));
    if (content.byteLength <= this.quota) return;
    this.wasFull = true;
    throw vscode.FileSystemError.Unavailable('no space is left');
  }

  delete({ path }: vscode.Uri): void {
    if (!this.#files.delete(path)) throw vscode.FileSystemError.FileNotFound(path);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    // Folders are what is in them.
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
}
