// The package has no types. Its start-up function is typed where it is used: emscripten.ts, jpegCodec.ts.
declare module '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs' {
  const factory: unknown;
  export { factory as default };
}
