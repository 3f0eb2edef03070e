// npm run bench:references: finding images in a tree of 10,000 Markdown files beside merely reading the same files, the
// byte test by itself, parsing beside micromark, and what a document twice as long costs; all in this process.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { findImageReferences } from '../src/core/references/findImageReferences.ts';
import { mayHoldImages } from '../src/core/references/mayHoldImages.ts';

const count = 10_000;
const rounds = 5;
/** Every how many-th file has images: about as in the sources of documentation. */
const withImages = 8;

const words =
  'The quick fox jumps over [the lazy dog](dog.md) and `runs` on, past <https://a.example> and 1 < 2. ';

/** About 4 kB, as a page of documentation. */
function page(index: number): string {
  const front = `---\ntitle: Page ${index}\ntags: [a, b]\n---\n\n# Page ${index}\n\n`;
  const part = (section: number) =>
    `## Section ${section}\n\n${words.repeat(6)}\n\n- one\n- two **bold**\n\n\`\`\`js\nconst a = ${section};\n\`\`\`\n\n`;
  const body = Array.from({ length: 5 }, (_, section) => part(section));
  if (index % withImages === 0) body.splice(2, 0, `![Picture ${index}](images/${index}.png)\n\n`);
  return front + body.join('');
}

/** The median of the rounds, in milliseconds. */
async function measure(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!;
}

const line = (name: string, time: number, base: number, baseName: string) =>
  console.log(
    `${name.padEnd(44)} ${time.toFixed(0).padStart(7)} ms  ${(time / base).toFixed(2)} x ${baseName}`,
  );

const folder = mkdtempSync(join(tmpdir(), 'image-gateway-references-'));
try {
  const files = Array.from({ length: count }, (_, index) => join(folder, `${index}.md`));
  files.forEach((file, index) => writeFileSync(file, page(index)));
  const decoder = new TextDecoder();
  const scan = async (test: (bytes: Uint8Array) => Promise<number>): Promise<number> => {
    let found = 0;
    for (const file of files) found += await test(await readFile(file));
    return found;
  };
  const parse = async (bytes: Uint8Array) =>
    (await findImageReferences('markdown', decoder.decode(bytes))).length;
  let found = 0;

  const reading = await measure(() => scan(() => Promise.resolve(0)));
  const scanning = await measure(async () => {
    found = await scan((bytes) => (mayHoldImages(bytes, 'markdown') ? parse(bytes) : Promise.resolve(0)));
  });
  console.log(`${count} files of ${page(1).length} characters, ${found} images, medians of ${rounds}`);
  line('reading', reading, reading, 'reading');
  line('reading, byte test, parsing what may', scanning, reading, 'reading');
  line('reading, parsing all', await measure(() => scan(parse)), reading, 'reading');

  const bytes = await readFile(files[1]!);
  const text = decoder.decode(bytes);
  const times = (work: () => unknown) => async () => {
    for (let index = 0; index < 200; index++) await work();
  };
  const micromark = await measure(times(() => fromMarkdown(text)));
  line('micromark to mdast, 200 pages', micromark, micromark, 'micromark');
  line(
    'findImageReferences, 200 pages',
    await measure(times(() => findImageReferences('markdown', text))),
    micromark,
    'micromark',
  );
  line(
    'mayHoldImages, 200 pages',
    await measure(times(() => mayHoldImages(bytes, 'markdown'))),
    micromark,
    'micromark',
  );

  for (const unit of ['![](', '*a]', '> ', '[a][b] ', '<a b={', words]) {
    const run = (length: number) =>
      measure(() => findImageReferences('mdx', unit.repeat(length / unit.length)));
    const half = await run(200_000);
    line(`400 kB of ${JSON.stringify(unit.slice(0, 20))}`, await run(400_000), half, '200 kB');
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
