// npm test: node scripts/test.ts [unit|smoke|editor|desktop …] [--only <run>] [--grep <text>] [--keep]
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { bundleTests } from './bundleTests.ts';
import { runDesktop } from './desktopRun.ts';
import { editorRuns, runEditor, type RunOptions } from './editorRun.ts';
import { projectNode, rootDir } from './paths.ts';
import { printFailuresAgain, printTest } from './printTest.ts';
import { runSmoke } from './smokeRun.ts';
import { addTotals, describeTotals, noTests, type Totals } from './totals.ts';
import { runUnit } from './unitRun.ts';

const kinds = ['unit', 'smoke', 'editor', 'desktop'] as const;
type Kind = (typeof kinds)[number];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      grep: { type: 'string' },
      keep: { type: 'boolean', default: false },
    },
  });
  const unknown = positionals.find((word) => !kinds.includes(word as Kind));
  const runs = editorRuns.filter((run) => values.only === undefined || run.name === values.only);
  if (unknown !== undefined) throw new Error(`"${unknown}" is none of ${kinds.join(', ')}`);
  if (runs.length === 0)
    throw new Error(`--only takes one of ${editorRuns.map((run) => run.name).join(', ')}`);
  // The desktop run needs a download from outside npm, so it is only made when asked for.
  const asked = positionals.length === 0 ? ['unit', 'smoke', 'editor'] : positionals;
  const totals = await runAll(new Set(asked as Kind[]), runs, values);
  printFailuresAgain();
  console.log(`\ntests: ${describeTotals(totals)}`);
  process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
}

async function runAll(
  asked: ReadonlySet<Kind>,
  runs: typeof editorRuns,
  options: RunOptions,
): Promise<Totals> {
  let totals = noTests;
  const add = async (name: string, run: () => Promise<Totals>) => {
    const ran = await run().catch((error: unknown) => failure(name, error));
    totals = addTotals(totals, ran);
  };
  if (asked.has('smoke')) await add('smoke', runSmoke);
  const jobs: (() => Promise<void>)[] = [];
  if (asked.has('editor') || asked.has('desktop')) {
    try {
      await build();
      await bundleTests();
    } catch (error) {
      return addTotals(totals, failure('build', error));
    }
    if (asked.has('editor'))
      for (const run of runs) jobs.push(() => add(run.name, () => runEditor(run, options)));
  }
  // Behind the first two, so that the longest runs do not come last.
  if (asked.has('unit')) jobs.splice(2, 0, () => add('unit', () => runUnit(options.grep)));
  await threeAtATime(jobs);
  if (asked.has('desktop')) await add('desktop', () => runDesktop(options));
  return totals;
}

/** Works through jobs, three at once: a window waits more than it computes, and two cores are common. */
async function threeAtATime(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const waiting = [...jobs];
  const worker = async () => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job();
  };
  await Promise.all([worker(), worker(), worker()]);
}

function failure(name: string, error: unknown): Totals {
  printTest({ state: 'failed', title: name, error: error instanceof Error ? error.message : String(error) });
  return { ...noTests, failed: 1 };
}

async function build(): Promise<void> {
  console.log('\nbuild');
  const child = spawn(projectNode(), ['esbuild.js', '--production'], {
    cwd: rootDir,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error('node esbuild.js --production failed');
}

// The editors run in process groups of their own: on Ctrl+C they are stopped by their `exit` listener.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
process.exit();
