import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { History } from '../../src/core/history/history.ts';
import {
  HistoryDesk,
  type HistoryDeskParts,
  type HistoryPagePort,
  type LoadedSettings,
} from '../../src/host/panel/historyDesk.ts';
import type { HistoryRow, ToHistory } from '../../src/protocol/history.ts';
import { toHistory } from '../../src/protocol/historyCodec.ts';
import { newEntry, newPicture, openHistory } from '../support/historyKit.ts';
import { deskParts } from '../support/historyPage.ts';
import { makePng } from '../support/png.ts';

const all = { words: '', isKeptOnly: false, model: '' };
const kept = newPicture({ state: 'kept', saved: 'file:///w/fox.png' });
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** Waits until a check holds, for as long as a busy machine may take. */
async function until(check: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end && !(await check());) await later(20);
}

describe("5.4 the host's desk of the history", () => {
  let path: string;
  let history: History;
  let told: ToHistory[];
  let loaded: (readonly [LoadedSettings, boolean])[];
  let parts: ReturnType<typeof deskParts>;
  let desk: HistoryDesk;

  const open = (
    members: Partial<HistoryDeskParts> = {},
    undoMs = 60,
    page: Pick<HistoryPagePort, 'keepDraft'> = {},
  ) => {
    [told, loaded] = [[], []];
    parts = deskParts(history, members);
    desk = new HistoryDesk(
      parts.parts,
      {
        // As the page takes it: nothing that its decoder does not know.
        post: (message) => told.push(toHistory(message)),
        load: (settings, isAgain) => loaded.push([settings, isAgain]),
        ...page,
      },
      undoMs,
    );
  };
  const list = async (filter = all, rest: { after?: string; count?: number } = {}) => {
    await desk.handle({ type: 'list', turn: 7, filter, count: 50, ...rest });
    const last = told.at(-1);
    assert.ok(last?.type === 'list' && last.turn === 7);
    return last;
  };
  const only = <K extends ToHistory['type']>(type: K) =>
    told.filter((one): one is Extract<ToHistory, { type: K }> => one.type === type);

  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'desk-'));
    history = openHistory(path).history;
    open();
  });
  afterEach(async () => {
    desk.dispose();
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
  });

  it('5.4 gives pages of rows by words, kept and model, and the models with the first', async () => {
    for (let index = 0; index < 5; index++)
      await history.append(newEntry({ prompt: `fox ${index}`, model: `acme/${index % 2}` }));
    await history.append(newEntry({ prompt: 'a house', pictures: [kept] }));
    const first = await list(all, { count: 4 });
    assert.deepEqual(
      [first.rows.map(({ title }) => title), first.total],
      [['a house', 'fox 4', 'fox 3', 'fox 2'], 6],
    );
    assert.deepEqual(first.models, ['acme/painter', 'acme/0', 'acme/1']);
    const second = await list(all, { after: first.next! });
    assert.deepEqual(
      [second.rows.map(({ title }) => title), second.next, second.models],
      [['fox 1', 'fox 0'], undefined, undefined],
    );
    assert.equal((await list({ ...all, words: 'house' })).total, 1);
    assert.equal((await list({ ...all, isKeptOnly: true })).total, 1);
    assert.equal((await list({ ...all, model: 'acme/1' })).total, 2);
  });

  it('5.4 does nothing for ids that it did not issue, be they those of real entries or Uris', async () => {
    const { entry } = await history.append(newEntry({ pictures: [kept] }));
    const pictureId = `${entry.id}.0.k`;
    for (const id of [entry.id, kept.saved!, '../secret', pictureId]) {
      await desk.handle({ type: 'details', entryId: id });
      for (const action of ['loadSettings', 'generateAgain', 'remove', 'restore'] as const)
        await desk.handle({ type: 'entryAction', action, entryId: id });
      for (const action of ['open', 'reveal', 'insertLink', 'keep'] as const)
        await desk.handle({ type: 'pictureAction', action, pictureId: id });
      await desk.handle({ type: 'list', turn: 1, filter: all, after: id, count: 5 });
    }
    await desk.handle({ type: 'thumbnails', pictureIds: [pictureId] });
    await later(120);
    assert.deepEqual([told.filter(({ type }) => type !== 'thumbnails'), loaded, parts.done], [[], [], []]);
    assert.deepEqual(only('thumbnails')[0]?.thumbnails, [{ pictureId, mediaType: 'image/webp' }]);
    assert.equal((await history.page()).total, 1);
    const issued = (await list()).rows[0]?.cover?.id;
    assert.equal(issued, pictureId, 'it would have been the right one');
    await desk.handle({ type: 'pictureAction', action: 'open', pictureId });
    assert.equal(parts.done.length, 1);
  });

  it('5.4 sends thumbnails by their pictures, and afterwards whose file is gone', async () => {
    const { entry } = await history.append(newEntry({ pictures: [kept] }));
    await history.append(newEntry());
    const bytes = makePng(8, 8);
    await history.setThumbnail(entry.id, 0, { bytes, mediaType: 'image/png' });
    parts.gone.add(kept.saved!);
    const ids = (await list()).rows.map(({ cover }) => cover!.id);
    await desk.handle({ type: 'thumbnails', pictureIds: ids });
    const [none, there] = only('thumbnails')[0]!.thumbnails;
    assert.equal(none?.bytes, undefined);
    assert.deepEqual([there?.bytes, there?.mediaType], [bytes, 'image/png']);
    assert.deepEqual(told.at(-1), { type: 'filesGone', pictureIds: [ids[1]] });
  });

  it('5.4 fills the form with prompt, model, gateway and parameters, and sends nothing', async () => {
    await history.append(newEntry({ parameters: { n: 2, size: '640x480', seed: 7 } }));
    const { id } = (await list()).rows[0]!;
    await desk.handle({ type: 'entryAction', action: 'loadSettings', entryId: id });
    await desk.handle({ type: 'entryAction', action: 'generateAgain', entryId: id });
    const settings = {
      ...{ prompt: 'a fox in the snow', gateway: 'acme', model: 'acme/painter' },
      parameters: { n: 2, size: '640x480', seed: 7 },
      notTold: [],
    };
    assert.deepEqual(loaded, [
      [settings, false],
      [settings, true],
    ]);
  });

  it('5.4 does nothing with a file that is gone but tell so', async () => {
    await history.append(newEntry({ pictures: [kept] }));
    const { cover } = (await list()).rows[0]!;
    parts.gone.add(kept.saved!);
    await desk.handle({ type: 'pictureAction', action: 'reveal', pictureId: cover!.id });
    assert.deepEqual([parts.done, told.at(-1)], [[], { type: 'filesGone', pictureIds: [cover!.id] }]);
  });

  it('5.4 removes after a while in which it can be taken back', async () => {
    await history.append(newEntry());
    const { id } = (await list()).rows[0]!;
    const act = (action: 'remove' | 'restore') => desk.handle({ type: 'entryAction', action, entryId: id });
    const changes = () => only('rowChanged').map(({ row }: { row: HistoryRow }) => row.isRemoved);
    await act('remove');
    await act('remove');
    assert.deepEqual(changes(), [true]);
    assert.equal((await list()).rows[0]?.isRemoved, true);
    await act('restore');
    await later(120);
    assert.deepEqual([changes(), (await history.page()).total], [[true, false], 1]);
    await act('remove');
    await until(async () => (await history.page()).total === 0);
    assert.equal((await history.page()).total, 0);
  });

  it('5.4 removes at once what was being removed when its page is closed', async () => {
    desk.dispose();
    open({}, 60_000);
    await history.append(newEntry());
    const { id } = (await list()).rows[0]!;
    await desk.handle({ type: 'entryAction', action: 'remove', entryId: id });
    desk.dispose();
    await until(async () => (await history.page()).total === 0);
    assert.equal((await history.page()).total, 0);
  });

  it('5.4 gives a row back that could not be removed', async () => {
    await history.append(newEntry());
    const { id } = (await list()).rows[0]!;
    history.remove = () => Promise.reject(new Error('read-only'));
    await desk.handle({ type: 'entryAction', action: 'remove', entryId: id });
    await until(() => Promise.resolve(only('rowChanged').length > 1));
    assert.deepEqual(
      only('rowChanged').map(({ row }) => row.isRemoved),
      [true, false],
    );
    assert.equal(parts.errors.length, 1);
  });

  it('5.4 says once that something has changed, of this window and of others', async () => {
    await list();
    await history.append(newEntry());
    await history.append(newEntry());
    await later(300);
    assert.equal(only('changed').length, 1);
    await openHistory(path, undefined, Date.now).history.append(newEntry());
    await desk.refresh();
    await later(300);
    assert.equal(only('changed').length, 1, 'not looked at while the list is hidden');
    await desk.handle({ type: 'show', isShown: true });
    await desk.refresh();
    await later(300);
    assert.equal(only('changed').length, 2);
  });

  it('5.4 says that the history cannot be read, and goes on', async () => {
    history.page = () => Promise.reject(new Error('damaged disk'));
    await desk.handle({ type: 'list', turn: 3, filter: all, count: 50 });
    assert.deepEqual([told, parts.errors.length], [[{ type: 'listFailed', turn: 3 }], 1]);
  });

  it('5.4 offers to keep drafts only where that can be done', async () => {
    await history.append(newEntry({ pictures: [newPicture(), kept] }));
    const details = async () => {
      await desk.handle({ type: 'details', entryId: (await list()).rows[0]!.id });
      return only('details')[0]!.details.pictures;
    };
    const [draft] = await details();
    assert.deepEqual(draft?.actions, []);
    await desk.handle({ type: 'pictureAction', action: 'keep', pictureId: draft.id });
    const keeping: unknown[] = [];
    desk.dispose();
    open({}, 60, {
      keepDraft: (entry, index) => {
        keeping.push([entry.prompt, index]);
        return Promise.resolve();
      },
    });
    const [again, other] = await details();
    assert.deepEqual([again?.actions, other?.actions], [['keep'], ['open', 'reveal', 'insertLink']]);
    for (const { id } of [again!, other!])
      await desk.handle({ type: 'pictureAction', action: 'keep', pictureId: id });
    assert.deepEqual(keeping, [[(await history.page()).entries[0]!.prompt, 0]]);
  });

  it('5.4 offers to keep no draft of a masked edit: of what came the outside is not what is to be kept', async () => {
    await history.append(newEntry({ notTold: ['mask'], pictures: [newPicture()] }));
    open({}, 60, { keepDraft: () => Promise.resolve() });
    await desk.handle({ type: 'details', entryId: (await list()).rows[0]!.id });
    assert.deepEqual(only('details')[0]!.details.pictures[0]?.actions, []);
  });

  it('5.4 makes words of the worst entries that the page takes', async () => {
    const pictures = [newPicture({ state: 'kept', saved: `file:///w/${'%E0%A4%A'.repeat(200)}?x#y` })];
    await history.append(newEntry({ prompt: '\u202E\n\n', model: '[x](command:x)'.repeat(14), pictures }));
    await history.append(newEntry({ prompt: 'long '.repeat(6000), pictures: [] }));
    const { rows } = await list();
    assert.deepEqual(
      rows.map(({ title }) => title.length <= 200),
      [true, true],
    );
    assert.equal(rows[1]?.title, '(no prompt)');
    for (const { id } of rows) await desk.handle({ type: 'details', entryId: id });
    assert.equal(only('details').length, 2);
  });
});
