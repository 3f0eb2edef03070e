import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { HistoryEntry } from '../../src/core/history/entry.ts';
import { History } from '../../src/core/history/history.ts';
import { entryLine, readJournal } from '../../src/core/history/journalFile.ts';
import { mergeEntries } from '../../src/core/history/mergeEntries.ts';
import { parseEntry } from '../../src/core/history/parseEntry.ts';
import { newOriginalId } from '../../src/core/originals/original.ts';
import { diskFolder } from '../support/diskFolder.ts';
import { journalFiles, newEntry, newPicture, openHistory, ticking } from '../support/historyKit.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 10, 21);
const fileName = (time = start) => `${newOriginalId(time)}.jsonl`;
const kept = { saved: 'file:///w/images/fox.png' };

function entryOf(prompt: string, members: object = {}): HistoryEntry {
  const pictures = [{ ...newPicture(), changedAt: start }];
  return parseEntry({ ...newEntry(), id: newOriginalId(start), prompt, pictures, ...members })!;
}

describe('5.4 the store of the history', () => {
  let path: string;
  const put = async (text: string, name = fileName()) => {
    await mkdir(join(path, 'journal'), { recursive: true });
    await writeFile(join(path, 'journal', name), text);
    return name;
  };
  const prompts = async (history = openHistory(path).history) =>
    (await history.page({ limit: 200 })).entries.map(({ prompt }) => prompt).sort();
  beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'history-'))));
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('5.4 is shared by windows that write at once: each sees what the other did, and nothing is lost', async () => {
    const now = ticking();
    const windows = [openHistory(path, undefined, now), openHistory(path, undefined, now)];
    await Promise.all(
      windows.flatMap(({ history }, window) =>
        Array.from({ length: 150 }, (_, index) =>
          history.append(newEntry({ prompt: `fox ${index} of ${window}` })),
        ),
      ),
    );
    for (const { history } of windows) {
      await history.refresh();
      assert.equal((await history.page()).total, 300);
    }
    assert.equal((await openHistory(path).history.page()).total, 300);
    assert.equal(await windows[0]?.history.refresh(), false);
  });

  it('5.4 joins what two windows say of the pictures of one entry, and kept wins over discarded', async () => {
    const now = ticking();
    const [one, other] = [
      openHistory(path, undefined, now).history,
      openHistory(path, undefined, now).history,
    ];
    const { entry } = await one.append(newEntry({ pictures: [newPicture(), newPicture(), newPicture()] }));
    await Promise.all([
      other.keep(entry.id, 0, kept),
      one.discard(entry.id, 0),
      one.keep(entry.id, 1, kept),
      other.discard(entry.id, 2),
    ]);
    const again = await openHistory(path).history.entry(entry.id);
    assert.deepEqual(
      again?.pictures.map(({ state }) => state),
      ['kept', 'kept', 'discarded'],
    );
  });

  it('5.4 merges to the same, in whichever order and however often files are read', () => {
    const id = newOriginalId(start);
    const ids = [start, start + 1, start + 2].map(newOriginalId);
    const picture = fc
      .record({
        state: fc.constantFrom('draft' as const, 'kept' as const, 'discarded' as const),
        changedAt: fc.integer({ min: 0, max: 3 }),
        thumbnail: fc.constantFrom(undefined, ...ids.map((one) => ({ id: `${one}.webp`, byteLength: 3 }))),
      })
      .map(({ thumbnail, ...members }) => ({
        ...newPicture({ originalId: id, ...(members.state === 'kept' && kept) }),
        ...members,
        ...(thumbnail && { thumbnail }),
      }));
    const entry = fc
      .tuple(fc.array(picture, { maxLength: 3 }), fc.integer({ min: 0, max: 3 }))
      .map(([pictures, changedAt]) => entryOf('fox', { id, changedAt, pictures }));
    fc.assert(
      fc.property(entry, entry, entry, (a, b, c) => {
        assert.deepEqual(mergeEntries(a, b), mergeEntries(b, a));
        assert.deepEqual(mergeEntries(mergeEntries(a, b), c), mergeEntries(a, mergeEntries(b, c)));
        assert.deepEqual(mergeEntries(a, a), a);
      }),
    );
  });

  it('5.4 keeps a picture kept that a window discarded later, which had not heard of it', () => {
    const id = newOriginalId(start);
    const entry = (state: 'kept' | 'discarded', changedAt: number) =>
      entryOf('fox', {
        id,
        pictures: [{ ...newPicture({ ...(state === 'kept' && kept) }), state, changedAt }],
      });
    const { pictures } = mergeEntries(entry('kept', 1), entry('discarded', 2));
    assert.deepEqual([pictures[0]?.state, pictures[0]?.saved], ['kept', kept.saved]);
  });

  it('5.4 takes the last word also where the clock went back', async () => {
    let time = start;
    const { history } = openHistory(path, undefined, () => time);
    const { entry } = await history.append(newEntry());
    time -= day;
    await history.discard(entry.id, 0);
    assert.equal((await openHistory(path).history.entry(entry.id))?.pictures[0]?.state, 'discarded');
  });

  it('5.4 keeps an entry removed that another window still changes', async () => {
    const now = ticking();
    const [one, other] = [
      openHistory(path, undefined, now).history,
      openHistory(path, undefined, now).history,
    ];
    const { entry } = await one.append(newEntry());
    await other.refresh();
    await Promise.all([one.remove([entry.id]), other.keep(entry.id, 0, kept)]);
    assert.equal((await openHistory(path).history.page()).total, 0);
  });

  it('5.4 forgets that an entry was removed once nothing can bring it back', async () => {
    let time = start;
    const { history } = openHistory(path, undefined, () => (time += 1000));
    const { entry } = await history.append(newEntry());
    await history.remove([entry.id]);
    assert.match([...(await journalFiles(path)).values()].join(''), /removed/);
    time += 2 * day;
    for (let index = 0; index < 70; index++) await history.append(newEntry());
    assert.doesNotMatch([...(await journalFiles(path)).values()].join(''), /removed/);
  });

  it('5.4 loses a damaged line and no more, wherever it is cut or overwritten', async () => {
    const lines = ['one', 'two', 'three'].map((prompt) => entryLine(entryOf(prompt)));
    const text = lines.join('');
    await put(lines[0]! + '{"v":1,"entry":{"id":7}}\n\u0000\u0000\n' + lines[1]! + lines[2]!.slice(0, 90));
    assert.deepEqual(await prompts(), ['one', 'two']);
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += 7) {
      const { entries } = readJournal(bytes.map((byte, index) => (index === at ? 0xff : byte)));
      // A line break that is overwritten makes one line of two.
      assert.ok(entries.length >= (bytes[at] === 10 ? 1 : 2), String(at));
      const whole = readJournal(bytes.subarray(0, at)).entries.length;
      assert.equal(whole, bytes.subarray(0, at).filter((byte) => byte === 10).length);
    }
  });

  it('5.4 reads a file once it is all there that another window was writing', async () => {
    const { history } = openHistory(path);
    const [one, two] = [entryLine(entryOf('one')), entryLine(entryOf('two'))];
    const name = await put(one + two.slice(0, 50));
    assert.deepEqual(await prompts(history), ['one']);
    await put(one + two, name);
    assert.equal(await history.refresh(), true);
    assert.deepEqual(await prompts(history), ['one', 'two']);
  });

  it('5.4 leaves the files of a later version as they are, whatever is done to the rest', async () => {
    const later = '{"v":2,"entry":{"id":"x","prompt":"of the future"}}\n';
    const text = later + entryLine(entryOf('mine'));
    const name = await put(text);
    let time = start + 10 * day;
    const { history } = openHistory(path, undefined, () => (time += 1000));
    for (let index = 0; index < 100; index++) await history.append(newEntry({ prompt: 'fox' }));
    await history.remove((await history.page({ words: 'mine' })).entries.map(({ id }) => id));
    assert.equal(await readFile(join(path, 'journal', name), 'utf8'), text);
    assert.equal((await openHistory(path).history.page()).total, 100);
  });

  it('5.4 survives the death of its process right after an entry was written', async () => {
    const child = spawn(process.execPath, [
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      join(import.meta.dirname, '../support/appendAndHang.ts'),
      path,
    ]);
    const count = await saidCount(child);
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.ok((await prompts()).length >= Math.min(count, 200), String(count));
  });

  it('5.4 never throws at what stands in its folder, and goes on', async () => {
    const hostile = {
      id: newOriginalId(start),
      changedAt: 8.64e15,
      prompt: 'x'.repeat(40_000),
      parameters: {
        n: 99,
        size: 'huge',
        extraBody: { a: 1 },
        __proto__: { n: 1 },
        references: [1, '../../x'],
      },
      receipt: Array.from({ length: 50 }, () => ({ topic: 'size', asked: 'y'.repeat(999) })),
      notices: [{ code: 'invented', message: 'x' }, null],
      cost: { amount: '1e9', currency: 'USD' },
      pictures: [
        {
          ...newPicture({ originalId: '../../../etc/passwd' }),
          changedAt: 8.64e15,
          thumbnail: { id: '../x.webp', byteLength: 5 },
        },
      ],
    };
    await put(`${JSON.stringify({ v: 1, entry: hostile })}\n`);
    await put('{"v":1,"removed":"../../x","at":1}\n[]\nnull\n7\n"x"\n{"v":"1"}\n');
    await put('['.repeat(200_000) + '\n');
    await put('{"v":1,"entry":'.repeat(1000));
    await put('', fileName(35 ** 9));
    await put('', 'desktop.ini');
    await mkdir(join(path, 'journal', fileName()));
    const { history } = openHistory(path);
    const [entry] = (await history.page()).entries;
    assert.equal(entry?.prompt.length, 32_000);
    assert.deepEqual([entry.parameters, entry.notices, 'cost' in entry], [{}, [], false]);
    assert.deepEqual(
      entry.receipt.map(({ asked }) => asked.length),
      Array.from({ length: 7 }, () => 200),
    );
    assert.deepEqual(Object.keys(entry.pictures[0] ?? {}).sort(), [
      'changedAt',
      'height',
      'mediaType',
      'sha256',
      'state',
      'width',
    ]);
    await history.append(newEntry());
    assert.equal((await history.keep(entry.id, 0, kept))?.id, entry.id);
    await history.remove([entry.id]);
    assert.equal((await openHistory(path).history.page()).total, 1);
  });

  it('5.4 takes no entry with a picture that is none: kept without a file, of no size, of no format', () => {
    const parsed = (members: object) =>
      parseEntry({
        ...newEntry(),
        id: newOriginalId(start),
        pictures: [{ ...newPicture(), changedAt: 1, ...members }],
      });
    assert.ok(parsed({}));
    for (const members of [
      { state: 'kept' },
      { state: 'draft', ...kept },
      { state: 'kept', saved: 'no uri' },
      { state: 'kept', saved: 'file:///w/a\nb.png' },
      { state: 'sold' },
      { width: 0 },
      { height: 1.5 },
      { mediaType: 'text/html' },
      { sha256: 'x' },
      { changedAt: 1e300 },
    ])
      assert.equal(parsed(members), undefined, JSON.stringify(members));
  });

  it('5.4 fuzz: whatever a line holds, what is read of it can be written and read again', () => {
    const members = [
      'id',
      'changedAt',
      'prompt',
      'parameters',
      'receipt',
      'cost',
      'notices',
      'pictures',
    ] as const;
    fc.assert(
      fc.property(fc.subarray([...members]), fc.jsonValue({ maxDepth: 4 }), (names, value) => {
        const valid = {
          ...newEntry(),
          id: newOriginalId(start),
          pictures: [{ ...newPicture(), changedAt: 1 }],
        };
        const read = parseEntry({ ...valid, ...Object.fromEntries(names.map((name) => [name, value])) });
        if (read === undefined) return;
        const [again] = readJournal(new TextEncoder().encode(entryLine(read))).entries;
        // JSON knows no -0.
        assert.deepEqual(again?.entry, JSON.parse(JSON.stringify(read)));
      }),
      { numRuns: 500 },
    );
  });

  it('5.4 reads no more than twice its bound, and no single file that is none of its own', async () => {
    const bounds = { entries: 10_000, textBytes: 50_000, thumbnailBytes: 1e6 };
    for (let file = 0; file < 40; file++)
      await put(Array.from({ length: 20 }, () => entryLine(entryOf('fox'))).join(''));
    let bytesRead = 0;
    const folder = diskFolder(join(path, 'journal'));
    const counting = {
      ...folder,
      read: async (name: string) => {
        const bytes = await folder.read(name);
        bytesRead += bytes.length;
        return bytes;
      },
    };
    const parts = {
      journal: counting,
      thumbnails: diskFolder(join(path, 't')),
      discardOriginals: () => Promise.resolve(),
    };
    const history = new History(parts, bounds, ticking());
    const { total } = await history.page();
    assert.ok(total >= 100 && total <= 500, String(total));
    assert.ok(bytesRead < 400_000, String(bytesRead));
    const few = openHistory(path, { ...bounds, entries: 100, textBytes: 1e9 }).history;
    assert.ok((await few.page()).total <= 500);
    await put(`${entryLine(entryOf('of a huge file'))}${' '.repeat(5_000_000)}\n`);
    assert.equal((await openHistory(path).history.page({ words: 'huge' })).total, 0);
    assert.equal((await openHistory(path).history.page()).total, 800);
  });

  it('5.4 sweeps thumbnails that nothing refers to, but no fresh ones, and none while an entry cannot be read', async () => {
    let time = start + 10 * day;
    const now = () => (time += 1000);
    const thumbnails = join(path, 'thumbnails');
    await mkdir(thumbnails, { recursive: true });
    const [lost, fresh] = [`${newOriginalId(start)}.webp`, `${newOriginalId(time)}.webp`];
    for (const name of [lost, fresh, 'other.txt']) await writeFile(join(thumbnails, name), 'x');
    const damaged = await put('{', fileName(time));
    await openHistory(path, undefined, now).history.append(newEntry());
    assert.ok((await readdir(thumbnails)).includes(lost));
    await rm(join(path, 'journal', damaged));
    await openHistory(path, undefined, now).history.append(newEntry());
    assert.deepEqual((await readdir(thumbnails)).sort(), [fresh, 'other.txt'].sort());
  });

  it('5.4 says what the file system says where nothing can be written, and goes on once it can', async () => {
    const folder = diskFolder(join(path, 'journal'));
    let isFull = true;
    const journal = {
      ...folder,
      write: (name: string, data: Uint8Array) =>
        isFull ? Promise.reject(new Error('ENOSPC')) : folder.write(name, data),
    };
    const parts = { journal, thumbnails: folder, discardOriginals: () => Promise.resolve() };
    const history = new History(parts);
    await assert.rejects(history.append(newEntry()), /ENOSPC/);
    isFull = false;
    await history.append(newEntry());
    assert.equal((await history.page()).total, 1);
  });
});

async function saidCount({ stdout }: ChildProcessWithoutNullStreams): Promise<number> {
  let said = '';
  for await (const chunk of stdout as AsyncIterable<Buffer>) {
    said += chunk.toString();
    const count = said.split('\n').length - 1;
    if (count > 100) return count;
  }
  assert.fail('the process ended before it had written anything');
}
