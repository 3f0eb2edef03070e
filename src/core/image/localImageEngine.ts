import { createWasmModules } from './codecs/wasmModules.ts';
import type { LoadWasm } from './codecs/wasmModules.ts';
import { runImageJob } from './imageJob.ts';
import type { ImageEngine, ImageJob, ImageJobResult } from './imageJob.ts';

/**
 * Runs jobs one after the other on the caller's own thread, for hosts without another. Between two steps of a job
 * others have their turn, and there it ends when aborted; a step itself cannot be interrupted.
 */
export function createLocalImageEngine(loadWasm: LoadWasm): ImageEngine {
  const modules = createWasmModules(loadWasm);
  const ended = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  return {
    run<Job extends ImageJob>(job: Job, signal: AbortSignal): Promise<ImageJobResult<Job>> {
      const either = AbortSignal.any([signal, ended.signal]);
      const checkpoint = async (): Promise<void> => {
        either.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, 0));
        either.throwIfAborted();
      };
      const result = last.then(async () => {
        await checkpoint();
        return runImageJob(job, modules, checkpoint);
      });
      last = result.catch(() => undefined);
      return result;
    },
    dispose: () => {
      ended.abort();
    },
  };
}
