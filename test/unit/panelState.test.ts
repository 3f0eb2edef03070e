import assert from 'node:assert/strict';
import { draftPosted, draftReceived, draftTaken, noDraft } from '../../media/draft.ts';
import { initialState, isAwaitingImage, isEmpty, reduce, type PageState } from '../../media/state.ts';
import { announcementOf, elapsedSeconds, factsLine, fill, isShowable } from '../../media/words.ts';
import { byteWords } from '../../src/protocol/byteWords.ts';
import type { PanelImage, PanelState, PanelStrings, ToWebviewMessage } from '../../src/protocol/panel.ts';

// Each string says its own name, so that a test sees which one was used.
const strings = new Proxy({} as PanelStrings, {
  get: (_target, key) => (key === 'saved' || key === 'receivingFrame' ? `${key} {0}` : String(key)),
});
const bytes = new Uint8Array([1, 2, 3]);
const image: PanelImage = {
  id: 'one',
  bytes,
  mediaType: 'image/png',
  width: 1200,
  height: 630,
  hasAlpha: false,
  byteLength: 412_345,
  alt: 'A fox',
  path: 'images/a-fox.png',
};
const partial: ToWebviewMessage = { type: 'partialImage', bytes, mediaType: 'image/png' };

function stateWith(panel: Partial<PanelState>): PageState {
  return { ...initialState, strings, panel: { ...initialState.panel, ...panel } };
}

function running(): PageState {
  return stateWith({ status: 'running', requestPrompt: 'A fox', startedAt: 1000 });
}

function reduceAll(state: PageState, ...messages: readonly ToWebviewMessage[]): PageState {
  return messages.reduce(reduce, state);
}

describe('2.6 panel: the page state', () => {
  it('2.6 takes the whole state from a snapshot', () => {
    const panel = { ...initialState.panel, prompt: 'A fox', gatewayName: 'Offline', images: [image] };
    const state = reduce(initialState, { type: 'snapshot', state: panel, strings });
    assert.deepEqual(state.panel, panel);
    assert.equal(state.strings, strings);
    assert.equal(state.draft.offered, 'A fox');
  });

  it('2.6 appends text as it streams', () => {
    const state = reduceAll(
      running(),
      { type: 'textAdded', text: 'Here ' },
      { type: 'textAdded', text: 'it is' },
    );
    assert.equal(state.panel.text, 'Here it is');
  });

  it('2.6 counts frames and keeps only the newest', () => {
    const newest = new Uint8Array([9]);
    const state = reduceAll(running(), partial, { ...partial, bytes: newest });
    assert.deepEqual(state.frame, { bytes: newest, mediaType: 'image/png', number: 2 });
  });

  it('2.6 drops a frame that comes when nothing runs', () => {
    assert.equal(reduce(stateWith({ status: 'cancelled' }), partial).frame, undefined);
  });

  it('2.6 lets the finished picture take the place of its frames', () => {
    const state = reduceAll(running(), partial, { type: 'imageAdded', image });
    assert.equal(state.frame, undefined);
    assert.deepEqual(state.panel.images, [image]);
  });

  it('2.6 shows a picture once that a snapshot and a delta both say', () => {
    const state = reduceAll(running(), { type: 'imageAdded', image }, { type: 'imageAdded', image });
    assert.equal(state.panel.images.length, 1);
  });

  it('2.6 keeps the pictures over a change of state and drops the frame when the request ends', () => {
    const before = reduceAll(running(), { type: 'imageAdded', image }, partial);
    const after = reduce(before, {
      type: 'stateChanged',
      state: { ...before.panel, status: 'finished', costLine: 'cost unknown' },
    });
    assert.deepEqual(after.panel.images, [image]);
    assert.equal(after.panel.costLine, 'cost unknown');
    assert.equal(after.frame, undefined);
  });

  it('2.6 forgets the pictures of the request before when another starts', () => {
    const before = reduceAll(running(), partial, { type: 'imageAdded', image });
    const after = reduce(before, {
      type: 'stateChanged',
      state: { ...before.panel, startedAt: 2000 },
    });
    assert.deepEqual(after.panel.images, []);
    assert.equal(after.frame, undefined);
  });

  it('2.6 is empty until something was asked for', () => {
    assert.ok(isEmpty(initialState));
    assert.ok(!isEmpty(running()));
  });

  it('2.6 expects a picture until the first is there, and again with a further frame', () => {
    assert.ok(isAwaitingImage(running()));
    const delivered = reduce(running(), { type: 'imageAdded', image });
    assert.ok(!isAwaitingImage(delivered));
    assert.ok(isAwaitingImage(reduce(delivered, partial)));
    assert.ok(!isAwaitingImage(stateWith({ status: 'failed' })));
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
    assert.match(factsLine(image), /^1200 × 630 · PNG · 412\skB$/);
    assert.equal(factsLine({ ...image, width: 0, mediaType: 'image/svg+xml', byteLength: 0 }), '');
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
    const saved = reduce(framed, { type: 'imageAdded', image });
    assert.deepEqual(announcementOf(framed, saved), { kind: 'result', words: 'saved images/a-fox.png' });
    const failed = stateWith({ ...saved.panel, status: 'failed', failure: 'No credit.' });
    assert.deepEqual(announcementOf(saved, failed), { kind: 'result', words: 'failed No credit.' });
  });

  it('2.6 announces notices when finished, the start and a cancel, but not a restored page', () => {
    const finished = stateWith({ ...running().panel, status: 'finished', notices: ['Size differs.'] });
    assert.equal(announcementOf(running(), finished)?.words, 'Size differs.');
    assert.equal(announcementOf(stateWith({}), running())?.words, 'waiting');
    const cancelled = stateWith({ ...running().panel, status: 'cancelled' });
    assert.equal(announcementOf(running(), cancelled)?.words, 'cancelled');
    assert.equal(announcementOf(initialState, finished), undefined);
    assert.equal(announcementOf(finished, finished), undefined);
  });
});
