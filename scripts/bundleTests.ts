import { build, type Plugin } from 'esbuild';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { outDir, rootDir } from './paths.ts';

const editorDir = join(rootDir, 'test', 'editor');

/** The compiled tests of test/editor: what VS Code gets as `extensionTestsPath`. */
export const testBundle = join(outDir, 'test', 'editor', 'index.js');

/** Every test file below test/editor, with `/`; there is no list to forget one in. */
export function editorTestFiles(): string[] {
  return globSync('**/*.test.ts', { cwd: editorDir })
    .map((path) => path.split(sep).join('/'))
    .sort();
}

/** Bundles test/editor into one file that runs in the Node extension host and in the browser's. */
export async function bundleTests(): Promise<void> {
  await build({
    entryPoints: [join(editorDir, 'index.ts')],
    outfile: testBundle,
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2023',
    external: ['vscode'],
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    absWorkingDir: rootDir,
    plugins: [allTests, mochaAsScript],
  });
}

/** Resolves the module `editor-tests`: path → a function that loads that test file. */
const allTests: Plugin = {
  name: 'all-tests',
  setup(bundle) {
    bundle.onResolve({ filter: /^editor-tests$/ }, () => ({
      path: 'editor-tests',
      namespace: 'editor-tests',
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'editor-tests' }, () => {
      const members = editorTestFiles().map((path) => `${JSON.stringify(path)}: () => import('./${path}'),`);
      return { contents: `export const files = {${members.join('\n')}};`, resolveDir: editorDir };
    });
  },
};

/**
 * mocha's browser build is a script, in a package that says its files are modules: esbuild would let it write over the
 * bundle's own `module.exports`. Without `module` in sight it sets the globals `Mocha` and `mocha`, as in a page.
 */
const mochaAsScript: Plugin = {
  name: 'mocha-as-script',
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]mocha[\\/]mocha\.js$/ }, async ({ path }) => ({
      contents: `(function (module, exports, define) {\n${await readFile(path, 'utf8')}\n}).call(globalThis);`,
    }));
  },
};
