import { runTests } from '@vscode/test-electron';
import { join } from 'node:path';
import { Gateways, startControl } from '../test/support/control.ts';
import { diskControl } from '../test/support/diskControl.ts';
import { uiControl } from '../test/support/ui.ts';
import { testBundle } from './bundleTests.ts';
import type { RunOptions } from './editorRun.ts';
import { outDir, rootDir } from './paths.ts';
import { RunResults } from './runResults.ts';
import { makeTestFolders, removeTestFolders, testEnvironment, writeControlFile } from './testWorkspace.ts';
import type { Totals } from './totals.ts';

/** Runs the main suite in a desktop VS Code, which `@vscode/test-electron` downloads; there is no page to drive. */
export async function runDesktop({ grep, keep }: RunOptions): Promise<Totals> {
  const version = process.env['IMAGE_GATEWAY_TEST_VSCODE'] ?? 'stable';
  console.log(`\neditor desktop: VS Code ${version} by @vscode/test-electron, test/editor/main`);
  const results = new RunResults('desktop');
  const gateways = new Gateways();
  const folders = await makeTestFolders('desktop');
  const control = await startControl({
    gateway: gateways.api(),
    disk: diskControl(folders.temporary, folders.workspace),
    ui: uiControl(() => undefined, join(outDir, 'screenshots', 'desktop')),
    results: results.api(),
  });
  await writeControlFile(folders.workspace, {
    ...control,
    run: 'desktop',
    suite: 'main',
    host: 'node',
    grep,
  });
  let died: string | undefined;
  try {
    await runTests({
      version,
      extensionDevelopmentPath: rootDir,
      extensionTestsPath: testBundle,
      extensionTestsEnv: testEnvironment(folders),
      launchArgs: [
        folders.opened,
        '--user-data-dir',
        join(folders.temporary, 'data'),
        '--disable-extensions',
      ],
    });
  } catch (error) {
    died = whyFailed(error, version, results.hasFinished);
  }
  const totals = results.close(died, grep !== undefined);
  await control.stop();
  await gateways.stop();
  if (keep !== true) await removeTestFolders(folders);
  return totals;
}

/** Failed tests reject as well; they are counted already. */
function whyFailed(error: unknown, version: string, finished: boolean): string | undefined {
  if (finished) return undefined;
  const reason = error instanceof Error ? error.message : String(error);
  return (
    `No desktop VS Code ${version} could be run, so nothing was tested here: ${reason}. ` +
    `It is downloaded from outside npm and needs a display (on Linux: xvfb-run -a npm run test:desktop).`
  );
}
