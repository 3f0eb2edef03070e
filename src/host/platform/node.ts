import { lookup } from 'node:dns/promises';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from 'node:process';
import { wasmNames } from '../../core/image/codecs/wasmModules.ts';
import { decodeByBuffer } from './node/decodeByBuffer.ts';
import { createFileSink } from './node/fileSink.ts';
import { createImageThread } from './node/imageThread.ts';
import { nodeFetch, publicFetch } from './node/nodeFetch.ts';
import type { CreateImageEngine, Platform } from './platform.ts';

/** The Node extension host: the only room with Node in it. */
export const platform: Platform = {
  host: 'node',
  environment: (name) => env[name],
  realPath: (fsPath) => realpath(fsPath),
  wirePorts: (folder) => ({ sink: createFileSink(folder), decodeBlock: decodeByBuffer }),
  patientFetch: nodeFetch,
  publicFetch,
  resolveHost: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};

/** Pictures on a thread of their own. */
export const createImageEngine: CreateImageEngine = ({ path }) =>
  createImageThread({
    worker: join(path, 'dist/imageWorker.js'),
    wasmFiles: Object.fromEntries(wasmNames.map((name) => [name, join(path, `dist/wasm/${name}.wasm`)])),
  });
