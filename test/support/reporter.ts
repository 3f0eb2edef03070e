// Runs the suites of test/editor inside the extension host with mocha's browser build, which needs neither Node nor a
// page, and tells the test runner how each test ended.
import 'mocha/mocha.js';
import { controlFile, results } from './client.ts';
import type { ResultsApi } from './controlApi.ts';

type Ended = Parameters<ResultsApi['ended']>[0];
type MochaClass = new (options: Mocha.MochaOptions) => Mocha;

/** Loads the test files of the run's suite one after another and runs them; resolves with the number of failures. */
export async function runSuite(files: Readonly<Record<string, () => Promise<unknown>>>): Promise<number> {
  const { suite, grep, without = [] } = await controlFile();
  const { Mocha: mochaClass } = globalThis as unknown as { Mocha: MochaClass };
  const mocha = new mochaClass({
    ui: 'bdd',
    timeout: 60_000,
    // A toast or a tip that comes late can lie over what a test presses; the title says where it was so.
    retries: 2,
    reporter: silent as unknown as Mocha.ReporterConstructor,
  });
  if (grep !== undefined) mocha.fgrep(grep);
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  // Files outside every suite's folder belong to all runs, but a run needs tests of its own.
  const others = new Set(without.map((name) => `${suite}/${name}.test.ts`));
  const mine = Object.keys(files).filter(
    (path) => !path.includes('/') || (path.startsWith(`${suite}/`) && !others.has(path)),
  );
  const broken = await loadAll(mine, files);
  const totals = await runMocha(mocha);
  const failed = totals.failed + broken;
  await results.finished({ ...totals, failed, files: mine.filter((path) => path.includes('/')).length });
  return failed;
}

/** Resolves with how many could not be loaded. */
async function loadAll(
  paths: readonly string[],
  files: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<number> {
  let broken = 0;
  for (const path of paths) {
    try {
      await files[path]!();
    } catch (error) {
      broken++;
      const title = `${path} can be loaded`;
      await results.ended({ title, state: 'failed', milliseconds: 0, error: describeError(error) });
    }
  }
  return broken;
}

/** mocha constructs a reporter; ours listens to the runner itself. */
function silent(): void {
  // Nothing to do.
}

function runMocha(mocha: Mocha): Promise<{ passed: number; failed: number; skipped: number }> {
  const totals = { passed: 0, failed: 0, skipped: 0 };
  let sent: Promise<unknown> = Promise.resolve();
  const report = (test: Ended) => {
    totals[test.state]++;
    print(test);
    sent = sent.then(() => results.ended(test));
  };
  return new Promise((resolve, reject) => {
    const runner = mocha.run(() => void sent.then(() => resolve(totals), reject));
    runner.on('pass', (test) => report(outcome(test, 'passed')));
    runner.on('retry', (test: Mocha.Test, error: unknown) => {
      const title = test.fullTitle();
      earlier.set(title, [...(earlier.get(title) ?? []), describeError(error)]);
    });
    runner.on('fail', (test, error: unknown) =>
      report(outcome(test, 'failed', [...(earlier.get(test.fullTitle()) ?? []), describeError(error)])),
    );
    runner.on('pending', (test) => report(outcome(test, 'skipped')));
  });
}

/** By full title: how a test failed that was tried again. */
const earlier = new Map<string, readonly string[]>();

/** @param errors of its attempts so far, also where the last one passed */
function outcome(
  test: Mocha.Runnable,
  state: Ended['state'],
  errors: readonly string[] = earlier.get(test.fullTitle()) ?? [],
): Ended {
  const attempt = (earlier.get(test.fullTitle())?.length ?? 0) + 1;
  return {
    title: attempt === 1 ? test.fullTitle() : `${test.fullTitle()} (at attempt ${attempt})`,
    state,
    milliseconds: test.duration ?? 0,
    ...(errors.length > 0 && { error: errors.join('\n') }),
  };
}

const marks = { passed: '✓', failed: '✗', skipped: '-' };

/** Also into the host's own log, for when the host dies before it could tell. */
function print(test: Ended): void {
  console.log(`${marks[test.state]} ${test.title}${test.error === undefined ? '' : `\n${test.error}`}`);
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? '';
  return stack.includes(error.message) ? stack : `${error.message}\n${stack}`;
}
