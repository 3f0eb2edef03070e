import { listFiles, PackageManager } from '@vscode/vsce';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { testBundle } from './bundleTests.ts';
import { rootDir } from './paths.ts';

/**
 * Puts the built extension, file for file what the .vsix holds, and a second extension that runs the tests where a new
 * server finds them. VS Code's own `extensionTestsPath` is not used: a window that has it refuses modal dialogs and
 * file dialogs, and one that can be told of it (`--enable-smoke-test-driver`) shows no notifications.
 */
export async function installExtensions(dataDir: string): Promise<void> {
  const { version } = await readManifest();
  const folder = join(dataDir, 'extensions', `image-gateway.image-gateway-${version}`);
  for (const file of await listFiles({ cwd: rootDir, packageManager: PackageManager.None })) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await copyFile(join(rootDir, file), join(folder, file));
  }
  const tests = join(dataDir, 'extensions', 'image-gateway.tests-1.0.0');
  await mkdir(tests, { recursive: true });
  await copyFile(testBundle, join(tests, 'index.js'));
  await writeFile(join(tests, 'package.json'), JSON.stringify(testManifest, null, 2));
}

/** The extensions' ids, for settings that name them. */
export const installedIds = ['image-gateway.image-gateway', 'image-gateway.tests'];

const testManifest = {
  name: 'tests',
  publisher: 'image-gateway',
  version: '1.0.0',
  engines: { vscode: '^1.110.0' },
  main: './index.js',
  browser: './index.js',
  activationEvents: ['onStartupFinished'],
  extensionKind: ['ui', 'workspace'],
  // Languages that other extensions bring: VS Code alone does not know them.
  contributes: {
    languages: ['mdx', 'vue', 'svelte', 'astro', 'asciidoc', 'typst'].map((id) => ({
      id,
      extensions: [id === 'asciidoc' ? '.adoc' : id === 'typst' ? '.typ' : `.${id}`],
    })),
  },
  capabilities: { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true },
};

async function readManifest(): Promise<{ version: string }> {
  return JSON.parse(await readFile(join(rootDir, 'package.json'), 'utf8')) as { version: string };
}
