// npm run package: writes image-gateway-<version>.vsix at the top level.
import { spawn } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectNode, rootDir } from './paths.ts';

const mostKilobytes = 2000;
const require = createRequire(import.meta.url);

/**
 * Builds for production and packages (vsce runs the script `vscode:prepublish`, which builds); returns the path. What
 * vsce says, the list of files among it, is kept for a failure where `quiet`.
 */
export async function packageExtension({ quiet = false } = {}): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(rootDir, 'package.json'), 'utf8')) as { version: string };
  const path = join(rootDir, `image-gateway-${version}.vsix`);
  rmSync(path, { force: true });
  const vsce = join(dirname(require.resolve('@vscode/vsce/package.json')), 'vsce');
  const flags = [
    '--no-dependencies',
    '--allow-missing-repository',
    '--skip-license',
    '--no-rewrite-relative-links',
  ];
  const child = spawn(projectNode(), [vsce, 'package', ...flags, '--out', path], {
    cwd: rootDir,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      if (!quiet) process.stdout.write(bytes);
    });
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`vsce package ended with ${String(code)}${quiet ? `:\n${printed}` : ''}`);
  const kilobytes = statSync(path).size / 1000;
  console.log(`image-gateway-${version}.vsix: ${kilobytes.toFixed(1)} kB`);
  if (kilobytes > mostKilobytes) throw new Error(`The package is larger than ${mostKilobytes} kB.`);
  return path;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await packageExtension();
