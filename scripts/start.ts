// npm start [-- --desktop | --check]: a VS Code with this extension and a workspace to play in.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkWindow } from './checkWindow.ts';
import { type EditorServer, startEditorServer } from './editorServer.ts';
import { installVsix } from './installVsix.ts';
import { packageExtension } from './package.ts';
import { cacheDir, newestEditor, rootDir } from './paths.ts';
import { userSettingsFile } from './testWorkspace.ts';

type Settings = Record<string, unknown>;

/** What a first window needs so that nothing stands between the person and the sample. */
const firstSettings: Settings = {
  'workbench.startupEditor': 'readme',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.startupPrompt': 'always',
  // The playground lies in a checkout, which is not what the person came to see.
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { desktop: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
  });
  if (values.desktop) return startDesktop();
  // A check does not touch what the person has changed.
  const base = values.check
    ? await realpath(await mkdtemp(join(tmpdir(), 'image-gateway-start-')))
    : cacheDir;
  try {
    const { server, workspace } = await start(base);
    if (values.check) await check(server, workspace);
    else await serve(server, workspace);
  } finally {
    if (values.check) await rm(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function start(base: string): Promise<{ server: EditorServer; workspace: string }> {
  const dataDir = join(base, 'start');
  const vsix = await packageExtension({ quiet: true });
  await installVsix(newestEditor, dataDir, vsix);
  const workspace = await sampleWorkspace(base);
  await writeSettings(dataDir);
  const port = process.env['IMAGE_GATEWAY_START_PORT'];
  const server = await startEditorServer({
    version: newestEditor,
    dataDir,
    trust: true,
    port: port === undefined ? undefined : Number(port),
  });
  return { server, workspace };
}

async function serve(server: EditorServer, workspace: string): Promise<void> {
  console.log(
    `\n${gatewaySentence()}\nOpen this in a browser (Ctrl+C stops it):\n\n  ${server.windowUrl(workspace)}\n`,
  );
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const died = await Promise.race([stopped.then(() => false), server.ended.then(() => true)]);
  await server.stop();
  if (died) throw new Error(`The VS Code server ended by itself.\n${server.log()}`);
}

async function check(server: EditorServer, workspace: string): Promise<void> {
  try {
    await checkWindow(server, workspace);
    console.log('npm start works: the sample is open and "Image Gateway: Generate Image" is in the palette.');
  } finally {
    await server.stop();
  }
}

/** The person's playground: made once, and theirs from then on. */
async function sampleWorkspace(base: string): Promise<string> {
  const folder = join(base, 'sample-workspace');
  if (!existsSync(folder)) await cp(join(rootDir, 'test', 'fixtures', 'sample'), folder, { recursive: true });
  return folder;
}

function hasKey(): boolean {
  return ['AI_GATEWAY_API_KEY', 'VERCEL_OIDC_TOKEN'].some((name) => (process.env[name] ?? '') !== '');
}

function gatewaySentence(): string {
  return hasKey()
    ? 'The key of your environment is used, with the Vercel AI Gateway.'
    : 'No key is set, so the offline gateway draws sketches; "Image Gateway: Select Gateway" has the others.';
}

/**
 * Writes the user settings of the server, but none that the person has changed since we wrote it: what we wrote is
 * remembered beside them.
 */
async function writeSettings(dataDir: string, file = userSettingsFile(dataDir)): Promise<void> {
  const memory = join(dataDir, 'settings-written-by-start.json');
  const settings = await readSettings(file);
  // With comments in it, the file is the person's own work.
  if (settings === undefined) return;
  const before = (await readSettings(memory)) ?? {};
  const wanted: Settings = { ...firstSettings, ...(hasKey() ? {} : { 'imageGateway.gateway': 'offline' }) };
  for (const name of new Set([...Object.keys(before), ...Object.keys(wanted)])) {
    const isOurs = name in before ? settings[name] === before[name] : !(name in settings);
    if (!isOurs) continue;
    if (name in wanted) settings[name] = wanted[name];
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a settings file has no other way to say "default"
    else delete settings[name];
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(settings, null, 2)}\n`);
  await writeFile(memory, `${JSON.stringify(wanted, null, 2)}\n`);
}

/** Undefined where it cannot be read as plain JSON. */
async function readSettings(file: string): Promise<Settings | undefined> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Settings;
  } catch {
    return undefined;
  }
}

async function startDesktop(): Promise<void> {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const code = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
  if (code === undefined) {
    throw new Error(
      'There is no desktop VS Code: no `code` on the PATH. Without --desktop, `npm start` needs none.',
    );
  }
  await packageExtension({ quiet: true });
  const workspace = await sampleWorkspace(cacheDir);
  // A profile of its own: the person's settings stay theirs, and the offline gateway can be chosen.
  const profile = join(cacheDir, 'desktop');
  await writeSettings(profile, join(profile, 'User', 'settings.json'));
  const args = [
    `--extensionDevelopmentPath=${rootDir}`,
    `--user-data-dir=${profile}`,
    '--new-window',
    '--wait',
    workspace,
  ];
  const shell = process.platform === 'win32';
  const child = spawn(shell ? `"${code}"` : code, shell ? args.map((arg) => `"${arg}"`) : args, {
    stdio: 'inherit',
    shell,
  });
  const exit = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (exit !== 0) throw new Error(`code ended with ${String(exit)}`);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
process.exit();
