// The packaged .vsix, installed and used as a person does: no test code in the window, only clicks and keys.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type EditorServer, startEditorServer } from '../../scripts/editorServer.ts';
import { installVsix } from '../../scripts/installVsix.ts';
import { launchBrowser, newPage } from '../../scripts/launchBrowser.ts';
import { newestEditor, outDir } from '../../scripts/paths.ts';
import {
  makeTestFolders,
  removeTestFolders,
  testEnvironment,
  type TestFolders,
} from '../../scripts/testWorkspace.ts';
import { printTest } from '../../scripts/printTest.ts';
import { noTests, type Totals } from '../../scripts/totals.ts';
import { diskControl } from '../support/diskControl.ts';
import { clickDialog, notifications } from '../support/messages.ts';
import { answerInput, findCommand, readQuickInput, runCommand } from '../support/quickInput.ts';

const prompt = 'a red fox in the snow';
const seconds = (count: number) => ({ timeout: count * 1000 });

/** What one check hands to the next. */
interface Window {
  readonly vsix: string;
  readonly folders: TestFolders;
  server?: EditorServer;
  browser?: Browser;
  page?: Page;
  picture?: string | undefined;
}

const checks: readonly (readonly [title: string, check: (window: Window) => Promise<void>])[] = [
  ['the .vsix installs', install],
  ['VS Code opens the workspace, which is trusted by a click', open],
  ['"Image Gateway: Generate Image" is in the palette', findGenerate],
  ['the command asks for a prompt, and takes it', ask],
  ['the file of the offline gateway comes into the folder images', awaitFile],
  ['the file is a whole PNG, named after the prompt', inspectFile],
  ['no error is shown', seeNoError],
];

/** Tries the package; one line a check, and the rest is skipped after a failure. */
export async function checkPackage(vsix: string): Promise<Totals> {
  const folders = await makeTestFolders('smoke', {
    settings: { 'imageGateway.gateway': 'offline', 'security.workspace.trust.startupPrompt': 'always' },
  });
  const window: Window = { vsix, folders };
  const totals = { ...noTests, passed: 0, failed: 0, skipped: 0 };
  for (const [title, check] of checks) {
    if (totals.failed > 0) {
      totals.skipped++;
      printTest({ state: 'skipped', title });
      continue;
    }
    const error = await check(window).then(
      () => undefined,
      (reason: unknown) => (reason instanceof Error ? reason.message : String(reason)),
    );
    totals[error === undefined ? 'passed' : 'failed']++;
    printTest({ state: error === undefined ? 'passed' : 'failed', title, error });
  }
  await window.page
    ?.screenshot({ path: join(outDir, 'screenshots', 'smoke', 'end.png') })
    .catch(() => undefined);
  await window.browser?.close();
  await window.server?.stop();
  await removeTestFolders(folders);
  return totals;
}

async function install({ vsix, folders }: Window): Promise<void> {
  await installVsix(newestEditor, folders.dataDir, vsix);
}

async function open(window: Window): Promise<void> {
  const { folders } = window;
  window.server = await startEditorServer({
    version: newestEditor,
    dataDir: folders.dataDir,
    trust: true,
    env: testEnvironment(folders),
  });
  window.browser = await launchBrowser();
  const page = await newPage(window.browser, window.server.url);
  window.page = page;
  await page.goto(window.server.windowUrl(folders.opened), seconds(60));
  await page.locator('.monaco-dialog-box').waitFor(seconds(60));
  await clickDialog(page, 'Yes, I trust the authors');
  await page.locator('.part.sidebar').getByText('README.md', { exact: true }).waitFor(seconds(30));
}

async function findGenerate({ page }: Window): Promise<void> {
  await findCommand(page!, 'Image Gateway: Generate Image');
}

async function ask({ page }: Window): Promise<void> {
  // The check before has left the palette open.
  await page!.keyboard.press('Escape');
  await runCommand(page!, 'Image Gateway: Generate Image');
  const input = await readQuickInput(page!, 20_000);
  if (input === null) throw new Error(`nothing is asked; ${await describeWindow(page!)}`);
  await answerInput(page!, prompt);
}

async function awaitFile(window: Window): Promise<void> {
  const { temporary, workspace } = window.folders;
  const disk = diskControl(temporary, workspace);
  for (
    const end = Date.now() + 60_000;
    Date.now() < end;
    await new Promise((resolve) => setTimeout(resolve, 200))
  ) {
    const files = await disk.list('images');
    if (files.length > 1) throw new Error(`there are several files: ${files.join(', ')}`);
    window.picture = files[0];
    if (window.picture !== undefined) return;
  }
  throw new Error(`no file within 60 s; ${await describeWindow(window.page!)}`);
}

async function inspectFile({ folders, picture }: Window): Promise<void> {
  if (!/^a-red-fox-in-the-snow.*\.png$/.test(picture!)) throw new Error(`it is called ${picture!}`);
  const bytes = await readFile(join(folders.workspace, 'images', picture!));
  const isPng = bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  if (!isPng || bytes.subarray(-8, -4).toString('latin1') !== 'IEND') throw new Error('it is no whole PNG');
}

async function seeNoError({ page }: Window): Promise<void> {
  const errors = await page!.locator('.notifications-toasts .codicon-error').count();
  if (errors > 0) throw new Error(await describeWindow(page!));
}

async function describeWindow(page: Page): Promise<string> {
  const shown = [...(await notifications(page)), await readQuickInput(page, 1)];
  return `the window shows: ${JSON.stringify(shown)}`;
}
