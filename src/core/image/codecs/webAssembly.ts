/** A compiled module. */
export type WasmModule = object;

/** A module with memory of its own. */
export interface WasmInstance {
  readonly exports: object;
}

/** As much of WebAssembly as is used here: Node's types leave it out. */
export const wasm = (
  globalThis as unknown as {
    readonly WebAssembly: {
      compile(bytes: Uint8Array<ArrayBuffer>): Promise<WasmModule>;
      readonly Instance: new (module: WasmModule, imports: object) => WasmInstance;
    };
  }
).WebAssembly;
