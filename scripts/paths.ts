// Where things are in a checkout. Everything below cacheDir and outDir is git-ignored.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The checkout. */
export const rootDir = join(import.meta.dirname, '..');
/** What is fetched on demand and kept: editors, an older Node, the unpacked browser, the person's playground. */
export const cacheDir = join(rootDir, '.vscode-test');
/** What a test run leaves behind. */
export const outDir = join(rootDir, 'out');

/** The newest editor that is tested, as a version of the npm package `code-server`. */
export const newestEditor = '4.139.1';
/** The oldest: VS Code 1.110.0, which `engines.vscode` names. */
export const oldestEditor = '4.110.0';
/** The oldest editor's extension host never answers on Node 24. */
export const oldestEditorNode = 22;

const require = createRequire(import.meta.url);

/** The Node of the dev dependency `node`, or the running one where its install script was not allowed. */
export function projectNode(): string {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(dirname(require.resolve('node/package.json')), 'bin', name);
  return existsSync(path) ? path : process.execPath;
}
