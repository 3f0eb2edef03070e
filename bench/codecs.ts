// npm run bench:codecs: what decoding, scaling and encoding a picture takes with the codecs of this extension, for 1, 4 and
// 24 megapixels of PNG and JPEG, and with the candidates that were not taken, where CANDIDATES names a folder that has them
// (npm install wasm-vips sharp @img/sharp-wasm32, and SHARP_FORCE... is set here). Writes docs/codecs-bench.md.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCodecs, paint, randomNumbers } from '../test/support/pixels.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const rounds = 3;
/** 4:3, in pixels. */
const widths = { 1: 1154, 4: 2309, 24: 5656 } as const;
const libraries =
  process.env['CANDIDATES'] === undefined ? ['squoosh'] : ['squoosh', 'wasm-vips', 'sharp (wasm32)'];

interface Measured {
  readonly milliseconds: number;
  readonly mostBytes: number;
}

async function measure(library: string, picture: string, target: number): Promise<Measured | undefined> {
  const results: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    try {
      const script = join(import.meta.dirname, 'codecs', 'one.ts');
      const flags = [
        '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
        script,
        library,
        picture,
        String(target),
      ];
      const { stdout } = await run(process.execPath, flags);
      results.push(JSON.parse(stdout) as Measured);
    } catch (error) {
      console.error(
        `${library}: ${
          String((error as { stderr?: string }).stderr ?? error)
            .split('\n')
            .find((line) => line.includes('Error')) ?? 'failed'
        }`,
      );
      return undefined;
    }
  }
  return results.sort((a, b) => a.milliseconds - b.milliseconds)[Math.floor(rounds / 2)];
}

/** Soft shapes with a little noise, as models paint them. */
async function draw(width: number, format: 'png' | 'jpeg'): Promise<Uint8Array> {
  const random = randomNumbers(width);
  const height = Math.round((width * 3) / 4);
  const picture = paint(width, height, (x, y) => {
    const noise = random() * 8;
    return [
      127 + 100 * Math.sin(x / 90) + noise,
      127 + 100 * Math.cos(y / 70) + noise,
      (255 * x) / width,
      255,
    ];
  });
  return createCodecs().encode(picture, format, 90);
}

const folder = await mkdtemp(join(tmpdir(), 'codecs-'));
const rows: string[] = [];
try {
  for (const [megapixels, width] of Object.entries(widths)) {
    for (const format of ['png', 'jpeg'] as const) {
      const path = join(folder, `${megapixels}.${format}`);
      await writeFile(path, await draw(width, format));
      const decoded = width * Math.round((width * 3) / 4) * 4;
      let floor: number | undefined;
      for (const library of libraries) {
        const result = await measure(library, path, Math.round(width / 2));
        if (result === undefined) continue;
        floor ??= result.milliseconds;
        const row = `| ${megapixels} | ${format.toUpperCase()} | ${library} | ${result.milliseconds.toFixed(0)} | ${(result.milliseconds / floor).toFixed(2)} | ${(result.mostBytes / 1e6).toFixed(0)} | ${(result.mostBytes / decoded).toFixed(1)} |`;
        console.log(row);
        rows.push(row);
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const table = [
  '# What the codecs take',
  '',
  `A picture is decoded, scaled to half its width and written as WebP (quality 90). Medians of ${rounds}, each in a process of its own, Node ${process.version}, ${cpus().length} cores. Memory is the most that the process had above what it had before. Made by \`npm run bench:codecs\`.`,
  '',
  '| megapixels | from | library | ms | × squoosh | MB at most | × decoded picture |',
  '|---:|---|---|---:|---:|---:|---:|',
  ...rows,
  '',
];
await writeFile(join(root, 'docs', 'codecs-bench.md'), table.join('\n'));
