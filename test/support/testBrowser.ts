import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../scripts/launchBrowser.ts';

let launched: Promise<Browser> | undefined;

// Mocha runs this once, after the last test of all files.
after(async () => {
  await (await launched)?.close();
});

/** The one browser for all files of `test/page`; nobody else closes it. */
export function testBrowser(): Promise<Browser> {
  return (launched ??= launchBrowser());
}
