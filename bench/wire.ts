// npm run bench:wire [-- --quick]: how long, how smoothly and in how much memory one big picture is read off the wire,
// beside what others do in the same run. Each measurement has a process of its own; docs/bench-wire.md keeps the tables.
import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { decoders } from './wire/decoders.ts';
import type { Measured, Task } from './wire/measure.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const sizes = values.quick ? [5, 40] : [1, 5, 20, 40];
const floorName = Object.keys(decoders.sse)[0]!;

const flags = ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];

function measure(task: Task): Measured {
  const args = [...flags, join(import.meta.dirname, 'wire/measure.ts'), JSON.stringify(task)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as Measured;
}

async function serve(): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = spawn(process.execPath, [...flags, join(import.meta.dirname, 'wire/server.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() };
}

interface Way {
  readonly title: string;
  readonly kind: Task['kind'];
  readonly chunkBytes: number;
  readonly url?: string;
}

/** One table: a row for each decoder. */
function table(way: Way): {
  readonly lines: readonly string[];
  readonly rows: ReadonlyMap<string, readonly Measured[]>;
} {
  const { title, ...task } = way;
  const rows = new Map<string, readonly Measured[]>();
  for (const decoder of Object.keys(decoders[way.kind])) {
    const runs = values.quick ? 3 : 7;
    rows.set(
      decoder,
      sizes.map((mebibytes) => measure({ ...task, decoder, mebibytes, runs })),
    );
    process.stderr.write('.');
  }
  const floor = rows.get(floorName)!.at(-1)!;
  const lines = [...rows].map(([name, all]) => {
    const cells = all.map(({ ms, longestBlockMs }) => `${ms.toFixed(1)} (${longestBlockMs.toFixed(1)})`);
    const last = all.at(-1)!;
    const growth = last.ms / all.at(sizes.indexOf(5))!.ms;
    const thread = `${last.threadMs.toFixed(1)} (${(last.threadMs / floor.threadMs).toFixed(2)})`;
    return `| ${[name, ...cells, (last.ms / floor.ms).toFixed(2), thread, growth.toFixed(1), last.peakMiB.toFixed(0)].join(' | ')} |`;
  });
  const heads = [
    'reader',
    ...sizes.map((size) => `${size} MiB`),
    '× floor at 40',
    'thread at 40 (× floor)',
    'growth 5 → 40',
    'peak MiB at 40',
  ];
  const rule = heads.map(() => '---').join(' | ');
  return { lines: [`### ${title}`, '', `| ${heads.join(' | ')} |`, `| ${rule} |`, ...lines, ''], rows };
}

const server = await serve();
const kibibytes = [16, 64];
const ways: readonly Way[] = [
  ...kibibytes.map((size): Way => ({
    title: `In memory, ${size} KiB chunks`,
    kind: 'sse',
    chunkBytes: size * 1024,
  })),
  ...kibibytes.map((size): Way => ({
    ...{ title: `Loopback HTTP, ${size} KiB chunks`, kind: 'sse', chunkBytes: size * 1024, url: server.url },
  })),
  {
    title: 'Plain JSON body, loopback HTTP, 64 KiB chunks',
    kind: 'json',
    chunkBytes: 65_536,
    url: server.url,
  },
];
const tables = ways.map(table);
server.stop();

const head = [
  '# Reading one big picture off the wire',
  '',
  `\`npm run bench:wire\` on Node ${process.versions.node}, ${cpus().length} cores. One picture of so many MiB of base64 in one \`data:\` line. Milliseconds, in brackets the longest block of the event loop. **Thread** is what the reader's thread itself computes, which holds on a busy machine, too. Medians of ${values.quick ? 3 : 7} runs in a process of their own after 20 warm-ups; the bytes that come out are hash-checked. Peak memory is what the first run takes above the idle process; the decoded picture has 30 MiB, and it is part of it.`,
  '',
];
const text = [...head, ...tables.flatMap(({ lines }) => lines), ...targets()].join('\n');
console.log(`\n${text}`);
if (!values.quick) writeFileSync(join(root, 'docs/bench-wire.md'), text);

/** What was to be reached at 40 MiB, by the reader as the Node host uses it. */
function targets(): readonly string[] {
  const rows = tables.slice(0, 2).map(({ rows: all }) => ({
    ours: all.get('this reader, Node host')!,
    floor: all.get(floorName)!,
  }));
  const worst = (of: (row: (typeof rows)[number]) => number) => Math.max(...rows.map(of));
  const goals = [
    ['time, × the floor', worst(({ ours, floor }) => ours.at(-1)!.ms / floor.at(-1)!.ms), 0.6],
    [
      'the thread’s own time, × the floor',
      worst(({ ours, floor }) => ours.at(-1)!.threadMs / floor.at(-1)!.threadMs),
      0.6,
    ],
    ['longest block, ms', worst(({ ours }) => ours.at(-1)!.longestBlockMs), 5],
    ['peak memory, × the decoded picture', worst(({ ours }) => ours.at(-1)!.peakMiB / 30), 1.5],
    ['growth from 5 to 40 MiB', worst(({ ours }) => ours.at(-1)!.ms / ours.at(sizes.indexOf(5))!.ms), 8.5],
  ] as const;
  return [
    '### Targets: the Node host, in memory; the worse of both chunk sizes',
    '',
    '| | measured | at most | |',
    '| --- | --- | --- | --- |',
    ...goals.map(
      ([name, value, most]) =>
        `| ${name} | ${value.toFixed(2)} | ${most} | ${value <= most ? 'reached' : 'not reached'} |`,
    ),
    '',
  ];
}
