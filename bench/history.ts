// npm run bench:history [-- --quick]: opening, searching and appending to a history of 2,000 and 20,000 entries, beside
// merely reading and parsing the same bytes. Each measurement has a process of its own; docs/bench-history.md keeps the table.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Measured, Task } from './history/measure.ts';
import { entryOf, openHistory, readAndParse, writeFilePerEntry } from './history/store.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const counts = [2000, 20_000] as const;
const runs = values.quick ? 1 : 7;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bench-history-'));

function measureOnce(task: Task): Measured {
  const flags = ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];
  const args = [...flags, join(import.meta.dirname, 'history/measure.ts'), JSON.stringify(task)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

/** Medians; of what writes, each run has a copy of its own. */
function measure(task: Task): Required<Measured> {
  const all = Array.from({ length: runs }, () => {
    if (!['append', 'appendToFull', 'writeFile'].includes(task.action)) return measureOnce(task);
    const path = join(folder, 'copy');
    cpSync(task.path, path, { recursive: true });
    const measured = measureOnce({ ...task, path });
    rmSync(path, { recursive: true });
    return measured;
  });
  const median = (of: (one: Measured) => number) => all.map(of).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
  process.stderr.write('.');
  return {
    ms: median(({ ms }) => ms),
    againMs: median(({ againMs = NaN }) => againMs),
    longestBlockMs: median(({ longestBlockMs }) => longestBlockMs),
    heapMiB: median(({ heapMiB }) => heapMiB),
  };
}

async function tableOf(count: number): Promise<readonly string[]> {
  const path = join(folder, String(count));
  const history = openHistory(path, count);
  for (let index = 0; index < count; index++) await history.append(entryOf(index));
  await writeFilePerEntry(`${path}-files`, await readAndParse(path));
  const names = readdirSync(path);
  const bytes = names.reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
  const of = (action: Task['action'], at = path) => measure({ action, path: at, count });
  const floor = of('floor');
  const search = of('search');
  const [append, write] = [of('append'), of('writeFile')];
  const row = (name: string, { ms, longestBlockMs, heapMiB }: Measured, against: Measured) =>
    `| ${[name, ms.toFixed(ms < 10 ? 2 : 0), (ms / against.ms).toFixed(2), longestBlockMs.toFixed(1), heapMiB.toFixed(1)].join(' | ')} |`;
  return [
    `### ${count.toLocaleString('en')} entries: ${(bytes / 2 ** 20).toFixed(1)} MiB in ${names.length} files`,
    '',
    '| | ms | × its floor | longest block, ms | heap, MiB |',
    '| --- | --- | --- | --- | --- |',
    row('floor: reading and JSON.parse', floor, floor),
    row('open, first page', of('open'), floor),
    row('a file for each entry, read and parsed', of('filePerEntry', `${path}-files`), floor),
    row('first search', search, floor),
    `| search again | ${search.againMs.toFixed(1)} | ${(search.againMs / floor.ms).toFixed(2)} | | |`,
    row('floor: writing one file', write, write),
    row('append one, packing included', append, write),
    row('append one where it is full: the oldest go', of('appendToFull'), write),
    '',
  ];
}

const tables: string[] = [];
for (const count of counts) tables.push(...(await tableOf(count)));
rmSync(folder, { recursive: true });
const text = [
  '# The history of 2,000 and 20,000 generations',
  '',
  `\`npm run bench:history\` on Node ${process.versions.node}, ${cpus().length} cores. Medians of ${runs} runs, each in a process of its own: start-up of the code is in them, as in a window that was just opened. The floor of opening and searching is reading and parsing the same files in the same run, that of appending is writing a file of the same bytes. A block is the longest time in which nothing else of the process has its turn; the heap is what is held in the end. Appending is the mean of 256 on end; every 64th packs files.`,
  '',
  'The store is a journal: a file for each change at first, packed into files of about 1 MiB. A file for each entry was the other candidate; the table has it, too.',
  '',
  ...tables,
].join('\n');
console.log(`\n${text}`);
if (!values.quick) writeFileSync(join(root, 'docs/bench-history.md'), text);
