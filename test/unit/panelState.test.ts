import assert from 'node:assert/strict';
import { draftPosted, draftReceived, draftTaken, noDraft } from '../../media/draft.ts';
import { initialState, isAwaiting, isEmpty, picturesOf, reduce, type PageState } from '../../media/state.ts';
import { announcementOf, elapsedSeconds, factsLine, fill, isShowable } from '../../media/words.ts';
import { byteWords } from '../../src/protocol/byteWords.ts';
import type { PanelPicture, PanelStrings, PanelTile, ToWebviewMessage } from '../../src/protocol/panel.ts';

// Each string says its own name, so that a test sees which one was used.
const strings = new Proxy({} as PanelStrings, {
  get: (_target, key) => (key === 'saved' || key === 'receivingFrame' ? `${key} {0}` : String(key)),
});
const bytes = new Uint8Array([1, 2, 3]);
const picture: PanelPicture = {
  id: 'one',
  state: 'kept',
  bytes,
  mediaType: 'image/png',
  width: 1200,
  height: 630,
  hasAlpha: false,
  byteLength: 412_345,
  alt: 'A fox',
  path: 'images/a-fox.png',
};
const tileId = 'tile';
const partial = { type: 'partialImage', tileId, bytes, mediaType: 'image/png' } as const;
const arrived: ToWebviewMessage = { type: 'pictureChanged', tileId, picture };
const tile: PanelTile = {
  ...{ id: tileId, model: '', status: 'running', startedAt: 1000, waitLine: '', text: '', failure: '' },
  ...{ costLine: '', notices: [], receipt: [], pictures: [] },
};

function stateWith(...tiles: readonly PanelTile[]): PageState {
  const { panel } = initialState;
  return { ...initialState, strings, panel: { ...panel, sheet: { ...panel.sheet, startedAt: 1, tiles } } };
}

const running = () => stateWith(tile);

function reduceAll(state: PageState, ...messages: readonly ToWebviewMessage[]): PageState {
  return messages.reduce(reduce, state);
}

/** The host says the state again, without bytes; one tile is as told. */
function saidAgain(state: PageState, change: Partial<PanelTile>): ToWebviewMessage {
  const tiles = state.panel.sheet.tiles.map((one) => ({
    ...one,
    ...change,
    pictures: one.pictures.map(({ bytes: _bytes, ...rest }) => ({ ...rest, hasAlpha: false })),
  }));
  return { type: 'stateChanged', state: { ...state.panel, sheet: { ...state.panel.sheet, tiles } } };
}

describe('2.6 panel: the page state', () => {
  it('2.6 takes the whole state from a snapshot', () => {
    const { panel } = { ...stateWith({ ...tile, pictures: [picture] }) };
    const state = reduce(initialState, { type: 'snapshot', state: { ...panel, prompt: 'A fox' }, strings });
    assert.deepEqual(state.panel, { ...panel, prompt: 'A fox' });
    assert.equal(state.strings, strings);
    assert.equal(state.draft.offered, 'A fox');
  });

  it('5.1 appends text to its tile as it streams', () => {
    const other = { ...tile, id: 'other' };
    const state = reduceAll(
      stateWith(tile, other),
      { type: 'textAdded', tileId, text: 'Here ' },
      { type: 'textAdded', tileId, text: 'it is' },
    );
    assert.deepEqual(
      state.panel.sheet.tiles.map(({ text }) => text),
      ['Here it is', ''],
    );
  });

  it('5.1 counts frames of each tile and keeps only the newest', () => {
    const newest = new Uint8Array([9]);
    const state = reduceAll(stateWith(tile, { ...tile, id: 'other' }), partial, {
      ...partial,
      bytes: newest,
    });
    assert.deepEqual(state.frames.get(tileId), { bytes: newest, mediaType: 'image/png', number: 2 });
    assert.equal(state.frames.get('other'), undefined);
  });

  it('2.6 drops a frame that comes when nothing runs', () => {
    assert.equal(reduce(stateWith({ ...tile, status: 'cancelled' }), partial).frames.size, 0);
    assert.equal(reduce(running(), { ...partial, tileId: 'unknown' }).frames.size, 0);
  });

  it('2.6 lets the finished picture take the place of its frames', () => {
    const state = reduceAll(running(), partial, arrived);
    assert.equal(state.frames.size, 0);
    assert.deepEqual(picturesOf(state.panel), [picture]);
  });

  it('2.6 shows a picture once that a snapshot and a delta both say', () => {
    assert.equal(picturesOf(reduceAll(running(), arrived, arrived).panel).length, 1);
  });

  it('2.6 keeps the bytes over a change of state and drops the frame when the request ends', () => {
    const before = reduceAll(running(), arrived, partial);
    const after = reduce(before, saidAgain(before, { status: 'finished', costLine: 'cost unknown' }));
    assert.deepEqual(picturesOf(after.panel), [picture]);
    assert.equal(after.panel.sheet.tiles[0]?.costLine, 'cost unknown');
    assert.equal(after.frames.size, 0);
  });

  it('5.2 keeps the bytes of a picture whose state is another', () => {
    const { bytes: _bytes, ...rest } = picture;
    const state = reduceAll(running(), arrived, {
      type: 'pictureChanged',
      tileId,
      picture: { ...rest, state: 'discarded' },
    });
    assert.deepEqual(picturesOf(state.panel), [{ ...picture, state: 'discarded' }]);
  });

  it('2.6 is empty until something was asked for', () => {
    assert.ok(isEmpty(initialState));
    assert.ok(!isEmpty(running()));
  });

  it('2.6 expects a picture until the first is there, and again with a further frame', () => {
    const isAwaited = (state: PageState) => isAwaiting(state.panel.sheet.tiles[0]!, state.frames.get(tileId));
    assert.ok(isAwaited(running()));
    assert.ok(isAwaited(stateWith({ ...tile, status: 'queued' })));
    const delivered = reduce(running(), arrived);
    assert.ok(!isAwaited(delivered));
    assert.ok(isAwaited(reduce(delivered, partial)));
    assert.ok(!isAwaited(stateWith({ ...tile, status: 'failed' })));
  });
});

describe('2.6 panel: the draft', () => {
  it('2.6 offers what the host says first and what it says anew', () => {
    const first = draftReceived(noDraft, 'A fox');
    assert.equal(first.offered, 'A fox');
    const taken = draftTaken(first);
    assert.equal(draftReceived(taken, 'A fox').offered, undefined);
    assert.equal(draftReceived(taken, 'A lighthouse').offered, 'A lighthouse');
  });

  it('2.6 does not take an echo of older words for news while the person types on', () => {
    let draft = draftTaken(draftReceived(noDraft, ''));
    draft = draftPosted(draftPosted(draft, 'A f'), 'A fox');
    draft = draftReceived(draft, 'A f');
    assert.equal(draft.offered, undefined);
    draft = draftReceived(draft, 'A fox');
    assert.equal(draft.offered, undefined);
    assert.equal(draftReceived(draft, 'From the selection').offered, 'From the selection');
  });

  it('2.6 withdraws an offer when the person writes something else', () => {
    const offered = draftReceived(draftTaken(draftReceived(noDraft, '')), 'From the selection');
    assert.equal(draftPosted(offered, 'My own words').offered, undefined);
  });
});

describe('2.6 panel: the words of the page', () => {
  it('2.6 says size, format and bytes of a picture, and leaves out what is not known', () => {
    assert.match(factsLine(picture), /^1200 × 630 · PNG · 412\skB$/);
    assert.equal(factsLine({ ...picture, width: 0, mediaType: 'image/svg+xml', byteLength: 0 }), '');
    assert.match(byteWords(812), /^0\.8\skB$/);
    assert.match(byteWords(999_499), /^999\skB$/);
    assert.match(byteWords(1_234_567), /^1\.2\sMB$/);
  });

  it('2.6 shows only the four kinds of picture that are ever saved', () => {
    for (const kind of ['png', 'jpeg', 'webp', 'avif']) assert.ok(isShowable(`image/${kind}`));
    for (const kind of ['image/svg+xml', 'text/html', 'image/gif', '', 'IMAGE/PNG'])
      assert.ok(!isShowable(kind));
  });

  it('2.6 fills values into strings and leaves unknown places alone', () => {
    assert.equal(fill('{0} of {1}, {2}', 1, '{0}'), '1 of {0}, {2}');
  });

  it('2.6 never counts backwards when the clocks of host and page differ', () => {
    assert.equal(elapsedSeconds(10_000, 17_900), 7);
    assert.equal(elapsedSeconds(10_000, 4_000), 0);
  });

  it('2.6 announces results at once and frames as progress', () => {
    const start = running();
    const framed = reduce(start, partial);
    assert.deepEqual(announcementOf(start, framed), { kind: 'progress', words: 'receivingFrame 1' });
    const saved = reduce(framed, arrived);
    assert.deepEqual(announcementOf(framed, saved), { kind: 'result', words: 'saved images/a-fox.png' });
    const failed = reduce(saved, saidAgain(saved, { status: 'failed', failure: 'No credit.' }));
    assert.deepEqual(announcementOf(saved, failed), { kind: 'result', words: 'failed No credit.' });
  });

  it('5.2 announces that a draft came, was kept and was discarded', () => {
    const draft = { ...picture, state: 'draft', path: '' } as const;
    const came = reduce(running(), { type: 'pictureChanged', tileId, picture: draft });
    assert.equal(announcementOf(running(), came)?.words, 'draft');
    assert.equal(announcementOf(came, reduce(came, arrived))?.words, 'saved images/a-fox.png');
    const gone = reduce(came, { type: 'pictureChanged', tileId, picture: { ...draft, state: 'discarded' } });
    assert.equal(announcementOf(came, gone)?.words, 'discarded');
  });

  it('2.6 announces notices when finished, the start and a cancel, but not a restored page', () => {
    const finished = stateWith({ ...tile, status: 'finished', notices: ['Size differs.'] });
    assert.equal(announcementOf(running(), finished)?.words, 'Size differs.');
    assert.equal(announcementOf(stateWith(), running())?.words, 'waiting');
    const cancelled = stateWith({ ...tile, status: 'cancelled' });
    assert.equal(announcementOf(running(), cancelled)?.words, 'cancelled');
    assert.equal(announcementOf(initialState, finished), undefined);
    assert.equal(announcementOf(finished, finished), undefined);
  });
});
