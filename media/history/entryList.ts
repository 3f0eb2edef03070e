import type { HistoryRow, HistoryStrings } from '../../src/protocol/history.ts';
import { h } from '../dom.ts';
import type { EntryPages, RowsChange } from './entryPages.ts';
import { listKeys } from './listKeys.ts';
import { createRowLayout } from './rowLayout.ts';
import { createRowView, type RowView } from './rowView.ts';
import type { Thumbnails } from './thumbnails.ts';

/** What a person does with a generation of the list. */
export interface EntryActions {
  readonly choose: (row: HistoryRow) => void;
  readonly openMenu: (row: HistoryRow, anchor: HTMLElement) => void;
  readonly remove: (row: HistoryRow) => void;
  readonly restore: (row: HistoryRow) => void;
}

/** The list; only rows in sight, and a few around them, are on the page. */
export interface EntryList {
  readonly element: HTMLElement;
  /** Shows the rows of `pages` as they are now. */
  readonly render: (change: RowsChange) => void;
  /** Shows again what is asked of thumbnails and files. */
  readonly repaint: () => void;
  /** Focuses a generation, else the row that Tab stops at. */
  readonly focus: (entryId?: string) => void;
}

/** Rows above and below those in sight. */
const spareRows = 6;

interface Shown {
  readonly view: RowView;
  readonly id: string;
}

/** @param isGone whether the file of a picture is no longer there */
export function createEntryList(
  strings: HistoryStrings,
  {
    pages,
    thumbnails,
    isGone,
  }: {
    readonly pages: EntryPages;
    readonly thumbnails: Thumbnails;
    readonly isGone: (pictureId: string) => boolean;
  },
  actions: EntryActions,
): EntryList {
  const list = h('ul', { class: 'history-list', role: 'list', 'aria-label': strings.history });
  const element = h('div', { class: 'history-scroller' }, list);
  // Of the person's font, so that two lines of it fit.
  const font = parseFloat(getComputedStyle(document.body).fontSize) || 13;
  const rowHeight = Math.round(2.9 * font + 12);
  const layout = createRowLayout(rowHeight, Math.round(1.45 * font + 12));
  const shown = new Map<number, Shown>();
  const spare: RowView[] = [];
  let active = 0;
  /** A row that is to get the focus once it is loaded. */
  let awaited: number | undefined;
  let frame = 0;

  const rowAt = (index: number) => pages.rows[index];
  const hasFocus = () => list.contains(document.activeElement);
  const act = (run: (row: HistoryRow) => void) => (index: number) => {
    const row = rowAt(index);
    if (row) run(row);
  };
  const makeView = () =>
    createRowView(strings, {
      choose: act((row) => (row.isRemoved ? actions.restore(row) : actions.choose(row))),
      openMenu: (index, anchor) => act((row) => actions.openMenu(row, anchor))(index),
    });

  const inSight = (): readonly [number, number] => {
    const { scrollTop, clientHeight } = element;
    return layout.between(
      scrollTop - spareRows * rowHeight,
      scrollTop + clientHeight + spareRows * rowHeight,
    );
  };
  /** Puts the rows of these indices on the page, in their order, and takes the others off. */
  const place = (indices: readonly number[]) => {
    const wanted = new Set(indices);
    for (const [index, { view }] of shown) {
      if (wanted.has(index)) continue;
      view.element.remove();
      spare.push(view);
      shown.delete(index);
    }
    // A row that stays is not moved: it may have the focus.
    let before = list.firstElementChild;
    for (const index of indices) {
      const id = rowAt(index)?.id ?? '';
      const view = shown.get(index)?.view ?? spare.pop() ?? makeView();
      shown.set(index, { view, id });
      if (view.element === before) before = before.nextElementSibling;
      else list.insertBefore(view.element, before);
    }
  };
  const showRow = (index: number, { view }: Shown) => {
    const row = rowAt(index);
    if (!row) return;
    const top = layout.top(index);
    view.show(row, {
      ...{ index, top, total: pages.total, height: layout.top(index + 1) - top },
      heading: layout.isFirstOfDay(index) ? row.day : '',
      isStop: index === active,
      isFileGone: row.cover !== undefined && isGone(row.cover.id),
      url: row.cover && thumbnails.urlOf(row.cover.id),
    });
  };
  const paint = () => {
    const [from, to] = inSight();
    const { length } = pages.rows;
    const indices = Array.from({ length: Math.max(0, Math.min(to, length) - from) }, (_, at) => from + at);
    // Focus is not lost where its row is scrolled out of sight; else Tab stops at a row in sight.
    if (hasFocus() && active < length && !indices.includes(active))
      indices.splice(active < from ? 0 : indices.length, 0, active);
    else if (!hasFocus() && indices.length > 0 && !indices.includes(active))
      active = Math.min(from + (from > 0 ? spareRows : 0), length - 1);
    place(indices);
    for (const [index, one] of shown) showRow(index, one);
    thumbnails.want(indices.flatMap((index) => rowAt(index)?.cover?.id ?? []));
    pages.want(to);
    if (awaited !== undefined && awaited < length) moveTo(awaited);
  };
  const paintSoon = () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      paint();
    });
  };
  const reveal = (index: number) => {
    const [top, bottom] = [layout.top(index), layout.top(index + 1)];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  };
  const moveTo = (index: number) => {
    awaited = index < pages.rows.length ? undefined : index;
    reveal(index);
    if (awaited !== undefined) return paintSoon();
    active = index;
    const focused = shown.get(index) ? undefined : document.activeElement;
    if (focused) paint();
    shown.get(index)?.view.main.focus({ preventScroll: true });
  };

  /** After rows came or went: what shows a generation goes on showing it, with the focus that it may have. */
  const follow = () => {
    const focusedId = hasFocus() ? shown.get(active)?.id : undefined;
    const wasAt = active;
    const indexOf = new Map(pages.rows.map(({ id }, index) => [id, index]));
    const before = [...shown];
    shown.clear();
    for (const [, one] of before) {
      const index = indexOf.get(one.id);
      if (index !== undefined && !shown.has(index)) shown.set(index, one);
      else {
        one.view.element.remove();
        spare.push(one.view);
      }
    }
    active =
      (focusedId === undefined ? undefined : indexOf.get(focusedId)) ??
      Math.max(0, Math.min(wasAt, pages.rows.length - 1));
    return focusedId !== undefined && !indexOf.has(focusedId);
  };
  /** What is in sight stays where it is, unless one looks at the newest. */
  const anchor = () => {
    if (element.scrollTop === 0) return () => undefined;
    const [first] = layout.between(element.scrollTop, element.scrollTop);
    const offset = layout.top(first) - element.scrollTop;
    const id = rowsBefore[first]?.id;
    return () => {
      const index = pages.rows.findIndex((row) => row.id === id);
      if (index >= 0) element.scrollTop = layout.top(index) - offset;
    };
  };
  let rowsBefore: readonly HistoryRow[] = [];
  const render = (change: RowsChange) => {
    const restore = change === 'again' ? anchor() : undefined;
    layout.update(
      pages.rows.map(({ day }) => day),
      pages.total,
    );
    list.style.height = `${layout.height()}px`;
    if (change === 'new') [element.scrollTop, active, awaited] = [0, 0, undefined];
    const isLost = change === 'more' ? false : follow();
    restore?.();
    rowsBefore = pages.rows;
    paint();
    if (isLost && pages.rows.length > 0) moveTo(active);
  };

  element.addEventListener('scroll', paintSoon, { passive: true });
  new ResizeObserver(paintSoon).observe(element);
  list.addEventListener('focusin', ({ target }) => {
    for (const [index, { view }] of shown) {
      if (!(target instanceof Node && view.element.contains(target)) || index === active) continue;
      active = index;
      paintSoon();
    }
  });
  listKeys(list, {
    active: () => active,
    count: () => pages.total,
    perPage: () => Math.max(1, Math.floor(element.clientHeight / rowHeight) - 1),
    moveTo,
    viewAt: (index) => shown.get(index)?.view,
    rowAt,
    actions,
  });
  return {
    element,
    render,
    repaint: paintSoon,
    focus: (entryId) => {
      const index = pages.rows.findIndex(({ id }) => id === entryId);
      moveTo(index >= 0 ? index : active);
    },
  };
}
