// npm run bench:history-page [-- --quick]: the real list of the panel's page in Chromium, over a real history of 2,000
// and 20,000 generations on the disk. docs/bench-history-page.md keeps the table.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, CDPSession } from 'playwright-core';
import { launchBrowser } from '../scripts/launchBrowser.ts';
import { rootDir } from '../scripts/paths.ts';
import { diskFolder } from '../test/support/diskFolder.ts';
import { type HistoryPageHarness, openHistoryPage } from '../test/support/historyPage.ts';
import { encode, paint } from '../test/support/pixels.ts';
import { entryOf, openHistory } from './history/store.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const runs = values.quick ? 1 : 3;
const counts = [2000, 20_000] as const;
const folder = mkdtempSync(join(tmpdir(), 'bench-history-page-'));

/** What one run measures; milliseconds where nothing else is said. */
interface Measured {
  /** Reading the journal and finding the first 50, without any page. */
  readonly opening: number;
  readonly firstRows: number;
  readonly firstThumbnails: number;
  readonly search: number;
  /** Frames of 16.7 ms that were missed while it scrolls as one reads, and of those of an empty page. */
  readonly droppedReading: number;
  readonly droppedEmpty: number;
  readonly framesReading: number;
  /** Dragged from the first row to the last in two seconds, and until the last is there. */
  readonly droppedDragging: number;
  readonly framesDragging: number;
  readonly lastRow: number;
  readonly thumbnails: number;
  readonly mostRows: number;
  readonly objectUrls: number;
  readonly nodes: number;
  readonly heapMB: number;
  /** All that the page's process holds for itself. */
  readonly processMB: number;
}

/** Generations with a thumbnail each, of some kB, as pictures have them. */
async function makeHistory(count: number): Promise<string> {
  const path = join(folder, String(count));
  const thumbnails = diskFolder(`${path}-thumbnails`);
  const pictures = await Promise.all(
    Array.from({ length: 12 }, (_, seed) => {
      const wave = (x: number, y: number, by: number) =>
        128 + 100 * Math.sin((x * by + y * (13 - by)) / 30 + seed);
      const noise = (x: number, y: number) => ((x * 7919 + y * 104_729 + seed) % 23) - 11;
      const raster = paint(256, 192, (x, y) => [
        wave(x, y, 3) + noise(x, y),
        wave(x, y, 7),
        wave(x, y, 11),
        255,
      ]);
      return encode(raster, 'webp', 80);
    }),
  );
  const history = openHistory(path, 2 * count);
  for (let index = 0; index < count; index++) {
    const entry = entryOf(index);
    const { id } = entry.pictures[0]!.thumbnail!;
    await thumbnails.write(id, pictures[index % pictures.length]!);
    await history.append(entry);
  }
  return path;
}

async function measure(browser: Browser, path: string, count: number): Promise<Measured> {
  const since = performance.now();
  await openHistory(path, 2 * count).page();
  const opening = performance.now() - since;
  // New: what is measured includes reading the journal.
  const history = openHistory(path, 2 * count);
  const harness = await openHistoryPage(browser, () => Promise.resolve(), {
    history,
    width: 1000,
    height: 800,
  });
  try {
    const { page, said } = harness;
    await page.getByRole('button', { name: 'History' }).waitFor();
    const session = await page.context().newCDPSession(page);
    await page.evaluate(inPage);
    const { firstRows, firstThumbnails } = await page.evaluate<Record<string, number>>('bench.open()');
    const empty = await page.evaluate<Scrolled>('bench.scroll(bench.emptyScroller(), 40, 300)');
    const reading = await page.evaluate<Scrolled>('bench.scroll(bench.scroller(), 40, 300)');
    const end = count * 50;
    const dragging = await page.evaluate<Scrolled>(`bench.scroll(bench.scroller(), ${end / 120}, 130)`);
    const lastRow = await page.evaluate<number>(`bench.until(() => bench.hasLast())`);
    const held = await memoryOf(session, browser);
    const search = await page.evaluate<number>(`bench.search('unmistakable', ${count / 1000})`);
    const rest = await page.evaluate<Record<string, number>>(
      '({ mostRows: bench.mostRows, objectUrls: bench.urls.size })',
    );
    if (harness.problems.length > 0) throw new Error(harness.problems.join('\n'));
    return {
      ...{ opening, firstRows: firstRows!, firstThumbnails: firstThumbnails!, search, lastRow },
      ...{ droppedReading: reading.dropped, framesReading: reading.frames, droppedEmpty: empty.dropped },
      ...{ droppedDragging: dragging.dropped, framesDragging: dragging.frames },
      ...{ mostRows: rest['mostRows']!, objectUrls: rest['objectUrls']!, thumbnails: fetched(said), ...held },
    };
  } finally {
    await harness.close();
  }
}

interface Scrolled {
  readonly frames: number;
  readonly dropped: number;
}

/** Runs in the page. */
const inPage = `window.bench = (() => {
  const frame = () => new Promise(requestAnimationFrame);
  const until = async (isSo) => {
    const since = performance.now();
    while (!isSo()) await frame();
    return performance.now() - since;
  };
  const urls = new Set();
  const [create, revoke] = [URL.createObjectURL.bind(URL), URL.revokeObjectURL.bind(URL)];
  URL.createObjectURL = (blob) => { const url = create(blob); urls.add(url); return url; };
  URL.revokeObjectURL = (url) => { urls.delete(url); revoke(url); };
  const rows = () => document.querySelectorAll('.history-entry');
  const bench = {
    urls, until, mostRows: 0,
    scroller: () => document.querySelector('.history-scroller'),
    emptyScroller: () => {
      const element = document.createElement('div');
      const inner = document.createElement('div');
      element.style.cssText = 'position:fixed;right:0;top:0;width:200px;height:600px;overflow:auto';
      inner.style.height = '1000000px';
      element.append(inner);
      document.body.append(element);
      return element;
    },
    open: async () => {
      const since = performance.now();
      document.querySelector('.history-button').click();
      const firstRows = await until(() => rows().length > 0);
      await until(() => { const img = rows()[0].querySelector('img'); return img && img.complete && img.naturalWidth > 0; });
      return { firstRows, firstThumbnails: performance.now() - since };
    },
    scroll: async (element, pixels, frames) => {
      let dropped = 0;
      let last = await frame();
      for (let count = 0; count < frames; count++) {
        element.scrollTop += pixels;
        const now = await frame();
        dropped += Math.max(0, Math.round((now - last) / (1000 / 60)) - 1);
        last = now;
        bench.mostRows = Math.max(bench.mostRows, rows().length);
      }
      if (element !== bench.scroller()) element.remove();
      return { frames, dropped };
    },
    hasLast: () => {
      const element = bench.scroller();
      element.scrollTop = element.scrollHeight;
      const last = [...rows()].at(-1);
      return last !== undefined && last.getAttribute('aria-posinset') === last.getAttribute('aria-setsize')
        && last.querySelector('img') !== null;
    },
    search: async (words, wanted) => {
      const box = document.querySelector('.history-search');
      const since = performance.now();
      box.value = words;
      box.dispatchEvent(new InputEvent('input'));
      await until(() => rows().length > 0 && rows().length === Math.min(wanted, rows().length)
        && Number(rows()[0].getAttribute('aria-setsize')) === wanted);
      return performance.now() - since;
    },
  };
  return bench;
})()`;

function fetched(said: HistoryPageHarness['said']): number {
  return said.reduce(
    (sum, one) =>
      one.type === 'history' && one.message.type === 'thumbnails' ? sum + one.message.pictureIds.length : sum,
    0,
  );
}

async function memoryOf(session: CDPSession, browser: Browser) {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? NaN;
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateMB(id));
  return { nodes: metric('Nodes'), heapMB: metric('JSHeapUsedSize') / 1e6, processMB: Math.max(...sizes) };
}

/** What a process has for itself, as Linux counts it; NaN elsewhere. */
function privateMB(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const kB = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB/gm)].map(([, size]) => Number(size));
    return kB.reduce((sum, one) => sum + one, 0) / 1000;
  } catch {
    return NaN;
  }
}

function median(all: readonly Measured[], of: (one: Measured) => number): number {
  return all.map(of).sort((a, b) => a - b)[Math.floor(all.length / 2)]!;
}

const tables = await Promise.all(counts.map(makeHistory));
const columns: Measured[][] = [];
for (const [index, count] of counts.entries()) {
  const all: Measured[] = [];
  for (let run = 0; run < runs; run++) {
    // Each in a browser of its own: nothing is warm.
    const browser = await launchBrowser();
    all.push(await measure(browser, tables[index]!, count));
    await browser.close();
    process.stderr.write('.');
  }
  columns.push(all);
}
rmSync(folder, { recursive: true });

const row = (name: string, of: (one: Measured) => number, digits = 0) =>
  `| ${[name, ...columns.map((all) => median(all, of).toFixed(digits))].join(' | ')} |`;
const load = `Other work went on here: a load of ${loadavg()[1]!.toFixed(0)} on ${cpus().length} cores.`;
const text = [
  '# The list of the history, with 2,000 and 20,000 generations',
  '',
  `\`npm run bench:history-page\` on Node ${process.versions.node}, ${cpus().length} cores, headless Chromium without a graphics card. Medians of ${runs} runs, each in a browser of its own: the real page under its real policy, the real desk over a real history on the disk, opened anew for each run. Messages travel over the browser's debugging connection, which is slower than the editor's own. Frames are counted against 60 a second; an empty box that is scrolled beside them says what this machine drops anyway. ${load}`,
  '',
  `| | ${counts.map((count) => `${count.toLocaleString('en')} generations`).join(' | ')} |`,
  '| --- | --- | --- |',
  row('opening the history in the host, without a page, ms', ({ opening }) => opening),
  row('from the click to the first rows, that included, ms', ({ firstRows }) => firstRows),
  row('from the click to their thumbnails, ms', ({ firstThumbnails }) => firstThumbnails),
  row('from the last key of a search to its rows, ms (200 of them are waited)', ({ search }) => search),
  row(
    'frames dropped of 300 while scrolling as one reads (2,400 px/s)',
    ({ droppedReading }) => droppedReading,
  ),
  row('frames dropped of 300 by an empty box', ({ droppedEmpty }) => droppedEmpty),
  row(
    'frames dropped of 130 while dragging from the first row to the last',
    ({ droppedDragging }) => droppedDragging,
  ),
  row('from the end of dragging to the last row with its thumbnail, ms', ({ lastRow }) => lastRow),
  row('thumbnails fetched', ({ thumbnails }) => thumbnails),
  row('most rows on the page', ({ mostRows }) => mostRows),
  row('object URLs held', ({ objectUrls }) => objectUrls),
  row('DOM nodes', ({ nodes }) => nodes),
  row('JavaScript heap, MB', ({ heapMB }) => heapMB, 1),
  row("private memory of the page's process, MB", ({ processMB }) => processMB),
  '',
].join('\n');
console.log(`\n${text}`);
if (!values.quick) writeFileSync(join(rootDir, 'docs/bench-history-page.md'), text);
