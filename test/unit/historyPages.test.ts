import assert from 'node:assert/strict';
import { EntryPages, noFilter, type RowsChange } from '../../media/history/entryPages.ts';
import { createRowLayout } from '../../media/history/rowLayout.ts';
import type { FromHistory, HistoryRow } from '../../src/protocol/history.ts';

type Asked = Extract<FromHistory, { type: 'list' }>;

/** A host with so many rows, which answers when it is told to. */
function host(count: number) {
  const all: HistoryRow[] = Array.from({ length: count }, (_, at) => rowOf(String(at).padStart(5, '0')));
  const asked: Asked[] = [];
  const changes: RowsChange[] = [];
  const pages = new EntryPages(
    (message) => message.type === 'list' && asked.push(message),
    (change) => changes.push(change),
  );
  const answer = () => {
    const one = asked.shift()!;
    const from = one.after === undefined ? 0 : all.findIndex(({ id }) => id === one.after) + 1;
    const rows = all.slice(from, from + one.count);
    const next = from + one.count < all.length ? rows.at(-1)?.id : undefined;
    pages.receive({
      type: 'list',
      turn: one.turn,
      rows,
      total: all.length,
      ...(next !== undefined && { next }),
    });
  };
  return { all, asked, changes, pages, answer };
}

function rowOf(id: string): HistoryRow {
  return { id, day: 'Today', title: id, line: '', hint: '', isRemoved: false };
}

describe('5.4 the pages of the list', () => {
  it('5.4 are asked for one at a time, as they are wanted', () => {
    const { pages, asked, answer, changes } = host(500);
    pages.load(noFilter);
    pages.want(30);
    answer();
    assert.deepEqual([pages.rows.length, pages.total, asked.length], [50, 500, 0]);
    pages.want(320);
    pages.want(330);
    assert.deepEqual(
      asked.map(({ count, after }) => [count, after]),
      [[200, '00049']],
    );
    answer();
    answer();
    assert.deepEqual([pages.rows.length, asked.length], [330, 0]);
    assert.deepEqual(changes, ['new', 'more', 'more']);
  });

  it('5.4 of an older question are not taken', () => {
    const { pages, asked, answer } = host(100);
    pages.load(noFilter);
    const [late] = asked.splice(0);
    pages.load({ ...noFilter, words: 'fox' });
    pages.receive({ type: 'list', turn: late!.turn, rows: [rowOf('late')], total: 1 });
    assert.equal(pages.rows.length, 0);
    answer();
    assert.deepEqual([pages.rows.length, pages.filter.words], [50, 'fox']);
  });

  it('5.4 are loaded again as far as they are wanted, and stay until then', () => {
    const { pages, all, asked, answer, changes } = host(600);
    pages.load(noFilter);
    answer();
    pages.want(300);
    answer();
    answer();
    all.unshift(rowOf('new'));
    pages.reload();
    answer();
    assert.equal(pages.rows[0]?.id, '00000', 'the old ones until all new ones are there');
    pages.reload();
    answer();
    const [newest] = pages.rows;
    assert.deepEqual([newest.id, pages.rows.length >= 300, changes.at(-1)], ['new', true, 'again']);
    assert.equal(asked.length, 1, 'once more, because something changed meanwhile');
  });

  it('5.4 can fail, and be tried again', () => {
    const { pages, asked, answer, changes } = host(10);
    pages.load(noFilter);
    pages.fail(asked[0]!.turn);
    assert.deepEqual(changes, ['failed']);
    asked.length = 0;
    pages.load(noFilter);
    answer();
    assert.equal(pages.rows.length, 10);
  });

  it('5.4 take one row that is another now', () => {
    const { pages, answer } = host(10);
    pages.load(noFilter);
    answer();
    pages.replace({ ...rowOf('00003'), isRemoved: true });
    pages.replace(rowOf('unknown'));
    assert.deepEqual(
      pages.rows.filter(({ isRemoved }) => isRemoved).map(({ id }) => id),
      ['00003'],
    );
  });
});

describe('5.4 the layout of the list', () => {
  it('5.4 gives a day its heading, and rows that are not loaded their place', () => {
    const layout = createRowLayout(50, 30);
    layout.update(['Today', 'Today', 'Yesterday'], 10);
    assert.deepEqual([0, 1, 2, 3, 10].map(layout.top), [0, 80, 130, 210, 560]);
    assert.equal(layout.height(), 560);
    assert.deepEqual([0, 1, 2, 3].map(layout.isFirstOfDay), [true, false, true, false]);
  });

  it('5.4 finds the rows between two heights as looking at each does', () => {
    const layout = createRowLayout(50, 30);
    const days = Array.from({ length: 97 }, (_, index) => String(Math.floor(index / 7)));
    layout.update(days, 120);
    for (let from = -100; from < layout.height() + 200; from += 37) {
      const to = from + 260;
      const [first, end] = layout.between(from, to);
      const seen = Array.from({ length: 120 }, (_, index) => index).filter(
        (index) => layout.top(index + 1) > from && layout.top(index) <= to,
      );
      assert.deepEqual(
        [first, end],
        seen.length === 0 ? [first, first] : [seen[0], seen.at(-1)! + 1],
        `${from}`,
      );
    }
  });

  it('5.4 has nothing between heights where there is nothing', () => {
    const layout = createRowLayout(50, 30);
    layout.update([], 0);
    assert.deepEqual(layout.between(0, 500), [0, 0]);
  });
});
