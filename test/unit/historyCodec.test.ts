import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FromHistory, HistoryPictureView, HistoryRow, ToHistory } from '../../src/protocol/history.ts';
import { decodeFromWebview, decodeToWebview } from '../../src/protocol/panelCodec.ts';

const filter = { words: 'fox', isKeptOnly: true, model: 'acme/painter' };
const fromPage: readonly FromHistory[] = [
  { type: 'show', isShown: true },
  { type: 'list', turn: 1, filter, count: 50 },
  { type: 'list', turn: 2, filter, after: 'id', count: 200 },
  { type: 'thumbnails', pictureIds: ['a', 'b'] },
  { type: 'details', entryId: 'a' },
  { type: 'entryAction', action: 'remove', entryId: 'a' },
  { type: 'pictureAction', action: 'insertLink', pictureId: 'a' },
];
const cover: HistoryPictureView = {
  ...{ id: 'a.0.', line: 'fox.png', width: 2, height: 1, actions: ['open', 'keep'] },
};
const row: HistoryRow = {
  ...{ id: 'a', day: 'Today', title: 'a fox', line: 'fox.png · kept', hint: 'now', cover, isRemoved: false },
};
const receipt = [{ topic: 'Size', asked: '1×1', came: '2×2', saved: '1×1', differs: false }];
const toPage: readonly ToHistory[] = [
  { type: 'list', turn: 1, rows: [row], total: 1 },
  { type: 'list', turn: 1, rows: [], total: 0, next: 'a', models: ['acme/painter'] },
  { type: 'listFailed', turn: 1 },
  {
    type: 'thumbnails',
    thumbnails: [{ pictureId: 'a', mediaType: 'image/webp', bytes: new Uint8Array([1]) }],
  },
  { type: 'thumbnails', thumbnails: [{ pictureId: 'a', mediaType: 'image/webp' }] },
  { type: 'filesGone', pictureIds: ['a'] },
  {
    type: 'details',
    details: {
      ...{
        row,
        prompt: 'a fox',
        alt: 'a fox',
        facts: [{ name: 'Cost', value: '1 USD' }],
        receipt,
        notices: ['Cropped.'],
      },
      pictures: [cover],
    },
  },
  { type: 'rowChanged', row },
  { type: 'changed' },
];
const fromHistory = (message: unknown) => decodeFromWebview({ type: 'history', message });
const toHistory = (message: unknown) => decodeToWebview({ type: 'history', message });

describe('5.4 messages of the history', () => {
  it('5.4 are accepted unchanged', () => {
    for (const message of fromPage) assert.deepEqual(fromHistory(message), { type: 'history', message });
    for (const message of toPage) assert.deepEqual(toHistory(message), { type: 'history', message });
  });

  it('5.4 lose what they do not know: a Uri beside an id does not survive', () => {
    for (const message of fromPage)
      assert.deepEqual(fromHistory({ ...message, uri: 'file:///etc/passwd' }), { type: 'history', message });
    const forged = { ...row, uri: 'file:///etc/passwd', cover: { ...cover, path: '/etc/passwd' } };
    assert.deepEqual(toHistory({ type: 'rowChanged', row: forged }), {
      type: 'history',
      message: { type: 'rowChanged', row },
    });
  });

  it('5.4 are dropped where they are ill-typed, unknown or beyond their bounds', () => {
    const wrong: readonly unknown[] = [
      ...[undefined, null, 7, 'show', [], {}, { type: 'begin' }, { type: 'toString' }],
      { type: 'show', isShown: 1 },
      { type: 'list', turn: -1, filter, count: 50 },
      { type: 'list', turn: 1, filter, count: 201 },
      { type: 'list', turn: 1, filter: { ...filter, words: 'x'.repeat(201) }, count: 5 },
      { type: 'list', turn: 1, filter, after: 7, count: 5 },
      { type: 'thumbnails', pictureIds: Array.from({ length: 33 }, () => 'a') },
      { type: 'thumbnails', pictureIds: 'a' },
      { type: 'details', entryId: 'x'.repeat(201) },
      { type: 'entryAction', action: 'open', entryId: 'a' },
      { type: 'entryAction', action: 'constructor', entryId: 'a' },
      { type: 'pictureAction', action: 'remove', pictureId: 'a' },
    ];
    for (const message of wrong) assert.equal(fromHistory(message), undefined, JSON.stringify(message));
    const wrongToPage: readonly unknown[] = [
      { type: 'begin', strings: { history: 'History' }, isShown: true },
      { type: 'list', turn: 1, rows: Array.from({ length: 201 }, () => row), total: 201 },
      { type: 'rowChanged', row: { ...row, title: 'x'.repeat(1001) } },
      { type: 'rowChanged', row: { ...row, cover: { ...cover, actions: ['delete'] } } },
      {
        type: 'thumbnails',
        thumbnails: [{ pictureId: 'a', mediaType: 'image/webp', bytes: new Uint8Array(2 ** 18 + 1) }],
      },
    ];
    for (const message of wrongToPage) assert.equal(toHistory(message), undefined);
  });

  it('5.4 of any shape throw nothing', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true }),
        fc.constantFrom(...fromPage, ...toPage),
        (junk, good) => {
          for (const name of Object.keys(good)) {
            const message = { ...good, [name]: junk };
            fromHistory(message);
            toHistory(message);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
