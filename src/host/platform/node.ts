import { lookup } from 'node:dns/promises';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { type WasmName, wasmFiles } from '../../core/image/codecs/wasmFiles.ts';
import { decodeByBuffer } from './node/decodeByBuffer.ts';
import { createFileSink } from './node/fileSink.ts';
import { nodeFetch, publicFetch } from './node/nodeFetch.ts';
import { createPixelThread } from './node/pixelThread.ts';
import type { Platform } from './platform.ts';

/** The Node extension host: the only room with Node in it. */
export const platform: Platform = {
  host: 'node',
  environment: (name) => env[name],
  realPath: (fsPath) => realpath(fsPath),
  pixelEngine: ({ path }) => {
    const names = Object.keys(wasmFiles) as WasmName[];
    const wasm = Object.fromEntries(names.map((name) => [name, join(path, 'wasm', `${name}.wasm`)]));
    return createPixelThread({
      script: join(path, 'imageWorker.js'),
      wasm: wasm as Readonly<Record<WasmName, string>>,
    });
  },
  wirePorts: (folder) => ({ sink: createFileSink(folder), decodeBlock: decodeByBuffer }),
  patientFetch: nodeFetch,
  publicFetch,
  resolveHost: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};
