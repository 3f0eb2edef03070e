import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectNode, rootDir } from './paths.ts';
import { printTest } from './printTest.ts';
import { addTotals, noTests, type Totals } from './totals.ts';

const require = createRequire(import.meta.url);

/** Of mocha's reporter `json-stream`, the parts used here. */
type MochaEvent =
  | ['pass', { fullTitle: string; duration?: number; currentRetry: number }]
  | ['fail', { fullTitle: string; duration?: number; err?: string | null; stack?: string | null }]
  | ['end', { passes: number; failures: number; pending: number }];

/** Runs test/unit and test/page in plain Node with mocha (its settings are in .mocharc.json) and returns what came of it. */
export async function runUnit(grep: string | undefined): Promise<Totals> {
  console.log('\nunit: test/unit and test/page in plain Node');
  const mocha = join(dirname(require.resolve('mocha/package.json')), 'bin', 'mocha.js');
  const filter = grep === undefined ? [] : ['--fgrep', grep];
  const child = spawn(projectNode(), [mocha, '--reporter', 'json-stream', ...filter], {
    cwd: rootDir,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let totals: Totals | undefined;
  createInterface(child.stdout).on('line', (line) => (totals = print(line) ?? totals));
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  const why = whyIncomplete(totals, code, grep !== undefined);
  if (why !== undefined) {
    printTest({ state: 'failed', title: 'mocha ran the unit tests', error: why });
    return addTotals(totals ?? noTests, { ...noTests, failed: 1 });
  }
  return totals!;
}

/** mocha's exit code is its number of failures; anything else is a file that did not load, or a crash. */
function whyIncomplete(totals: Totals | undefined, code: unknown, filtered: boolean): string | undefined {
  if (totals === undefined) return `it ended with ${String(code)} before the tests did`;
  if (code !== 0 && totals.failed === 0) return `it ended with ${String(code)}`;
  return totals.passed + totals.failed === 0 && !filtered ? 'there was no test to run' : undefined;
}

/** Prints one line of mocha's; returns the totals where it is the last. */
function print(line: string): Totals | undefined {
  if (line.startsWith('["start",')) return undefined;
  if (!/^\["(pass|fail|end)",\{/.test(line)) {
    console.log(line);
    return undefined;
  }
  const event = JSON.parse(line) as MochaEvent;
  const [kind, about] = event;
  if (kind === 'pass') {
    const { fullTitle, duration, currentRetry } = about;
    const title = currentRetry === 0 ? fullTitle : `${fullTitle} (at attempt ${currentRetry + 1})`;
    printTest({ state: 'passed', title, milliseconds: duration });
  } else if (kind === 'fail') {
    const { fullTitle, duration, err, stack } = about;
    // V8's stack begins with the message; an assertion's may not, and what is no Error has none.
    const error = stack?.includes(err ?? '') ? stack : `${err ?? 'no Error was thrown'}\n${stack ?? ''}`;
    printTest({ state: 'failed', title: fullTitle, milliseconds: duration, error });
  } else return { passed: about.passes, failed: about.failures, skipped: about.pending };
  return undefined;
}
