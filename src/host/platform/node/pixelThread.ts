import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { wasmNames } from '../../../core/image/codecs/wasmModules.ts';
import {
  type PixelEngine,
  PixelError,
  type PixelResult,
  type PixelTask,
} from '../../../core/image/pixelTask.ts';
import { queue } from '../../../core/queue.ts';
import type { WasmPaths, WorkerAnswer } from './imageWorker.ts';

/** A thread that has nothing to do gives its memory back after so many milliseconds. */
const idleMs = 30_000;
/** No honest picture takes longer; one that was made to is given up. Milliseconds. */
const longestMs = 120_000;

/** What the thread is made of. */
export interface PixelThreadOptions {
  /** Path of the worker's script. */
  readonly script: string;
  readonly wasm: WasmPaths;
  /** Milliseconds for one task; for tests. */
  readonly longestMs?: number;
}

/**
 * Does tasks one after the other on a thread of its own. The thread starts with the first task; it is ended when it is idle,
 * when a task is cancelled or takes too long, and when it dies, and the next task gets a new one.
 */
export function createPixelThread(options: PixelThreadOptions): PixelEngine {
  const inTurn = queue();
  let worker: Worker | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(idle);
    const ended = worker;
    worker = undefined;
    // Its end is not waited for: nothing more is heard of it.
    void ended?.terminate();
  };
  return {
    run: (task, signal) =>
      unlessAborted(
        signal,
        inTurn(async () => {
          signal.throwIfAborted();
          clearTimeout(idle);
          worker ??= start(options);
          try {
            return await ask(worker, task, signal, options.longestMs ?? longestMs);
          } catch (thrown) {
            // A task that was refused leaves the thread as it was; anything else may not.
            if (!(thrown instanceof PixelError) || thrown.problem === 'failed') end();
            throw thrown;
          } finally {
            idle = setTimeout(end, idleMs);
            idle.unref();
          }
        }),
      ),
  };
}

/** A task that waits for its turn is given up at once; its turn finds it so. */
function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** The thread as it is packed. @param dist path of the folder of the bundles */
export function packedPixelThread(dist: string): PixelEngine {
  const wasm = Object.fromEntries(wasmNames.map((name) => [name, join(dist, 'wasm', `${name}.wasm`)]));
  return createPixelThread({ script: join(dist, 'imageWorker.js'), wasm: wasm as WasmPaths });
}

function start({ script, wasm }: PixelThreadOptions): Worker {
  const worker = new Worker(script, { workerData: wasm, stdout: true, stderr: true, name: 'imageWorker' });
  // It must not keep the process from ending; and once it is ended, nobody must be surprised by what it says.
  worker.unref();
  worker.on('error', () => undefined);
  return worker;
}

function ask(worker: Worker, task: PixelTask, signal: AbortSignal, mostMs: number): Promise<PixelResult> {
  return new Promise((resolve, reject) => {
    const onMessage = (answer: WorkerAnswer) => {
      if ('result' in answer) settle(() => resolve(answer.result));
      else settle(() => reject(new PixelError(answer.problem, answer.message)));
    };
    const fail = (message: string) => settle(() => reject(new PixelError('failed', message)));
    const onError = (error: Error) => fail(error.message);
    const onExit = (code: number) => fail(`the thread ended with ${code}`);
    const onAbort = () => settle(() => reject(signal.reason as Error));
    const timer = setTimeout(() => fail('it took too long'), mostMs);
    const settle = (act: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      act();
    };
    signal.addEventListener('abort', onAbort);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}
