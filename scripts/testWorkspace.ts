import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ControlFile, controlFileName } from '../test/support/controlApi.ts';
import { rootDir } from './paths.ts';

const fixtures = join(rootDir, 'test', 'fixtures');

/** The folders of one run, all below one temporary folder. */
export interface TestFolders {
  readonly temporary: string;
  /** For the server: settings, extensions, logs. */
  readonly dataDir: string;
  /** Stands for the person's home, so that nothing of theirs is read. */
  readonly home: string;
  /** The first workspace folder. */
  readonly workspace: string;
  /** What is opened: that folder, or the .code-workspace file. */
  readonly opened: string;
}

/** What every test window starts with; the tests set the rest. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  // It looks through all processes and tells of each gateway that a test started.
  'remote.autoForwardPorts': false,
  'workbench.reduceMotion': 'on',
  // As on the desktop: in a browser the editor saves what is unsaved after a second.
  'files.autoSave': 'off',
  'workbench.enableExperiments': false,
  // All tests of a run share one hour.
  'imageGateway.request.maxImagesPerHour': 10_000,
  // In Restricted Mode without being asked first.
  'security.workspace.trust.startupPrompt': 'never',
};

/** Makes fresh folders for a run. `evilUrl` is given where the hostile workspace is opened. */
export async function makeTestFolders(
  name: string,
  { settings = {}, evilUrl }: { settings?: Record<string, unknown>; evilUrl?: string | undefined } = {},
): Promise<TestFolders> {
  // The real path: on macOS the temporary folder is behind a link.
  const temporary = await realpath(await mkdtemp(join(tmpdir(), `image-gateway-${name}-`)));
  const dataDir = join(temporary, 'data');
  const home = join(temporary, 'home');
  const opened = join(temporary, 'workspace');
  await mkdir(home);
  await writeJson(userSettingsFile(dataDir), { ...quietSettings, ...settings });
  if (evilUrl === undefined) {
    await cp(join(fixtures, 'sample'), opened, { recursive: true });
    return { temporary, dataDir, home, workspace: opened, opened };
  }
  await copyTemplate(join(fixtures, 'hostile', 'workspace'), opened, evilUrl);
  await copyTemplate(join(fixtures, 'hostile', 'machine'), join(dataDir, 'data', 'Machine'), evilUrl);
  const workspaceFile = (await readdir(opened)).find((file) => file.endsWith('.code-workspace'));
  if (workspaceFile === undefined) throw new Error('test/fixtures/hostile/workspace has no .code-workspace');
  const { folders } = JSON.parse(await readFile(join(opened, workspaceFile), 'utf8')) as {
    folders: { path: string }[];
  };
  return {
    temporary,
    dataDir,
    home,
    workspace: join(opened, folders[0]!.path),
    opened: join(opened, workspaceFile),
  };
}

/** Where the VS Code server keeps the person's own settings. */
export function userSettingsFile(dataDir: string): string {
  return join(dataDir, 'data', 'User', 'settings.json');
}

/** Tells the tests inside where the runner is. */
export function writeControlFile(workspace: string, control: ControlFile): Promise<void> {
  return writeJson(join(workspace, controlFileName), control);
}

/** Removes what the run made. */
export function removeTestFolders({ temporary }: TestFolders): Promise<void> {
  // The server's processes may still be writing their last line.
  return rm(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Without any key or gateway of the developer's: no test may reach a real one. */
export function testEnvironment({ home }: TestFolders): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AI_GATEWAY_|VERCEL|OPENAI_|AGNIC|XDG_(CONFIG|DATA|CACHE)_)/.test(name),
  );
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}

async function copyTemplate(from: string, to: string, evilUrl: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(to, source.slice(from.length));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, (await readFile(source, 'utf8')).replaceAll('__EVIL_URL__', evilUrl));
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
