import assert from 'node:assert/strict';
import { disk, hostModule, links, Uri, workspace } from '../support/vscodeWithFiles.ts';
import type { FinishedImage, SavedImage } from '../../src/core/events.ts';
import { asItCame } from '../../src/core/finishing.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { ReceivedImage } from '../../src/core/events.ts';
import type * as drafts from '../../src/host/drafts.ts';
import type * as panelSheets from '../../src/host/panel/panelSheets.ts';
import type * as sheetEdits from '../../src/host/panel/sheetEdits.ts';
import { emptyForm, picturesOf, type Sheet, type SheetPicture } from '../../src/host/panel/sheet.ts';
import { makePng } from '../support/png.ts';

const { Drafts } = (await hostModule('drafts.ts')) as typeof drafts;
const { PanelSheets } = (await hostModule('panel/panelSheets.ts')) as typeof panelSheets;
const { SheetEdits } = (await hostModule('panel/sheetEdits.ts')) as typeof sheetEdits;

const later = (turns = 20) =>
  new Promise<void>((resolve) =>
    turns === 0 ? resolve() : setImmediate(() => void later(turns - 1).then(resolve)),
  );
const saved: SavedImage = {
  ...{ uri: 'file:///w/a.png', mediaType: 'image/png', width: 4, height: 4, byteLength: 9, alt: 'a' },
  ...{ sha256: '', receivedSha256: '' },
};
const draft = (id: string, members: Partial<SheetPicture> = {}): SheetPicture => ({
  ...{ id, state: 'draft', mediaType: 'image/png', width: 4, height: 4, byteLength: 9, alt: 'a fox' },
  ...{ originalId: `o-${id}`, ...members },
});
const sheetOf = (...pictures: readonly SheetPicture[]): Sheet => ({
  ...{ prompt: 'a fox', form: emptyForm, startedAt: 1 },
  tiles: [
    {
      ...{ id: 't', model: 'm', gateway: 'g', status: 'finished', startedAt: 1, waitLine: '', text: '' },
      ...{ failure: '', costLine: '', notices: [], receipt: [], pictures },
    },
  ],
});
const imageOf = (bytes: Uint8Array, received = bytes, originalId = 'o-edit'): FinishedImage => ({
  ...{ bytes, facts: inspectImage(bytes)! },
  received: { bytes: received, facts: inspectImage(received)!, originalId },
});

/** The sheets of a panel over drafts whose storage is in memory. */
function open(sheet: Sheet, storage = new Map<string, Uint8Array>(), saving?: () => Promise<void>) {
  const files: string[] = [];
  const told: string[] = [];
  const imageFiles = {
    readOriginal: (id: string) => Promise.resolve(storage.get(id)),
    finish: (received: ReceivedImage) => Promise.resolve({ image: asItCame(received), notices: [] }),
    keep: (bytes: Uint8Array) => {
      const id = `kept-${storage.size}`;
      storage.set(id, bytes);
      return Promise.resolve({ id });
    },
    save: async ({ received }: FinishedImage) => {
      files.push(received.originalId ?? '');
      await saving?.();
      return saved;
    },
  };
  const recorder = {
    keep: (id: string) => Promise.resolve(void told.push(`keep ${id}`)),
    discard: (id: string, is = true) => Promise.resolve(void told.push(`${is ? 'discard' : 'take'} ${id}`)),
  };
  // A link leads to the person's own files.
  const realPath = (path: string) => Promise.resolve(links.areAll ? path.replace('/w/', '/home/') : path);
  const platform = { realPath } as never;
  const kept = new Drafts(imageFiles as never, recorder as never, platform);
  const state = { sheet };
  const ports = {
    get: () => state.sheet,
    set: (next: Sheet) => void (state.sheet = next),
    post: () => undefined,
    postState: () => undefined,
  };
  const parts = {
    drafts: kept,
    markdownEditors: { last: () => undefined },
    service: {},
    gateways: { currentId: () => 'g' },
  };
  const sheets = new PanelSheets(parts as never, ports);
  const edits = new SheetEdits({ drafts: kept, platform, sheets }, ports);
  return { sheets, edits, state, storage, files, told };
}

describe('5.2 5.3 what becomes of the pictures of a sheet', () => {
  afterEach(() => {
    workspace.isTrusted = true;
    links.areAll = false;
    disk.clear();
  });

  it('5.2 a draft becomes one file, however often it is kept at once', async () => {
    const storage = new Map([['o-p', makePng(4, 4)]]);
    const { sheets, files, state } = open(sheetOf(draft('p')), storage, () => later());
    await Promise.all([sheets.keep('p'), sheets.keep('p'), sheets.keepAll()]);
    assert.deepEqual(files, ['o-p']);
    assert.equal(picturesOf(state.sheet)[0]?.state, 'kept');
  });

  it('5.2 Keep All leaves out what is discarded while it runs', async () => {
    const storage = new Map([
      ['o-a', makePng(4, 4)],
      ['o-b', makePng(4, 4)],
    ]);
    const { sheets, files, told } = open(sheetOf(draft('a'), draft('b')), storage, () => later());
    const all = sheets.keepAll();
    await later(2);
    await sheets.discard('b', true);
    await all;
    assert.deepEqual(files, ['o-a']);
    assert.deepEqual(told.toSorted(), ['discard o-b', 'keep o-a']);
  });

  it('5.1 Cancel holds before the page has its tiles: nothing is asked', async () => {
    const { sheets, state } = open(sheetOf());
    const asked = { prompt: 'a fox', form: emptyForm, models: ['m'], pictures: [] };
    // The service of these sheets has no method at all: asking it would fail.
    const done = sheets.generate(asked, () => later());
    sheets.cancel();
    await done;
    assert.deepEqual(
      state.sheet.tiles.map(({ status, failure }) => [status, failure]),
      [['cancelled', '']],
    );
  });

  it('5.3 what was accepted in a draft’s place is that after a reload, too, and the history knows it', async () => {
    const [raw, accepted] = [makePng(20, 20), makePng(12, 8)];
    const { edits, state, storage } = open(sheetOf(draft('p')));
    await edits.redrafted(
      { id: 'p', image: imageOf(raw), alt: '', prompt: 'a fox', text: '', model: 'm', gateway: 'g' },
      imageOf(accepted, raw),
    );
    const again = open(JSON.parse(JSON.stringify(state.sheet)) as Sheet, storage);
    const [picture] = picturesOf(again.state.sheet);
    assert.deepEqual(await again.sheets.bytesOf(picture!.id), accepted);
    await again.sheets.keep(picture!.id);
    assert.deepEqual(again.told, ['keep o-edit']);
  });

  it('5.3 a draft that was kept while it was edited stays kept', async () => {
    const { edits, state } = open(sheetOf(draft('p', { state: 'kept', saved })));
    const image = imageOf(makePng(4, 4));
    const edited = { id: 'p', image, alt: '', prompt: '', text: '', model: '', gateway: '' };
    await assert.rejects(edits.redrafted(edited, image), /was kept meanwhile/);
    assert.equal(picturesOf(state.sheet)[0]?.state, 'kept');
  });

  it('5.3 a picture whose file was given back what it was shows that, under a new id and in its place', async () => {
    const before = makePng(7, 5);
    disk.set('/w/a.png', before);
    const { edits, sheets, state } = open(sheetOf(draft('p', { state: 'kept', saved }), draft('q')));
    await edits.restored(Uri.parse(saved.uri) as never);
    const [picture, other] = picturesOf(state.sheet);
    assert.equal(other?.id, 'q');
    assert.notEqual(picture?.id, 'p');
    assert.deepEqual([picture?.width, picture?.height, picture?.saved?.byteLength], [7, 5, before.length]);
    assert.deepEqual(await sheets.bytesOf(picture!.id), before);
    // Of a file that none of them became nothing is read.
    await edits.restored(Uri.parse('file:///w/gone.png') as never);
    // Nothing is left to be shown anew.
    await edits.restored(Uri.parse(saved.uri) as never);
    assert.equal(picturesOf(state.sheet)[0]?.id, picture?.id);
  });

  it('5.7 in Restricted Mode no file of the workspace is read for an edit', async () => {
    disk.set('/w/a.png', makePng(4, 4));
    workspace.isTrusted = false;
    const { edits } = open(sheetOf(draft('p', { state: 'kept', saved })));
    await assert.rejects(edits.editable('p'), /Restricted Mode/);
  });

  it('5.7 a kept picture that became a link out of the workspace is not read for an edit', async () => {
    disk.set('/w/a.png', makePng(4, 4));
    links.areAll = true;
    const { edits } = open(sheetOf(draft('p', { state: 'kept', saved })));
    await assert.rejects(edits.editable('p'), /not inside the workspace/);
  });

  it('5.3 a kept picture is edited as it is now on the disk', async () => {
    const now = makePng(7, 5);
    disk.set('/w/a.png', now);
    const { edits } = open(sheetOf(draft('p', { state: 'kept', saved })));
    const { image, file } = await edits.editable('p');
    assert.deepEqual(image.bytes, now);
    assert.equal(file?.name, 'a.png');
  });
});
