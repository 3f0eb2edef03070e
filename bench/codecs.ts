// npm run bench:codecs [-- --candidates <folder>]: time and memory of decoding, encoding and resizing pictures that
// this project draws, beside other libraries where the folder holds them. docs/codecs.md keeps the tables.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import codecFiles from '../scripts/codecFiles.json' with { type: 'json' };
import { fileOf } from '../test/support/drawnPictures.ts';
import type { CandidateName } from './codecs/candidates.ts';
import type { Measured, Task } from './codecs/measure.ts';
import { drawPicture, sides } from './codecs/picture.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { candidates: { type: 'string' } } });
const folder = values.candidates ?? root;
const packages = 'node_modules';
const runs = 3;
const sizes = Object.keys(sides).map(Number);

/** What each library would add to the package. */
const filesOf: Readonly<Record<CandidateName, readonly string[]>> = {
  'this project': Object.values(codecFiles).map((file) => join(root, packages, file)),
  jSquash: [...Object.values(codecFiles), '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'].map(
    (file) => join(folder, packages, file),
  ),
  'sharp (wasm32)': ['wasm', 'js'].map((ending) => {
    const lib = join(folder, packages, '@img/sharp-wasm32/lib');
    const { version } = readVersion(join(folder, packages, '@img/sharp-wasm32/package.json'));
    return join(lib, `sharp-wasm32-${version}.node.${ending}`);
  }),
  'wasm-vips': ['vips.wasm', 'vips-heif.wasm', 'vips-es6.js'].map((file) =>
    join(folder, packages, 'wasm-vips/lib', file),
  ),
};
const names = (Object.keys(filesOf) as CandidateName[]).filter((name) =>
  filesOf[name].every((file) => existsSync(file)),
);
const pictures = mkdtempSync(join(tmpdir(), 'codecs-'));

function readVersion(path: string): { readonly version: string } {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as { version: string }) : { version: '' };
}

function measure(task: Omit<Task, 'folder' | 'file'>): Measured | undefined {
  const file = join(pictures, `${task.megapixels}.${task.format}`);
  const script = join(import.meta.dirname, 'codecs/measure.ts');
  const flags = ['--expose-gc', '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON'];
  const args = [...flags, script, JSON.stringify({ ...task, folder, file } satisfies Task)];
  try {
    const all = Array.from({ length: runs }, () => {
      const printed = execFileSync(process.execPath, args, {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      return JSON.parse(printed) as Measured;
    });
    const middle = (of: (one: Measured) => number) =>
      all.map(of).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
    return { ms: middle(({ ms }) => ms), peakMiB: middle(({ peakMiB }) => peakMiB), bytes: all[0]!.bytes };
  } catch {
    return undefined;
  }
}

function cell(measured: Measured | undefined, megapixels: number, withBytes: boolean): string {
  if (!measured) return 'failed';
  const { ms, peakMiB, bytes } = measured;
  const [width, height] = sides[megapixels]!;
  const times = peakMiB / ((width * height * 4) / 1024 ** 2);
  const size = withBytes ? `, ${(bytes / 1000).toFixed(0)} kB` : '';
  return `${ms.toFixed(0)} ms, ${peakMiB.toFixed(0)} MiB (${times.toFixed(1)}×)${size}`;
}

const actions = [
  ...(['png', 'jpeg', 'webp', 'avif'] as const).map((format) => ({ action: 'decode' as const, format })),
  ...(['png', 'jpeg', 'webp'] as const).map((format) => ({ action: 'encode' as const, format })),
  { action: 'resize' as const, format: 'png' as const },
];

function table({ action, format }: (typeof actions)[number]): readonly string[] {
  const title =
    action === 'resize'
      ? 'Resize to 512 × 512'
      : `${action === 'decode' ? 'Decode' : 'Encode'} ${format.toUpperCase()}`;
  const rows = names.map((candidate) => {
    const cells = sizes.map((megapixels) =>
      cell(measure({ candidate, action, format, megapixels }), megapixels, action === 'encode'),
    );
    process.stderr.write('.');
    return `| ${[candidate, ...cells].join(' | ')} |`;
  });
  const heads = ['', ...sizes.map((size) => `${size} MP`)];
  return [`### ${title}`, '', `| ${heads.join(' | ')} |`, `|${' --- |'.repeat(heads.length)}`, ...rows, ''];
}

function weights(): readonly string[] {
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  const rows = names.map((name) => {
    const files = filesOf[name].map((file) => readFileSync(file));
    const sum = (of: (file: Buffer) => number) =>
      kilobytes(files.reduce((total, file) => total + of(file), 0));
    return `| ${name} | ${sum((file) => file.length)} | ${sum((file) => gzipSync(file, { level: 9 }).length)} |`;
  });
  return ['| | unpacked | zipped |', '| --- | --- | --- |', ...rows, ''];
}

for (const megapixels of sizes) {
  const drawn = drawPicture(megapixels);
  for (const format of ['png', 'jpeg', 'webp', 'avif'] as const) {
    writeFileSync(join(pictures, `${megapixels}.${format}`), await fileOf(drawn, format, 85));
  }
}
const measured = [
  `Node ${process.versions.node}, ${cpus().length} cores; medians of ${runs} runs, each in a process of its own and with all start-up in it. Memory is what the process held at its highest beyond what it held before there was a picture: the raster (width × height × 4 bytes, the unit of ×), the file, the codec's memory and the compiled code. Quality 85.`,
  '',
  ...weights(),
  ...actions.flatMap(table),
].join('\n');
rmSync(pictures, { recursive: true });
console.log(`\n${measured}`);
const path = join(root, 'docs/codecs.md');
const mark = '<!-- measured by npm run bench:codecs -->';
const [words = ''] = readFileSync(path, 'utf8').split(mark);
if (names.length > 1) writeFileSync(path, `${words}${mark}\n\n${measured}`);
