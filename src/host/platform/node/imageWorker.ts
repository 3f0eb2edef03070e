// A thread of its own: pictures are decoded here, so that the extension host never stalls. It does one task at a time.
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { createWasmModules, type WasmName } from '../../../core/image/codecs/wasmModules.ts';
import type { PixelProblem, PixelResult, PixelTask } from '../../../core/image/pixelTask.ts';
import { workOn } from '../../../core/image/pixelWork.ts';

/** Where the codecs' files are. */
export type WasmPaths = Readonly<Record<WasmName, string>>;

/** What the thread answers a task with. */
export type WorkerAnswer =
  { readonly result: PixelResult } | { readonly problem: PixelProblem; readonly message: string };

const paths = workerData as WasmPaths;
const modules = createWasmModules(async (name) => new Uint8Array(await readFile(paths[name])));

const collectGarbage = findCollector();

parentPort?.on('message', (task: PixelTask) => void answer(task));

async function answer(task: PixelTask): Promise<void> {
  try {
    const result = await workOn(task, modules, freeMemory);
    const own: WorkerAnswer = { result };
    parentPort?.postMessage(own, result.bytes ? [result.bytes.buffer as ArrayBuffer] : []);
  } catch (thrown) {
    const { problem = 'failed', message = '' } = thrown as { problem?: PixelProblem; message?: string };
    const own: WorkerAnswer = { problem, message };
    parentPort?.postMessage(own);
  }
  // What this task leaves must not stand beside what the next one takes.
  await freeMemory();
}

/**
 * A codec's memory, several times the picture's, is free only when it is collected, which V8 lets wait until well
 * into the next step. What the codec's own promises hold goes with the second collection.
 */
async function freeMemory(): Promise<void> {
  collectGarbage();
  await setImmediate();
  collectGarbage();
}

/** The flag is global, so it is taken back at once. */
function findCollector(): () => void {
  try {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as () => void;
  } catch {
    return () => undefined;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}
