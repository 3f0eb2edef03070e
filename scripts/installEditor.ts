import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from './npm.ts';
import { onceFolder } from './onceFolder.ts';
import { cacheDir } from './paths.ts';

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Puts the real VS Code server of the npm package `code-server` into the git-ignored cache, once, and returns its
 * folder. It is no devDependency: its 600 MB and its native modules' compilers are needed by nobody who only builds.
 */
export async function installEditor(version: string): Promise<string> {
  const folder = join(cacheDir, `code-server-${version}`);
  const server = join('node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(folder))
    console.log(`fetching the VS Code server, npm package code-server@${version} (600 MB, once) …`);
  await onceFolder(folder, async (temporary) => {
    await writeManifest(temporary);
    await runNpm(temporary, ['install', ...quiet, `code-server@${version}`]);
    await runNpm(join(temporary, server), ['install', '--omit=dev', ...quiet]);
  });
  await lendLogger(join(folder, server));
  return join(folder, server);
}

/** Gives a server whose native modules are not compiled a logger that writes. */
async function lendLogger(server: string): Promise<void> {
  const spdlog = join(server, 'node_modules', '@vscode', 'spdlog');
  if (!existsSync(spdlog) || existsSync(join(spdlog, 'build', 'Release', 'spdlog.node'))) return;
  const standIn = await readFile(join(import.meta.dirname, 'spdlogStandIn.cjs'), 'utf8');
  const index = join(spdlog, 'index.js');
  if ((await readFile(index, 'utf8')) === standIn) return;
  // Renamed into place: another run may be starting the same server.
  const temporary = `${index}.${process.pid}`;
  await writeFile(temporary, standIn);
  await rename(temporary, index);
}

/** Puts the newest Node of a major version into the cache, once, and returns the path of its binary. */
export async function installNode(major: number): Promise<string> {
  const folder = join(cacheDir, `node-${major}`);
  const { platform, arch } = process;
  // The package `node` only fetches one of these by an install script; naming it needs no script.
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  const name = `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
  if (!existsSync(folder)) console.log(`fetching Node ${major}, npm package ${name}@${major} (once) …`);
  await onceFolder(folder, async (temporary) => {
    await writeManifest(temporary);
    await runNpm(temporary, ['install', ...quiet, `${name}@${major}`]);
  });
  return join(folder, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node');
}

/** Without a package.json of its own, npm would install into the checkout above. */
function writeManifest(folder: string): Promise<void> {
  return writeFile(join(folder, 'package.json'), '{ "private": true }\n');
}
