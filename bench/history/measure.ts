// One measurement in a process of its own: node --expose-gc measure.ts <task as JSON>; prints the result as JSON.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { entryOf, openHistory, readAndParse, readFilePerEntry } from './store.ts';

/** What is measured. */
export interface Task {
  readonly action: 'floor' | 'filePerEntry' | 'open' | 'search' | 'append' | 'appendToFull' | 'writeFile';
  /** Of the journal; of the other store where that is read. */
  readonly path: string;
  readonly count: number;
}

export interface Measured {
  /** Of one: for what is done several times, the mean. */
  readonly ms: number;
  /** Of a second time. */
  readonly againMs?: number;
  readonly longestBlockMs: number;
  /** What is held in the end, in MiB of the heap. */
  readonly heapMiB: number;
}

const appends = 256;

const task = JSON.parse(process.argv[2] ?? '') as Task;
/** What must not be collected before the heap is looked at. */
const holding: unknown[] = [];
const heap = () => {
  gc!();
  return process.memoryUsage().heapUsed / 2 ** 20;
};

/** Runs it and looks how long nobody else has a turn. */
async function watched(
  work: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly block: number }> {
  let [block, last, isOver] = [0, performance.now(), false];
  const tick = () => {
    const now = performance.now();
    block = Math.max(block, now - last);
    last = now;
    if (!isOver) setImmediate(tick);
  };
  setImmediate(tick);
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  isOver = true;
  return { ms, block: Math.max(block, performance.now() - last) };
}

async function measure({ action, path, count }: Task): Promise<Measured> {
  const before = heap();
  const history = openHistory(path, action === 'appendToFull' ? count : 2 * count);
  const result = async (work: () => Promise<unknown>, times = 1) => {
    const { ms, block } = await watched(work);
    return { ms: ms / times, longestBlockMs: block, heapMiB: heap() - before };
  };
  switch (action) {
    case 'floor':
      return result(async () => holding.push(await readAndParse(path)));
    case 'filePerEntry':
      return result(async () => holding.push(await readFilePerEntry(path)));
    case 'open':
      return result(async () => {
        const { total } = await history.page();
        if (total !== count) throw new Error(`${total} entries in place of ${count}`);
      });
    case 'search': {
      await history.page();
      const find = async () => {
        const { total } = await history.page({ words: 'UNMISTAKABLE füchs', isKept: false });
        if (total === 0 || total >= count / 1000) throw new Error(`${total} entries found`);
      };
      const first = await result(find);
      return { ...first, againMs: (await watched(find)).ms };
    }
    case 'append':
    case 'appendToFull':
      await history.page();
      return result(async () => {
        for (let index = 0; index < appends; index++) await history.append(entryOf(count + index));
      }, appends);
    case 'writeFile':
      return result(async () => {
        for (let index = 0; index < appends; index++)
          await writeFile(join(path, `floor-${index}`), JSON.stringify(entryOf(count + index)));
      }, appends);
  }
}

console.log(JSON.stringify(await measure(task)));
