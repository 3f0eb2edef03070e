// A thread of its own: pictures are decoded here, so that the extension host never stalls. It does one task at a time.
import { readFile } from 'node:fs/promises';
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

parentPort?.on('message', (task: PixelTask) => void answer(task));

async function answer(task: PixelTask): Promise<void> {
  try {
    const result = await workOn(task, modules);
    const own: WorkerAnswer = { result };
    parentPort?.postMessage(own, result.bytes ? [result.bytes.buffer as ArrayBuffer] : []);
  } catch (thrown) {
    const { problem = 'failed', message = '' } = thrown as { problem?: PixelProblem; message?: string };
    const own: WorkerAnswer = { problem, message };
    parentPort?.postMessage(own);
  }
}
