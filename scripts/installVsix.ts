import { spawn } from 'node:child_process';
import { serverEnvironment, serverScript } from './editorServer.ts';
import { installEditor } from './installEditor.ts';
import { projectNode } from './paths.ts';

/** Installs a .vsix into a server's data folder with the server's own command line, as `code --install-extension` does. */
export async function installVsix(version: string, dataDir: string, vsix: string): Promise<void> {
  const server = await installEditor(version);
  const args = [
    '--install-extension',
    vsix,
    '--force',
    '--server-data-dir',
    dataDir,
    '--accept-server-license-terms',
  ];
  const child = spawn(projectNode(), [serverScript(server), ...args], {
    env: serverEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes: Buffer) => (printed += bytes.toString()));
  }
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  // The server's command line ends with 0 even where the installation failed.
  if (code !== 0 || !printed.includes('was successfully installed')) {
    throw new Error(`${vsix} could not be installed:\n${printed.slice(-2000)}`);
  }
}
