import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEntry } from '../../src/core/history/entry.ts';
import type { History } from '../../src/core/history/history.ts';
import { tellParameters } from '../../src/core/history/parameters.ts';
import { journalFiles, newEntry, newPicture, openHistory, ticking } from '../support/historyKit.ts';

const promptsOf = async (history: History, query = {}) =>
  (await history.page(query)).entries.map(({ prompt }) => prompt);
const kept = { saved: 'file:///w/images/fox.png', sha256: 'cd'.repeat(32) };
const thumbnail = { bytes: new Uint8Array([1, 2, 3]), mediaType: 'image/webp' };

async function appended(history: History, prompt: string): Promise<HistoryEntry> {
  return (await history.append(newEntry({ prompt }))).entry;
}

describe('5.4 the history', () => {
  let path: string;
  beforeEach(async () => (path = await mkdtemp(join(tmpdir(), 'history-'))));
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('5.4 survives a restart with prompt, model, parameters, receipt, cost, notices and pictures', async () => {
    const pictures = [newPicture(), newPicture({ mediaType: 'image/webp', width: 640, height: 480 })];
    const { entry } = await openHistory(path).history.append(
      newEntry({ prompt: 'zwei Füchse 🦊', pictures }),
    );
    const again = await openHistory(path).history.entry(entry.id);
    assert.deepEqual(again, entry);
    const { id, time, changedAt, ...told } = entry;
    assert.equal(time, changedAt);
    assert.match(id, /^[0-9a-z]{9}-/);
    assert.deepEqual(told, {
      ...newEntry({ prompt: 'zwei Füchse 🦊' }),
      pictures: pictures.map((picture) => ({ ...picture, changedAt })),
    });
  });

  it('5.4 says that a cost is unknown by having none', async () => {
    const { cost: _cost, ...free } = newEntry();
    const { entry } = await openHistory(path).history.append(free);
    assert.equal('cost' in ((await openHistory(path).history.entry(entry.id)) ?? { cost: '' }), false);
  });

  it('5.4 is paged through, the newest first, and a page holds where entries before it are removed', async () => {
    const { history } = openHistory(path);
    for (let index = 0; index < 7; index++) await appended(history, `fox ${index}`);
    const first = await history.page({ limit: 3 });
    assert.deepEqual(
      [first.entries.map(({ prompt }) => prompt), first.total],
      [['fox 6', 'fox 5', 'fox 4'], 7],
    );
    await history.remove([first.entries[0]!.id]);
    const second = await history.page({ limit: 3, after: first.next! });
    assert.deepEqual(
      second.entries.map(({ prompt }) => prompt),
      ['fox 3', 'fox 2', 'fox 1'],
    );
    const last = await history.page({ limit: 3, after: second.next! });
    assert.deepEqual([last.entries.length, last.next], [1, undefined]);
  });

  it('5.4 filters by kept and by model, and lists the models, the last used first', async () => {
    const { history } = openHistory(path);
    await history.append(newEntry({ prompt: 'one', model: 'acme/old' }));
    const { entry } = await history.append(newEntry({ prompt: 'two', model: 'acme/new' }));
    await history.append(newEntry({ prompt: 'three', model: 'acme/new' }));
    await history.keep(entry.id, 0, kept);
    assert.deepEqual(await promptsOf(history, { isKept: true }), ['two']);
    assert.deepEqual(await promptsOf(history, { isKept: false }), ['three', 'one']);
    assert.deepEqual(await promptsOf(history, { model: 'acme/new' }), ['three', 'two']);
    assert.deepEqual(await history.models(), ['acme/new', 'acme/old']);
  });

  it('5.4 notes what was kept and what was discarded; a kept picture cannot be discarded', async () => {
    const { history } = openHistory(path);
    const { entry } = await history.append(newEntry({ pictures: [newPicture(), newPicture()] }));
    await history.keep(entry.id, 0, kept);
    await history.discard(entry.id, 1);
    await history.discard(entry.id, 0);
    const { pictures = [] } = (await openHistory(path).history.entry(entry.id)) ?? {};
    assert.deepEqual(
      pictures.map(({ state, saved, sha256 }) => [state, saved, sha256]),
      [
        ['kept', kept.saved, kept.sha256],
        ['discarded', undefined, 'ab'.repeat(32)],
      ],
    );
    const back = await history.discard(entry.id, 1, false);
    assert.equal(back?.pictures[1]?.state, 'draft');
    assert.equal(await history.discard('no such id', 0), undefined);
    assert.equal((await history.discard(entry.id, 9))?.pictures.length, 2);
  });

  it('5.4 takes what comes later: more pictures, the receipt, the cost', async () => {
    const { history } = openHistory(path);
    const { entry } = await history.append(newEntry({ notices: [], receipt: [] }));
    const { notices, receipt } = newEntry();
    await history.amend(entry.id, { notices, receipt, morePictures: [newPicture({ width: 7 })] });
    const again = await openHistory(path).history.entry(entry.id);
    assert.deepEqual([again?.notices, again?.receipt, again?.cost], [notices, receipt, entry.cost]);
    assert.deepEqual(
      again?.pictures.map(({ width }) => width),
      [1024, 7],
    );
  });

  it('5.4 removes an entry with its originals and thumbnails, and leaves nothing of its prompt on the disk', async () => {
    const { history, discarded } = openHistory(path);
    await appended(history, 'stays');
    const gone = await appended(history, 'a secret fox');
    await history.setThumbnail(gone.id, 0, thumbnail);
    assert.equal((await readdir(join(path, 'thumbnails'))).length, 1);
    await history.remove([gone.id]);
    assert.deepEqual(discarded, [gone.pictures[0]?.originalId]);
    assert.deepEqual(await readdir(join(path, 'thumbnails')), []);
    assert.deepEqual(await promptsOf(openHistory(path).history), ['stays']);
    for (const text of (await journalFiles(path)).values()) assert.doesNotMatch(text, /secret/);
  });

  it('5.4 is cleared, thumbnails and originals too', async () => {
    const { history, discarded } = openHistory(path);
    const entry = await appended(history, 'one');
    await history.setThumbnail(entry.id, 0, thumbnail);
    await history.clear();
    assert.equal((await history.page()).total, 0);
    assert.deepEqual(
      [await readdir(join(path, 'journal')), await readdir(join(path, 'thumbnails'))],
      [[], []],
    );
    assert.deepEqual(discarded, [entry.pictures[0]?.originalId]);
  });

  it('5.4 gives a thumbnail back as it was kept, and takes nothing for one that is none', async () => {
    const { history } = openHistory(path);
    const { id } = await appended(history, 'one');
    const entry = await history.setThumbnail(id, 0, thumbnail);
    const place = entry?.pictures[0]?.thumbnail;
    assert.equal(place?.byteLength, 3);
    assert.deepEqual(new Uint8Array((await history.thumbnail(place))!), thumbnail.bytes);
    assert.equal(await history.thumbnail({ id: '../journal/x' }), undefined);
    await assert.rejects(history.setThumbnail(id, 0, { ...thumbnail, mediaType: 'text/html' }), RangeError);
    const huge = { ...thumbnail, bytes: new Uint8Array(300_000) };
    await assert.rejects(history.setThumbnail(id, 0, huge), RangeError);
  });

  it('5.4 stays within its bound: the oldest that were decided about go first, drafts last and with a notice', async () => {
    const bounds = { entries: 3, textBytes: 1e6, thumbnailBytes: 1e6 };
    const { history, discarded } = openHistory(path, bounds);
    const draft = await appended(history, 'draft');
    const decided = await appended(history, 'decided');
    await history.discard(decided.id, 0);
    await appended(history, 'three');
    const four = await history.append(newEntry({ prompt: 'four' }));
    assert.equal(four.notice, undefined);
    assert.deepEqual(await promptsOf(history), ['four', 'three', 'draft']);
    const five = await history.append(newEntry({ prompt: 'five' }));
    assert.equal(five.notice?.code, 'originalsEvicted');
    assert.match(five.notice.message, /^An older image that was never kept was removed/);
    assert.deepEqual(await promptsOf(openHistory(path).history), ['five', 'four', 'three']);
    assert.deepEqual(
      discarded,
      [decided, draft].map(({ pictures }) => pictures[0]?.originalId),
    );
  });

  it('5.4 counts the bytes of words and of thumbnails, and the newest stays however large it is', async () => {
    const long = 'fox '.repeat(5000);
    const { history } = openHistory(path, { entries: 100, textBytes: 30_000, thumbnailBytes: 10 });
    await appended(history, 'one');
    await appended(history, long);
    const [newest] = (await history.page()).entries;
    await appended(history, `${long}!`);
    assert.equal((await history.page()).total, 1);
    const small = openHistory(`${path}/2`, { entries: 100, textBytes: 1e6, thumbnailBytes: 5 }).history;
    const [one, two] = [await appended(small, 'one'), await appended(small, 'two')];
    await small.setThumbnail(one.id, 0, thumbnail);
    await small.setThumbnail(two.id, 0, thumbnail);
    assert.deepEqual(await promptsOf(small), ['two']);
    assert.ok(newest);
  });

  it('5.4 has few files, however many changes there are, and loses none of them', async () => {
    const { history } = openHistory(path);
    for (let index = 0; index < 300; index++) {
      const entry = await appended(history, `fox ${index}`);
      if (index % 3 === 0) await history.keep(entry.id, 0, kept);
    }
    assert.ok((await journalFiles(path)).size < 80, String((await journalFiles(path)).size));
    const again = openHistory(path).history;
    assert.equal((await again.page()).total, 300);
    assert.equal((await again.page({ isKept: true })).total, 100);
  });

  it('5.4 writes its files anew where most of them no longer holds', async () => {
    const { history } = openHistory(path);
    const { entry } = await history.append(newEntry({ prompt: '狐'.repeat(30_000) }));
    for (let index = 0; index < 150; index++) await history.discard(entry.id, 0, index % 2 === 0);
    const bytes = [...(await journalFiles(path)).values()].reduce((sum, { length }) => sum + length, 0);
    assert.ok(bytes < 2 * 2 ** 20, String(bytes));
    assert.equal((await openHistory(path).history.page()).total, 1);
  });
});

describe('5.4 the parameters of a generation', () => {
  const args = {
    n: 2,
    size: { width: 1024, height: 768 },
    quality: 'high',
    references: ['images/a.png', new URL('file:///w/b.png')],
    extraBody: { api_key: 'sk-secret' },
    providerOptions: { byok: 'sk-secret' },
  };

  it('5.4 are told as they are written, a Uri as its string, and what may hold a secret only by name', () => {
    const { parameters, notTold } = tellParameters(args, (uri: URL) => uri.href);
    assert.deepEqual(parameters, {
      n: 2,
      size: '1024x768',
      quality: 'high',
      references: ['images/a.png', 'file:///w/b.png'],
    });
    assert.deepEqual(notTold, ['providerOptions', 'extraBody']);
  });

  it('5.4 leave no secret in the store', async () => {
    const path = await mkdtemp(join(tmpdir(), 'history-'));
    const told = tellParameters(args, (uri: URL) => uri.href);
    const parameters = { ...told.parameters, extraBody: args.extraBody, apiKey: 'sk-secret' };
    const { history } = openHistory(path, undefined, ticking());
    await history.append(newEntry({ parameters, notTold: told.notTold }));
    const texts = [...(await journalFiles(path)).values()].join('');
    assert.match(texts, /providerOptions/);
    assert.doesNotMatch(texts, /secret/);
    await rm(path, { recursive: true });
  });
});
