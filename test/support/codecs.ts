import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createWasmModules } from '../../src/core/image/codecs/wasmModules.ts';
import type { LoadWasm } from '../../src/core/image/codecs/wasmModules.ts';
import files from '../../scripts/codecFiles.json' with { type: 'json' };

const packages = join(import.meta.dirname, '../../node_modules');

/** Reads the codecs out of their packages, as esbuild.js copies them. */
export const loadWasm: LoadWasm = async (name) => new Uint8Array(await readFile(join(packages, files[name])));

/** The codecs, compiled once for all tests of a file. */
export const modules = createWasmModules(loadWasm);
