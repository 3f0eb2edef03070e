import type { Totals } from './totals.ts';
import { packageExtension } from './package.ts';
import { checkPackage } from '../test/smoke/vsix.ts';

/** Packages the extension and tries the .vsix as a person who installs it does. */
export async function runSmoke(): Promise<Totals> {
  console.log('\nsmoke: the packaged .vsix in VS Code, without any test code');
  return checkPackage(await packageExtension({ quiet: true }));
}
