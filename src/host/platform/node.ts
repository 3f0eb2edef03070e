import { lookup } from 'node:dns/promises';
import { lstat, realpath } from 'node:fs/promises';
import { env } from 'node:process';
import { decodeByBuffer } from './node/decodeByBuffer.ts';
import { createFileSink } from './node/fileSink.ts';
import { nodeFetch, publicFetch } from './node/nodeFetch.ts';
import { packedPixelThread } from './node/pixelThread.ts';
import type { Platform } from './platform.ts';

/** The Node extension host: the only room with Node in it. */
export const platform: Platform = {
  host: 'node',
  environment: (name) => env[name],
  realPath: (fsPath) => realpath(fsPath),
  sizeOfFile: async (fsPath) => (await lstat(fsPath)).size,
  pixelEngine: ({ path }) => packedPixelThread(path),
  wirePorts: (folder) => ({ sink: createFileSink(folder), decodeBlock: decodeByBuffer }),
  patientFetch: nodeFetch,
  publicFetch,
  resolveHost: async (hostname) => (await lookup(hostname, { all: true })).map(({ address }) => address),
};
