import { spawn } from 'node:child_process';

/** What an npm around us hands down and what would make an npm inside a folder of its own do something else. */
const misleading = [
  'global',
  'location',
  'prefix',
  'local_prefix',
  'global_prefix',
  'workspace',
  'workspaces',
  'include_workspace_root',
  'omit',
  'include',
  'only',
  'production',
  'dev',
  'optional',
  'package_lock',
  'package_lock_only',
  'dry_run',
  'save',
  'save_dev',
  'save_exact',
  'ignore_scripts',
  'engine_strict',
  'install_links',
  'install_strategy',
  'legacy_bundling',
  'force',
  'json',
  'parseable',
  'long',
  'node_options',
  'omit_lockfile_registry_resolved',
];
const dropped = new Set(misleading.map((name) => `npm_config_${name}`));

/** An environment for npm in another folder: the registry, cache, proxy and certificate settings stay. */
export function npmEnvironment(environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => {
    const key = name.toLowerCase().replaceAll('-', '_');
    return !dropped.has(key) && !/^(npm_package_|npm_lifecycle_|npm_command$|init_cwd$|node_env$)/.test(key);
  });
  return Object.fromEntries(kept);
}

/** Runs npm in `folder`; rejects with the end of what it printed. */
export async function runNpm(folder: string, args: readonly string[]): Promise<void> {
  const cli = process.env['npm_execpath'];
  const known = cli?.endsWith('npm-cli.js') === true;
  const command = known ? process.execPath : 'npm';
  const child = spawn(command, known ? [cli, ...args] : [...args], {
    cwd: folder,
    env: npmEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm is npm.cmd there, which only a shell starts.
    shell: !known && process.platform === 'win32',
  });
  let printed = '';
  const keep = (bytes: Buffer) => (printed = (printed + bytes.toString()).slice(-4000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${printed}`);
}
