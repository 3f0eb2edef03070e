// What host files need of VS Code that read and write the workspace, for plain Node: one folder in memory, and a person
// who answers. Load them by `hostModule`: they, and the host files that they import, then see this file as `vscode`,
// whatever other tests of the same run gave them.
import { registerHooks } from 'node:module';
import { posix } from 'node:path';
// Its hook takes every `vscode` that it sees first.
import './vscodeStandIn.ts';

const mark = '?withFiles';

registerHooks({
  resolve: (specifier, context, next) => {
    if (context.parentURL?.endsWith(mark) !== true) return next(specifier, context);
    if (specifier === 'vscode') return next(import.meta.url, context);
    const found = next(specifier, context);
    return found.url.includes('/src/host/') ? { ...found, url: found.url + mark } : found;
  },
});

/** Loads a file of `src/host`. @param path inside it */
export function hostModule(path: string): Promise<unknown> {
  return import(new URL(`../../src/host/${path}${mark}`, import.meta.url).href);
}

/** A row of a list as it was shown. */
export interface ShownItem {
  readonly label: string;
  readonly description?: string;
}

/** What the window showed, and what the person answers; `reset` before each test. */
export const person = {
  lists: [] as (readonly ShownItem[])[],
  /** Of notifications and dialogs. */
  told: [] as string[],
  /** Which row of the next list is taken; undefined: the list is dismissed. */
  pick: (_items: readonly ShownItem[]): ShownItem | undefined => undefined,
  /** Which button of the next message is pressed; once. */
  press: undefined as string | undefined,
  reset(): void {
    Object.assign(person, { lists: [], told: [], press: undefined, pick: () => undefined });
  },
};

/** Files by the paths of their Uris; the workspace folder is `/w`. */
export const disk = new Map<string, Uint8Array>();

export class Uri {
  readonly scheme: string;
  readonly path: string;
  constructor(scheme: string, path: string) {
    this.scheme = scheme;
    this.path = path;
  }
  static parse(text: string): Uri {
    const [, scheme = 'file', path = ''] = /^(\w+):\/\/(.*)$/.exec(text) ?? [];
    return new Uri(scheme, decodeURI(path));
  }
  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri(base.scheme, posix.join(base.path, ...parts));
  }
  get fsPath(): string {
    return this.path;
  }
  toString(): string {
    return `${this.scheme}://${encodeURI(this.path)}`;
  }
}

/** A place in a text: here its offset, as the documents of tests have them. */
export class Range {
  readonly start: number;
  readonly end: number;
  constructor(start: number, end: number) {
    this.start = start;
    this.end = end;
  }
}

/** What is to be replaced in documents. */
export class WorkspaceEdit {
  readonly replaced: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];
  get size(): number {
    return this.replaced.length;
  }
  replace(uri: Uri, range: Range, text: string): void {
    this.replaced.push({ uri, range, text });
  }
}

export class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void) => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}

export const Disposable = {
  from: (...all: readonly { dispose(): unknown }[]) => ({
    dispose: () => all.forEach((one) => void one.dispose()),
  }),
};

export class FileSystemError extends Error {
  readonly code = 'FileNotFound';
}

/** Whether files are links; where they lead, the test's platform says. */
export const links = { areAll: false };

/** Types of files that are none of the usual; by path. */
export const types = new Map<string, number>();

export const ProgressLocation = { Notification: 15 };

export const CodeActionKind = { QuickFix: 'quickfix' };

export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };

export class ThemeIcon {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class TabInputCustom {
  readonly viewType = '';
}

export const env = { language: 'en', clipboard: {} };

export const commands = { executeCommand: () => Promise.resolve(undefined) };

export const l10n = {
  t: (text: string, ...args: readonly (string | number)[]) =>
    text.replace(/\{(\d)\}/g, (whole, index) => String(args[Number(index)] ?? whole)),
};

function read(path: string): Uint8Array {
  const bytes = disk.get(path);
  if (bytes === undefined) throw new FileSystemError(path);
  return bytes;
}

const folder = { uri: new Uri('file', '/w'), name: 'w', index: 0 };
const isWithin = (path: string, directory: string) => path.startsWith(`${directory}/`);

const isFolder = (path: string) =>
  path === folder.uri.path || [...disk.keys()].some((one) => isWithin(one, path));

function typeOf(path: string): number {
  if (isFolder(path)) return FileType.Directory;
  return types.get(path) ?? (links.areAll ? FileType.File | FileType.SymbolicLink : FileType.File);
}

export const workspace = {
  isTrusted: true,
  workspaceFolders: [folder],
  textDocuments: [],
  notebookDocuments: [],
  getConfiguration: () => ({ get: () => undefined, inspect: () => undefined }),
  getWorkspaceFolder: ({ path }: Uri) => (isWithin(path, '/w') ? folder : undefined),
  /** Of the encoding in the settings; by default what is no UTF-8 is replaced, as an editor shows it. */
  decode: (bytes: Uint8Array, _options: { readonly uri: Uri }): Promise<string> =>
    Promise.resolve(new TextDecoder().decode(bytes)),
  asRelativePath: ({ path }: Uri) => path.replace(/^\/w\//, ''),
  fs: {
    isWritableFileSystem: () => true,
    stat: async ({ path }: Uri) => {
      await Promise.resolve();
      if (isFolder(path)) return { type: FileType.Directory, size: 0 };
      return { type: typeOf(path), size: read(path).length };
    },
    readFile: async ({ path }: Uri) => Promise.resolve(read(path)),
    writeFile: async ({ path }: Uri, bytes: Uint8Array) => {
      await Promise.resolve();
      disk.set(path, bytes.slice());
    },
    delete: async ({ path }: Uri) => {
      await Promise.resolve();
      disk.delete(path);
    },
    readDirectory: async ({ path }: Uri) => {
      await Promise.resolve();
      if (!isFolder(path)) throw new FileSystemError(path);
      const within = [...disk.keys()].filter((one) => isWithin(one, path));
      const names = new Set(within.map((one) => one.slice(path.length + 1).split('/')[0]!));
      return [...names].map((name) => [name, typeOf(`${path}/${name}`)] as [string, number]);
    },
  },
};

const tell = (words: string, ...more: readonly unknown[]) => {
  person.told.push(words);
  const pressed = more.find((one) => one !== undefined && one === person.press);
  if (pressed !== undefined) person.press = undefined;
  return Promise.resolve(pressed);
};

export const window = {
  tabGroups: { activeTabGroup: {}, all: [] },
  /** Nobody cancels, and nobody looks. */
  withProgress: <T>(_options: unknown, task: (progress: object, token: object) => Promise<T>): Promise<T> =>
    task(
      { report: () => undefined },
      { onCancellationRequested: () => ({ dispose: () => undefined }), isCancellationRequested: false },
    ),
  showInformationMessage: tell,
  showWarningMessage: tell,
  showErrorMessage: tell,
  showQuickPick: async (rows: readonly ShownItem[] | Promise<readonly ShownItem[]>) => {
    const items = await rows;
    person.lists.push(items);
    return person.pick(items);
  },
};
