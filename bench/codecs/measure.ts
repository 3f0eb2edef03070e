// One measurement in a process of its own: node bench/codecs/measure.ts '<Task as JSON>' prints a Measured.
import { readFileSync, writeFileSync } from 'node:fs';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { candidates } from './candidates.ts';
import type { CandidateName } from './candidates.ts';
import { drawPicture } from './picture.ts';

export interface Task {
  readonly candidate: CandidateName;
  /** Where the candidates' packages were installed. */
  readonly folder: string;
  readonly action: 'decode' | 'encode' | 'resize';
  readonly format: ImageFormat;
  readonly megapixels: number;
  /** The picture's file, for decoding. */
  readonly file: string;
}

export interface Measured {
  readonly ms: number;
  /** What the process held at its highest beyond what it held before there was a picture, in MiB. */
  readonly peakMiB: number;
  readonly bytes: number;
}

const status = (name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

async function measure({ candidate, folder, action, format, megapixels, file }: Task): Promise<Measured> {
  const library = await candidates[candidate](folder);
  globalThis.gc?.();
  // Linux: the peak begins anew.
  writeFileSync('/proc/self/clear_refs', '5');
  const before = status('VmRSS');
  const source = action === 'decode' ? new Uint8Array(readFileSync(file)) : drawPicture(megapixels);
  const start = performance.now();
  let bytes = 0;
  if (source instanceof Uint8Array) bytes = (await library.decode(source, format)).data.length;
  else if (action === 'resize') await library.resize(source, 512, 512);
  else bytes = (await library.encode(source, format as 'png' | 'jpeg' | 'webp')).length;
  const ms = performance.now() - start;
  return { ms, peakMiB: status('VmHWM') - before, bytes };
}

console.log(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '{}') as Task)));
// Some candidates leave threads behind.
process.exit(0);
