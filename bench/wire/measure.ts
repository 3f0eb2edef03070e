// One measurement in a process of its own: node --expose-gc measure.ts <task as JSON>; prints the result as JSON.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decoders } from './decoders.ts';
import { chunksOf, makeSource, token } from './source.ts';

/** What is measured. */
export interface Task {
  readonly decoder: string;
  readonly kind: 'sse' | 'json';
  readonly mebibytes: number;
  readonly chunkBytes: number;
  /** Absent: in memory. */
  readonly url?: string;
  readonly runs: number;
}

/** Medians over the runs; memory is the highest of all. */
export interface Measured {
  readonly ms: number;
  readonly longestBlockMs: number;
  /** What the window's thread itself computes: also true on a machine that is busy with others. */
  readonly threadMs: number;
  /** Most resident memory above that before the first picture, in MiB. */
  readonly peakMiB: number;
}

const task = JSON.parse(process.argv[2] ?? '') as Task;
const decode = decoders[task.kind][task.decoder]!;
const folder = mkdtempSync(join(tmpdir(), 'bench-wire-'));

/** A body whose every chunk comes in a turn of its own, as from a socket. */
function inMemory(mebibytes: number): Response {
  const source = makeSource(mebibytes, task.kind);
  const chunks = chunksOf(source, task.chunkBytes);
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  return new Response(body, { headers: { 'content-type': source.contentType } });
}

const open = (mebibytes: number) =>
  task.url === undefined
    ? inMemory(mebibytes)
    : fetch(`${task.url}/${task.kind}/${mebibytes}/${task.chunkBytes}/${token()}`);

interface Run {
  readonly ms: number;
  readonly block: number;
  readonly threadMs: number;
  readonly picture: Uint8Array;
}

/** Newer than the types of the oldest Node that is supported. */
const { threadCpuUsage } = process as unknown as {
  readonly threadCpuUsage: (since?: NodeJS.CpuUsage) => NodeJS.CpuUsage;
};

async function runOnce(mebibytes: number): Promise<Run> {
  const response = await open(mebibytes);
  let [block, last, isOver] = [0, performance.now(), false];
  const tick = () => {
    const now = performance.now();
    block = Math.max(block, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  const [started, computed] = [performance.now(), threadCpuUsage()];
  last = started;
  const picture = await decode(response, folder);
  const ms = performance.now() - started;
  const { user, system } = threadCpuUsage(computed);
  isOver = true;
  return {
    ms,
    block: Math.max(block, performance.now() - last),
    threadMs: (user + system) / 1000,
    picture,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const residentMiB = () => process.memoryUsage.rss() / 1_048_576;

async function main(): Promise<Measured> {
  const { sha256 } = makeSource(task.mebibytes, task.kind);
  for (let warm = 0; warm < 20; warm++) await runOnce(0.0625);
  gc!();
  const idle = residentMiB();
  const all: Omit<Run, 'picture'>[] = [];
  let peakMiB = 0;
  for (let run = 0; run < task.runs; run++) {
    gc!();
    const { picture, ...measured } = await runOnce(task.mebibytes);
    all.push(measured);
    // maxRSS never falls, so the first run, before any garbage of others, is the one to look at.
    if (run === 0) peakMiB = process.resourceUsage().maxRSS / 1024 - idle;
    const found = createHash('sha256').update(picture).digest('hex');
    if (found !== sha256) throw new Error(`${task.decoder}: another picture came out`);
  }
  return {
    ms: median(all.map(({ ms }) => ms)),
    longestBlockMs: median(all.map(({ block }) => block)),
    threadMs: median(all.map(({ threadMs }) => threadMs)),
    peakMiB,
  };
}

await main()
  .then((measured) => console.log(JSON.stringify(measured)))
  .finally(() => rmSync(folder, { recursive: true }));
