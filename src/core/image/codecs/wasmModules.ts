import { wasmApi } from './webAssembly.ts';
import type { WasmModule } from './webAssembly.ts';

/** The compiled codecs. `dist/wasm/<name>.wasm` holds each (esbuild.js copies them from their packages). */
export const wasmNames = [
  ...(['pngDecoder', 'jpegDecoder', 'webpDecoder', 'avifDecoder', 'jpegEncoder', 'webpEncoder'] as const),
] as const;
export type WasmName = (typeof wasmNames)[number];

/** How a host hands over a compiled codec: the file's bytes, or a module it compiled itself. */
export type LoadWasm = (name: WasmName) => Promise<Uint8Array<ArrayBuffer> | WasmModule>;

/** Gives a codec's module, compiled on first use. */
export type WasmModules = (name: WasmName) => Promise<WasmModule>;

/** Compiles each codec once. A load that failed is tried again by the next caller. */
export function createWasmModules(load: LoadWasm): WasmModules {
  const modules = new Map<WasmName, Promise<WasmModule>>();
  return (name) => {
    const known = modules.get(name);
    if (known) return known;
    const module = load(name).then((loaded) =>
      loaded instanceof wasmApi.Module ? loaded : wasmApi.compile(loaded),
    );
    modules.set(name, module);
    module.catch(() => modules.delete(name));
    return module;
  };
}
