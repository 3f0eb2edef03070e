// VS Code with a workspace of files in memory, for host classes in plain Node: import this first, and those classes by
// `await import(…)`. It has what their tests need; what an editor does beyond is shown in the editor.
import { registerHooks } from 'node:module';

class FakeUri {
  readonly scheme: string;
  readonly path: string;
  constructor(scheme: string, path: string) {
    [this.scheme, this.path] = [scheme, path];
  }
  static parse(text: string): FakeUri {
    const [, scheme = 'file', path = ''] = /^([a-z-]+):\/\/(.*)$/.exec(text) ?? [];
    return new FakeUri(scheme, path);
  }
  static joinPath(base: FakeUri, ...parts: readonly string[]): FakeUri {
    return new FakeUri(base.scheme, [base.path, ...parts].join('/').replace(/\/+/g, '/'));
  }
  get fsPath(): string {
    return this.path;
  }
  with(): this {
    return this;
  }
  toString(): string {
    return `${this.scheme}://${this.path}`;
  }
}

/** The workspace at `/w`, and what was said to the person. */
export const workspace = {
  files: new Map<string, Uint8Array>(),
  isTrusted: true,
  settings: {} as Record<string, unknown>,
  /** Whether files are links out of the workspace. */
  areLinks: false,
  messages: [] as string[],
};

const folder = { uri: new FakeUri('file', '/w'), name: 'w', index: 0 };
const fill = (text: string, ...args: readonly unknown[]) =>
  text.replace(/\{(\d)\}/g, (_whole, index: string) => String(args[Number(index)]));
const say = (text: string) => {
  workspace.messages.push(text);
  return Promise.resolve(undefined);
};
/** What nobody looks at, and modules name. */
class Unused {
  readonly isUnused = true;
}
class FakeFileSystemError extends Error {
  readonly code = 'FileNotFound';
}
const fileAt = (uri: FakeUri) => {
  const bytes = workspace.files.get(uri.path);
  return bytes ? Promise.resolve(bytes) : Promise.reject(new FakeFileSystemError(uri.path));
};

const api = {
  Uri: FakeUri,
  FileSystemError: FakeFileSystemError,
  FileType: { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 },
  l10n: { t: fill },
  env: { language: 'en', clipboard: {} },
  ConfigurationTarget: { Global: 1 },
  QuickPickItemKind: { Separator: -1 },
  EndOfLine: { LF: 1, CRLF: 2 },
  ...Object.fromEntries(
    ['ThemeIcon', 'TabInputCustom', 'Position', 'Range', 'Selection', 'Disposable'].map((name) => [
      name,
      Unused,
    ]),
  ),
  commands: { executeCommand: () => Promise.resolve(undefined) },
  window: { showInformationMessage: say, showWarningMessage: say, showErrorMessage: say },
  workspace: {
    get isTrusted() {
      return workspace.isTrusted;
    },
    workspaceFolders: [folder],
    textDocuments: [],
    notebookDocuments: [],
    getWorkspaceFolder: ({ scheme, path }: FakeUri) =>
      scheme === 'file' && path.startsWith('/w/') ? folder : undefined,
    asRelativePath: ({ path }: FakeUri) => path.replace(/^\/w\//, ''),
    getConfiguration: () => ({
      get: (id: string) => workspace.settings[id],
      inspect: (id: string) => ({ globalLocalValue: workspace.settings[id] }),
    }),
    fs: {
      isWritableFileSystem: () => true,
      stat: async (uri: FakeUri) =>
        uri.path === '/w'
          ? { type: 2, size: 0 }
          : { type: workspace.areLinks ? 65 : 1, size: (await fileAt(uri)).length },
      readFile: fileAt,
    },
  },
};

Object.assign(globalThis, { vscodeFiles: api });
const names = Object.keys(api).map((name) => `export const ${name} = globalThis.vscodeFiles.${name};`);
const url = `data:text/javascript,${encodeURIComponent(names.join('\n'))}`;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
});
