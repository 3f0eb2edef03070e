import { CodecError } from './codecError.ts';
import { wasmApi } from './webAssembly.ts';
import type { WasmImports, WasmInstance, WasmMemory, WasmModule } from './webAssembly.ts';

/** What the codecs' start-up functions (made by Emscripten) take and give; the packages' types leave it open. */
export type CodecFactory<Exports> = (options: {
  readonly noInitialRun: boolean;
  readonly instantiateWasm: (
    imports: WasmImports,
    callback: (instance: WasmInstance) => void,
  ) => WasmInstance['exports'];
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly quit: (status: number, error: unknown) => never;
}) => Promise<Exports>;

const pageLength = 0x10000;

/** What the decoders put their pixels into. */
class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;

  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

/**
 * Node has no ImageData. The packages' start-up code would make up one that holds on to the first codec's memory
 * and last pixels for ever.
 */
function provideImageData(): void {
  (globalThis as { ImageData?: unknown }).ImageData ??= Pixels;
}

/**
 * Calls a codec in an instance of its own, which is then dropped: linear memory never shrinks, and after a
 * trap nothing in it can be relied on.
 * @param factory the start-up function of the codec's package
 * @param memoryLimit bytes that the codec's linear memory may grow to
 * @param use calls the codec; `printed` are the lines that it wrote so far, at most 20
 * @throws CodecError `tooLarge` where the memory did not suffice, else `damaged` whatever the codec threw
 */
export async function callCodec<Exports, Result>(
  factory: CodecFactory<Exports>,
  module: WasmModule,
  memoryLimit: number,
  use: (codec: Exports, printed: readonly string[]) => Result,
): Promise<Result> {
  provideImageData();
  const printed: string[] = [];
  const print = (line: string): void => {
    if (printed.length < 20) printed.push(line.slice(0, 200));
  };
  const state = { wasFull: false };
  try {
    const codec = await factory({
      noInitialRun: true,
      instantiateWasm: (imports, callback) => {
        const instance = new wasmApi.Instance(module, imports);
        for (const memory of Object.values(instance.exports)) {
          if (memory instanceof wasmApi.Memory)
            limitGrowth(memory, memoryLimit, () => (state.wasFull = true));
        }
        callback(instance);
        return instance.exports;
      },
      print,
      printErr: print,
      quit: (_status, error) => {
        throw error;
      },
    });
    return use(codec, printed);
  } catch (error) {
    if (error instanceof CodecError) throw error;
    if (state.wasFull || error instanceof RangeError) {
      throw new CodecError('tooLarge', 'The picture needs more memory than it is given.');
    }
    throw new CodecError('damaged', 'The picture is damaged: its decoder gave up.');
  }
}

/** Emscripten's allocator grows the memory through this object and reads a throw as "no memory". */
function limitGrowth(memory: WasmMemory, limit: number, whenFull: () => void): void {
  const grow = memory.grow.bind(memory);
  memory.grow = (pages) => {
    if (memory.buffer.byteLength + pages * pageLength > limit) {
      whenFull();
      throw new RangeError('memory limit');
    }
    return grow(pages);
  };
}
