import type { Browser, Page } from 'playwright-core';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Gateways, startControl } from '../test/support/control.ts';
import { diskControl } from '../test/support/diskControl.ts';
import { uiControl } from '../test/support/ui.ts';
import { type EditorServer, startEditorServer } from './editorServer.ts';
import { installNode } from './installEditor.ts';
import { installedIds, installExtensions } from './installExtensions.ts';
import { launchBrowser, newPage } from './launchBrowser.ts';
import { newestEditor, oldestEditor, oldestEditorNode, outDir } from './paths.ts';
import { RunResults } from './runResults.ts';
import {
  makeTestFolders,
  removeTestFolders,
  testEnvironment,
  type TestFolders,
  writeControlFile,
} from './testWorkspace.ts';
import type { Totals } from './totals.ts';

/** Far more than a run takes, so that a slow machine is no failure: it only ends a window that hangs. */
const runMilliseconds = 70 * 60_000;

/** One window of VS Code with tests in it. */
export interface EditorRun {
  readonly name: string;
  readonly version: string;
  /** Major version of another Node than the project's. */
  readonly node?: number;
  readonly host: 'node' | 'web';
  /** Folder of test/editor. */
  readonly suite: 'main' | 'restricted' | 'hostile' | 'bench';
  /**
   * Test files of the suite that this run leaves to the others: what they show comes about the same way whatever the
   * version of the editor, or whatever the extension host.
   */
  readonly without?: readonly string[];
}

/** Every editor run of `npm test`. */
export const editorRuns: readonly EditorRun[] = [
  { name: 'newest', version: newestEditor, host: 'node', suite: 'main' },
  {
    ...{ name: 'oldest', version: oldestEditor, node: oldestEditorNode, host: 'node', suite: 'main' },
    // What gateways send, what is made of it, and what is refused: the editor has no part in it.
    without: [
      'addGateway',
      'cancelMoments',
      'checkGateway',
      'environment',
      'failures',
      'faults',
      'learning',
      'log',
      'models',
      'outside',
      'result',
      'rightFile',
      'routes',
      'savingRefusals',
    ],
  },
  {
    ...{ name: 'web', version: newestEditor, host: 'web', suite: 'main' },
    // The workbench, its questions and its documents are the newest's; network, files, threads and storage are not.
    without: [
      'addGateway',
      'agentBudget',
      'agentConfirmed',
      'cancelMoments',
      'checkGateway',
      'entrances',
      'failures',
      'linksInLanguages',
      'linksInserted',
      'linksOffered',
      'linksTracked',
      'log',
      'panelThemes',
      'splitEditors',
    ],
  },
  { name: 'restricted', version: newestEditor, host: 'node', suite: 'restricted' },
  { name: 'hostile', version: newestEditor, host: 'node', suite: 'hostile' },
  // Its filter lets more of a settings file through than the newest editor's.
  {
    name: 'hostile-oldest',
    version: oldestEditor,
    node: oldestEditorNode,
    host: 'node',
    suite: 'hostile',
  },
];

/** What `npm run bench:panel` measures; no run of `npm test`. */
export const benchRun: EditorRun = { name: 'bench', version: newestEditor, host: 'node', suite: 'bench' };

/** What the command line asks of a run. */
export interface RunOptions {
  readonly grep?: string | undefined;
  /** Keeps the temporary folder. */
  readonly keep?: boolean;
}

/** Runs the suite in a fresh VS Code and returns what came of it; never rejects. */
export async function runEditor(run: EditorRun, options: RunOptions): Promise<Totals> {
  console.log(
    `\neditor ${run.name}: VS Code 1${run.version.slice(1)}, ${run.host} extension host, test/editor/${run.suite}`,
  );
  const results = new RunResults(run.name);
  const gateways = new Gateways();
  const stops: (() => Promise<unknown>)[] = [() => gateways.stop()];
  let died: string | undefined;
  try {
    const evilUrl = run.suite === 'hostile' ? (await gateways.get('evil')).baseUrl : undefined;
    const folders = await makeTestFolders(run.name, {
      settings: run.host === 'web' ? inBrowser : {},
      evilUrl,
    });
    stops.unshift(() => (options.keep === true ? keep(folders) : removeTestFolders(folders)));
    died = await runIn(folders, run, options, results, gateways, stops);
  } catch (error) {
    died = error instanceof Error ? error.message : String(error);
  }
  const totals = results.close(died, options.grep !== undefined);
  for (const stop of stops.reverse())
    await stop().catch((error: unknown) => console.log(`  ${String(error)}`));
  return totals;
}

/** Resolves with why the run died, or undefined. What is to be stopped afterwards is added to `stops`, last first. */
async function runIn(
  folders: TestFolders,
  run: EditorRun,
  { grep }: RunOptions,
  results: RunResults,
  gateways: Gateways,
  stops: (() => Promise<unknown>)[],
): Promise<string | undefined> {
  let page: Page | undefined = undefined;
  const control = await startControl({
    gateway: gateways.api(),
    disk: diskControl(folders.temporary, folders.workspace),
    ui: uiControl(() => page, join(outDir, 'screenshots', run.name)),
    results: results.api(),
  });
  stops.push(() => control.stop());
  await writeControlFile(folders.workspace, {
    ...control,
    run: run.name,
    suite: run.suite,
    host: run.host,
    without: run.without,
    grep,
  });
  await installExtensions(folders.dataDir);
  const server = await startEditorServer({
    version: run.version,
    dataDir: folders.dataDir,
    trust: run.suite === 'restricted',
    env: testEnvironment(folders),
    node: run.node === undefined ? undefined : await installNode(run.node),
  });
  stops.push(() => server.stop());
  const browser = await launchBrowser();
  stops.push(() => browser.close());
  page = await newPage(browser, server.url);
  const log: string[] = [];
  page.on('console', (message) => {
    // Native modules that were not compiled, a marketplace that no test needs, and a folder that few workspaces have.
    const isNoise =
      /bindings file|build\/Release\/|open-vsx|ERR_NAME_NOT_RESOLVED|Failed snippets from folder/.test(
        message.text(),
      );
    if (!isNoise) log.push(`[${message.type()}] ${message.text()}`);
  });
  const ended = testsEnded(page, browser, server, results);
  await page.goto(server.windowUrl(folders.opened), { timeout: 60_000 });
  const died = await ended;
  if (died !== undefined)
    await page.screenshot({ path: join(outDir, 'logs', run.name, 'window.png') }).catch(() => undefined);
  await keepLogs(run.name, log, server, folders.dataDir);
  return died === undefined
    ? undefined
    : `${died} out/logs/${run.name} shows the window and has its logs; the end of the page's:\n${log.slice(-30).join('\n')}`;
}

/** Resolves when the tests are over: undefined, or why they died. */
function testsEnded(
  page: Page,
  browser: Browser,
  server: EditorServer,
  results: RunResults,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const seconds = runMilliseconds / 1000;
    const timer = setTimeout(() => resolve(`The run did not end within ${seconds} s.`), runMilliseconds);
    const end = (why?: string) => {
      clearTimeout(timer);
      resolve(why);
    };
    void results.finished.then(() => end());
    page.once('crash', () => end('The page crashed.'));
    browser.once('disconnected', () => end('The browser ended.'));
    void server.ended.then(() => end('The VS Code server ended.'));
  });
}

function keep({ temporary }: TestFolders): Promise<void> {
  console.log(`  kept: ${temporary}`);
  return Promise.resolve();
}

/** Keeps what the window, the server and the extension hosts wrote, for whoever looks for the cause of a failure. */
async function keepLogs(
  name: string,
  page: readonly string[],
  server: EditorServer,
  dataDir: string,
): Promise<void> {
  const folder = join(outDir, 'logs', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'page.log'), page.join('\n'));
  await writeFile(join(folder, 'server.log'), server.log());
  await rm(join(folder, 'editor'), { recursive: true, force: true });
  await cp(join(dataDir, 'data', 'logs'), join(folder, 'editor'), { recursive: true }).catch(() => undefined);
}

/** Moves the extensions, which the server's machine has, into the browser's extension host. */
const inBrowser = {
  'remote.extensionKind': Object.fromEntries(installedIds.map((id) => [id, ['web']])),
};
