// How long the search for missing images takes over a tree of 10,000 Markdown files, beside merely reading the same files.
import * as vscode from 'vscode';
import { FileLookup } from '../../../src/host/documents/fileLookup.ts';
import { findMissing } from '../../../src/host/documents/findMissing.ts';
import { workspaceUri } from '../../support/commandKit.ts';

const count = 10_000;
const inFolder = 50;
/** Every how many-th file has an image: about as in the sources of documentation. */
const withImages = 8;
const rounds = 5;
/** As the search reads. */
const readAtOnce = 16;

/** As `src/host/platform/node.ts` has it; what tests are bundled with leaves Node's modules out. */
const { lstat } = process.getBuiltinModule('node:fs').promises;
const sizeOfFile = async (path: string) => (await lstat(path)).size;

const words =
  'The quick fox jumps over [the lazy dog](dog.md) and `runs` on, past <https://a.example> and 1 < 2. ';

/** About 4 kB, as a page of documentation. */
function page(index: number): string {
  const part = (section: number) =>
    `## Section ${section}\n\n${words.repeat(6)}\n\n- one\n- two **bold**\n\n\`\`\`js\nconst a = ${section};\n\`\`\`\n\n`;
  const body = Array.from({ length: 5 }, (_, section) => part(section));
  if (index % withImages === 0) body.splice(2, 0, `![Picture ${index}](images/${index}.png)\n\n`);
  return `---\ntitle: Page ${index}\ntags: [a, b]\n---\n\n# Page ${index}\n\n${body.join('')}`;
}

async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += readAtOnce)
    await Promise.all(items.slice(at, at + readAtOnce).map(work));
}

const median = (times: readonly number[]) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;

/** The longest time between two turns of the event loop, in milliseconds. */
function watchTurns() {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

describe('bench', () => {
  const root = workspaceUri('tree');
  after(async () => {
    await vscode.workspace.fs.delete(root, { recursive: true });
  });

  it('10,000 Markdown files', async function () {
    this.timeout(600_000);
    const files = Array.from({ length: count }, (_, index) =>
      vscode.Uri.joinPath(root, String(Math.floor(index / inFolder)), `${index}.md`),
    );
    const encoder = new TextEncoder();
    await atOnce([...files.entries()], async ([index, uri]) =>
      vscode.workspace.fs.writeFile(uri, encoder.encode(page(index))),
    );
    const folder = vscode.workspace.getWorkspaceFolder(root)!;
    const reading: number[] = [];
    const searching: number[] = [];
    const firsts: number[] = [];
    let found = 0;
    let longest = 0;
    let longestRead = 0;
    // The first round warms both up.
    for (let round = 0; round <= rounds; round++) {
      const stopRead = watchTurns();
      const began = performance.now();
      await atOnce(files, async (uri) => vscode.workspace.fs.readFile(uri));
      const read = performance.now() - began;
      const readTurn = stopRead();
      const stop = watchTurns();
      const searched = performance.now();
      found = 0;
      let first = 0;
      const scope = { kind: 'folder', folder, below: root } as const;
      for await (const { missing } of findMissing(
        [scope],
        new FileLookup(sizeOfFile),
        new AbortController().signal,
      )) {
        if (found === 0) first = performance.now() - searched;
        found += missing.size === undefined ? 1 : 0;
      }
      const took = performance.now() - searched;
      const turn = stop();
      if (round === 0) continue;
      reading.push(read);
      searching.push(took);
      firsts.push(first);
      longest = Math.max(longest, turn);
      longestRead = Math.max(longestRead, readTurn);
    }
    const [read, searched] = [median(reading), median(searching)];
    this.test!.title +=
      `: ${found} missing, read in ${read.toFixed(0)} ms, searched in ${searched.toFixed(0)} ms` +
      ` (${(searched / read).toFixed(2)} x), first after ${median(firsts).toFixed(0)} ms,` +
      ` longest turn ${longest.toFixed(0)} ms (while reading ${longestRead.toFixed(0)} ms)`;
  });
});
