/** The WebAssembly files of the codecs, by the names under which esbuild.js copies them to dist/wasm. */
export const wasmFiles = {
  png: '@jsquash/png/codec/pkg/squoosh_png_bg.wasm',
  jpegDecode: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
  jpegEncode: '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm',
  webpDecode: '@jsquash/webp/codec/dec/webp_dec.wasm',
  webpEncode: '@jsquash/webp/codec/enc/webp_enc_simd.wasm',
  avifDecode: '@jsquash/avif/codec/dec/avif_dec.wasm',
  resize: '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm',
} as const;

export type WasmName = keyof typeof wasmFiles;

/** Reads one of them; rejects where it cannot. */
export type ReadWasm = (name: WasmName) => Promise<Uint8Array<ArrayBuffer>>;
