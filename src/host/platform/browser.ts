import { queue } from '../../core/queue.ts';
import type { PixelTask } from '../../core/image/pixelTask.ts';
import type { Platform } from './platform.ts';

/** The browser (web worker) extension host: no environment, no real paths, no name look-ups, no threads. */
export const platform: Platform = {
  host: 'browser',
  environment: () => undefined,
  pixelEngine: ({ read }) => {
    const inTurn = queue();
    // Loaded with the first picture that needs it.
    const load = async () => {
      const [{ workOn }, { createWasmModules }] = await Promise.all([
        import('../../core/image/pixelWork.ts'),
        import('../../core/image/codecs/wasmModules.ts'),
      ]);
      const modules = createWasmModules(async (name) => new Uint8Array(await read(`wasm/${name}.wasm`)));
      return (task: PixelTask, signal: AbortSignal) =>
        // Between the steps cancelling has its chance.
        workOn(task, modules, () => {
          signal.throwIfAborted();
          return Promise.resolve();
        });
    };
    let work: ReturnType<typeof load> | undefined;
    return {
      run: (task, signal) =>
        inTurn(async () => {
          signal.throwIfAborted();
          work ??= load();
          // What could not be read now may be readable later.
          const run = await work.catch((thrown: unknown) => {
            work = undefined;
            throw thrown;
          });
          const result = await run(task, signal);
          signal.throwIfAborted();
          return result;
        }),
    };
  },
};
