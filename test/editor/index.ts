// The front door of the bundle of editor tests: as an extension of its own (`npm test`), or as what the desktop VS Code
// is given for `extensionTestsPath`. Both end up in the extension host, Node's or the browser's.
import { files } from 'editor-tests';
import { runSuite } from '../support/reporter.ts';

/** Runs the tests of this window; rejects where some failed. */
export async function run(): Promise<void> {
  const failed = await runSuite(files);
  if (failed > 0) throw new Error(`${failed} failed`);
}

/** As an extension: begins the tests; what comes of them goes to the test runner. */
export function activate(): void {
  run().catch((error: unknown) => console.error(error));
}
