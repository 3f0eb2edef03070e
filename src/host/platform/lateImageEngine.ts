import type { ImageEngine, ImageJob } from '../../core/image/imageJob.ts';
import type { ExtensionFiles } from './platform.ts';

/** The image engine on the host's own thread; its code is evaluated, and its codecs are read, with the first job. */
export function createLateImageEngine({ read }: ExtensionFiles): ImageEngine {
  let engine: Promise<ImageEngine> | undefined;
  const load = async (): Promise<ImageEngine> => {
    const { createLocalImageEngine } = await import('../../core/image/localImageEngine.ts');
    return createLocalImageEngine(async (name) => new Uint8Array(await read(`dist/wasm/${name}.wasm`)));
  };
  return {
    run: async <Job extends ImageJob>(job: Job, signal: AbortSignal) =>
      (await (engine ??= load())).run(job, signal),
    dispose: () => void engine?.then((loaded) => loaded.dispose()),
  };
}
