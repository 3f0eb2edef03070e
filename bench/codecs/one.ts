// node bench/codecs/one.ts <library> <picture> <width>: one task in a process of its own; prints milliseconds and the most
// memory above what the process had before, as JSON. Candidates that the project does not use are looked for in the folder
// that CANDIDATES names.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { createCodecs } from '../../test/support/pixels.ts';

const [library = '', picture = '', width = '0'] = process.argv.slice(2);
const bytes = new Uint8Array(await readFile(picture));
const target = Number(width);

/** A picture to WebP of another width, quality 90; resolves with the bytes' length. */
type Task = () => Promise<number>;

const libraries: Readonly<Record<string, () => Promise<Task>>> = {
  squoosh: () => {
    const codecs = createCodecs();
    return Promise.resolve(async () => {
      const { bytes: made } = await workOn(
        {
          bytes,
          fit: {
            size: { width: target, height: Math.round((target * 3) / 4) },
            focalPoint: { x: 0.5, y: 0.5 },
          },
          output: { format: 'webp', quality: 90 },
        },
        codecs,
      );
      return made?.length ?? 0;
    });
  },
  'wasm-vips': async () => {
    const vips = await (candidate('wasm-vips') as (options: object) => Promise<Vips>)({
      dynamicLibraries: [],
    });
    return () => {
      const image = vips.Image.thumbnailBuffer(bytes, target);
      return Promise.resolve(image.webpsaveBuffer({ Q: 90 }).length);
    };
  },
  'sharp (wasm32)': () => {
    const sharp = candidate('sharp') as (bytes: Uint8Array) => Sharp;
    return Promise.resolve(
      async () => (await sharp(bytes).resize(target).webp({ quality: 90 }).toBuffer()).length,
    );
  },
};

interface Vips {
  readonly Image: {
    thumbnailBuffer(bytes: Uint8Array, width: number): { webpsaveBuffer(options: object): Uint8Array };
  };
}
interface Sharp {
  resize(width: number): Sharp;
  webp(options: object): Sharp;
  toBuffer(): Promise<Uint8Array>;
}

function candidate(name: string): unknown {
  const from = createRequire(join(process.env['CANDIDATES'] ?? '', 'package.json'));
  return from(name) as unknown;
}

const task = await libraries[library]!();
const before = process.memoryUsage.rss();
const began = performance.now();
const length = await task();
const milliseconds = performance.now() - began;
// In kilobytes on Linux.
const mostBytes = process.resourceUsage().maxRSS * 1024 - before;
console.log(JSON.stringify({ milliseconds, mostBytes, length }));
process.exit();
