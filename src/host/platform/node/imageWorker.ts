// The image thread of the Node host: dist/imageWorker.js. Reads the codecs beside the bundle and runs one job at a
// time; pixels leave by transfer.
import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { parentPort, workerData } from 'node:worker_threads';
import { isCodecError } from '../../../core/image/codecs/codecError.ts';
import { createWasmModules } from '../../../core/image/codecs/wasmModules.ts';
import { runImageJob } from '../../../core/image/imageJob.ts';
import type { AnswerMessage, JobMessage, ThreadData } from './imageMessages.ts';

const { wasmFiles } = workerData as ThreadData;
const modules = createWasmModules(async (name) => new Uint8Array(await readFile(wasmFiles[name] ?? name)));

const collectGarbage = findCollector();

async function answer({ job }: JobMessage): Promise<void> {
  try {
    const result = await runImageJob(job, modules, freeMemory);
    const pixels = result.format === 'raster' ? result.raster.data : result.bytes;
    send({ result }, pixels.buffer);
  } catch (error) {
    send({ failure: failureOf(error) });
  }
  // What this job leaves must not stand beside what the next one takes.
  await freeMemory();
}

/**
 * A codec's memory, several times the picture's, is free only when it is collected, which V8 lets wait until well
 * into the next step. What the codec's own promises hold goes with the second collection.
 */
async function freeMemory(): Promise<void> {
  collectGarbage();
  await setImmediate();
  collectGarbage();
}

/** The flag is global, so it is taken back at once. */
function findCollector(): () => void {
  try {
    setFlagsFromString('--expose-gc');
    return runInNewContext('gc') as () => void;
  } catch {
    return () => undefined;
  } finally {
    setFlagsFromString('--no-expose-gc');
  }
}

function failureOf(error: unknown): Extract<AnswerMessage, { failure: unknown }>['failure'] {
  const message = error instanceof Error ? error.message : String(error);
  if (isCodecError(error)) return { kind: 'codec', reason: error.reason, message };
  return { kind: error instanceof RangeError ? 'range' : 'other', message };
}

function send(message: AnswerMessage, transferred?: ArrayBuffer): void {
  parentPort?.postMessage(message, transferred ? [transferred] : []);
}

parentPort?.on('message', (message: JobMessage) => void answer(message));
