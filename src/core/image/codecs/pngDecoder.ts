import type { Raster } from '../raster.ts';
import { CodecError } from './codecError.ts';
import type { WasmModules } from './wasmModules.ts';
import { wasmApi } from './webAssembly.ts';
import type { WasmImports, WasmMemory, WasmModule } from './webAssembly.ts';

interface PngExports {
  readonly memory: WasmMemory;
  readonly __wbindgen_malloc: (length: number, alignment: number) => number;
  readonly decode: (at: number, length: number) => number;
}

/**
 * Decodes a PNG with the Rust crate `png` as @jsquash/png compiles it: 16 bits are cut to 8, palettes, greys and
 * `tRNS` become RGBA, colours stay as the file has them. The package's own start-up code keeps one instance for
 * ever, with its memory and after a trap; this one has an instance for each call.
 * @throws CodecError `damaged`
 */
export async function decodePng(bytes: Uint8Array, modules: WasmModules): Promise<Raster> {
  const module = await modules('pngDecoder');
  let raster: Raster | undefined;
  try {
    const memory = (): ArrayBuffer => png.memory.buffer;
    const instance = new wasmApi.Instance(
      module,
      importsOf(module, {
        // The pixels, on their way into a new ImageData.
        __wbg_newwithownedu8clampedarrayandsh: (at, length, width, height) => {
          raster = { width, height, data: new Uint8ClampedArray(memory(), at >>> 0, length).slice() };
          return 0;
        },
        __wbindgen_object_drop_ref: () => 0,
        __wbindgen_throw: () => {
          throw new CodecError('damaged', 'The PNG is damaged.');
        },
      }),
    );
    const png = instance.exports as unknown as PngExports;
    const at = png.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(memory()).set(bytes, at);
    png.decode(at, bytes.length);
  } catch {
    // Rust's panics are traps without words.
  }
  if (!raster) throw new CodecError('damaged', 'The PNG is damaged: it could not be decoded.');
  return raster;
}

type Import = (...values: [number, number, number, number]) => number;

/** The compiler ends the names of imports with a hash of its own; what is not needed traps. */
function importsOf(module: WasmModule, functions: Readonly<Record<string, Import>>): WasmImports {
  const imports: Record<string, Record<string, Import>> = {};
  for (const { module: space, name } of wasmApi.Module.imports(module)) {
    const known = Object.entries(functions).find(([start]) => name.startsWith(start));
    (imports[space] ??= {})[name] =
      known?.[1] ??
      (() => {
        throw new CodecError('damaged', `The decoder asked for ${name}.`);
      });
  }
  return imports;
}
