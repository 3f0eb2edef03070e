import type { HistoryRow, HistoryStrings } from '../../src/protocol/history.ts';
import { h } from '../dom.ts';
import type { EntryPages, RowsChange } from './entryPages.ts';
import { listenToListKeys } from './listKeys.ts';
import { createRowLayout, type RowLayout } from './rowLayout.ts';
import type { RowView } from './rowView.ts';
import { RowViews } from './rowViews.ts';
import type { Thumbnails } from './thumbnails.ts';

/** What a person does with a generation of the list. */
export interface EntryActions {
  readonly choose: (row: HistoryRow) => void;
  readonly openMenu: (row: HistoryRow, anchor: HTMLElement) => void;
  readonly remove: (row: HistoryRow) => void;
  readonly restore: (row: HistoryRow) => void;
}

/** What the list shows. */
export interface EntrySource {
  readonly pages: EntryPages;
  readonly thumbnails: Thumbnails;
  /** Whether the file of a picture is no longer there. */
  readonly isGone: (pictureId: string) => boolean;
}

/** Rows above and below those in sight that are on the page, too. */
const spareRows = 6;

/** The list; only rows in sight, and a few around them, are on the page. One of them is where Tab stops. */
export class EntryList {
  /** The part that scrolls. */
  readonly element: HTMLElement;
  private readonly list: HTMLElement;
  private readonly source: EntrySource;
  private readonly views: RowViews;
  private readonly layout: RowLayout;
  private readonly rowHeight: number;
  /** The rows as they were laid out. */
  private rows: readonly HistoryRow[] = [];
  private active = 0;
  /** A row that is to get the focus once it is loaded. */
  private awaited: number | undefined;
  private frame = 0;

  constructor(strings: HistoryStrings, source: EntrySource, actions: EntryActions) {
    this.source = source;
    this.list = h('ul', { class: 'history-list', role: 'list', 'aria-label': strings.history });
    this.element = h('div', { class: 'history-scroller' }, this.list);
    // By the person's font, so that two lines of it fit.
    const font = parseFloat(getComputedStyle(document.body).fontSize) || 13;
    this.rowHeight = Math.round(2.9 * font + 12);
    this.layout = createRowLayout(this.rowHeight, Math.round(1.45 * font + 12));
    const act = (index: number, run: (row: HistoryRow) => void) => {
      const row = this.rowAt(index);
      if (row) run(row);
    };
    this.views = new RowViews(this.list, strings, {
      choose: (index) => act(index, (row) => (row.isRemoved ? actions.restore(row) : actions.choose(row))),
      openMenu: (index, anchor) => act(index, (row) => actions.openMenu(row, anchor)),
    });
    this.listen(actions);
  }

  /** Shows the rows of its source as they are now. */
  render(change: RowsChange): void {
    const { pages } = this.source;
    const { rows, total } = pages;
    const stay = change === 'again' ? this.anchor() : undefined;
    this.layout.update(
      rows.map(({ day }) => day),
      total,
    );
    this.list.style.height = `${this.layout.height()}px`;
    if (change === 'new') [this.element.scrollTop, this.active, this.awaited] = [0, 0, undefined];
    this.rows = rows;
    const isLost = change !== 'more' && this.follow();
    stay?.();
    this.paint();
    if (isLost && rows.length > 0) this.moveTo(this.active);
  }

  /** Shows again what is known of thumbnails and files. */
  repaint(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.paint();
    });
  }

  /** Focuses a generation, else the row that Tab stops at. */
  focus(entryId?: string): void {
    const index = this.rows.findIndex(({ id }) => id === entryId);
    this.moveTo(index >= 0 ? index : this.active);
  }

  private listen(actions: EntryActions): void {
    this.element.addEventListener('scroll', () => this.repaint(), { passive: true });
    new ResizeObserver(() => this.repaint()).observe(this.element);
    this.list.addEventListener('focusin', ({ target }) => {
      const index = this.views.indexOf(target);
      if (index === undefined || index === this.active) return;
      this.active = index;
      this.repaint();
    });
    listenToListKeys(this.list, {
      active: () => this.active,
      count: () => this.source.pages.total,
      perPage: () => Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight) - 1),
      moveTo: (index) => this.moveTo(index),
      viewAt: (index): RowView | undefined => this.views.at(index),
      rowAt: (index) => this.rowAt(index),
      actions,
    });
  }

  private rowAt(index: number): HistoryRow | undefined {
    return this.rows[index];
  }

  private hasFocus(): boolean {
    return this.list.contains(document.activeElement);
  }

  private paint(): void {
    // Hidden behind details it has no height.
    if (this.element.clientHeight === 0) return;
    const { scrollTop, clientHeight } = this.element;
    const spare = spareRows * this.rowHeight;
    const [from, to] = this.layout.between(scrollTop - spare, scrollTop + clientHeight + spare);
    const indices = this.indicesOnPage(from, Math.min(to, this.rows.length));
    this.views.place(indices, (index) => this.rowAt(index)?.id ?? '');
    for (const index of indices) this.show(index);
    this.source.thumbnails.want(indices.flatMap((index) => this.rowAt(index)?.cover?.id ?? []));
    this.source.pages.want(to);
    if (this.awaited !== undefined && this.awaited < this.rows.length) this.moveTo(this.awaited);
  }

  /** Focus is not lost where its row is scrolled out of sight; without it, Tab stops at a row in sight. */
  private indicesOnPage(from: number, to: number): readonly number[] {
    const indices = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
    if (indices.length === 0 || (this.active >= from && this.active < to)) return indices;
    if (this.hasFocus() && this.active < this.rows.length)
      return this.active < from ? [this.active, ...indices] : [...indices, this.active];
    this.active = Math.min(from === 0 ? 0 : from + spareRows, to - 1);
    return indices;
  }

  private show(index: number): void {
    const row = this.rowAt(index);
    if (!row) return;
    const { pages, thumbnails, isGone } = this.source;
    const top = this.layout.top(index);
    this.views.at(index)?.show(row, {
      ...{ index, top, total: pages.total, height: this.layout.top(index + 1) - top },
      heading: this.layout.isFirstOfDay(index) ? row.day : '',
      isStop: index === this.active,
      isFileGone: row.cover !== undefined && isGone(row.cover.id),
      url: row.cover && thumbnails.urlOf(row.cover.id),
    });
  }

  private moveTo(index: number): void {
    this.awaited = index < this.rows.length ? undefined : index;
    this.bringIntoSight(index);
    if (this.awaited !== undefined) {
      this.repaint();
      return;
    }
    this.active = index;
    if (this.views.at(index) === undefined) this.paint();
    this.views.at(index)?.main.focus({ preventScroll: true });
  }

  private bringIntoSight(index: number): void {
    const { element } = this;
    const [top, bottom] = [this.layout.top(index), this.layout.top(index + 1)];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (bottom > element.scrollTop + element.clientHeight)
      element.scrollTop = bottom - element.clientHeight;
  }

  /** After rows came or went: whatever shows a generation goes on showing it. @returns whether the focused one is gone */
  private follow(): boolean {
    const focusedId = this.hasFocus() ? this.views.idAt(this.active) : undefined;
    const indexOf = new Map(this.rows.map(({ id }, index) => [id, index]));
    this.views.follow(indexOf);
    const stayed = focusedId === undefined ? undefined : indexOf.get(focusedId);
    this.active = stayed ?? Math.max(0, Math.min(this.active, this.rows.length - 1));
    return focusedId !== undefined && stayed === undefined;
  }

  /** What is in sight stays where it is, unless one looks at the newest. @returns puts it there again */
  private anchor(): () => void {
    const { element, layout } = this;
    const { scrollTop } = element;
    if (scrollTop === 0) return () => undefined;
    const [first] = layout.between(scrollTop, scrollTop);
    const offset = layout.top(first) - scrollTop;
    const id = this.rowAt(first)?.id;
    return () => {
      const index = this.rows.findIndex((row) => row.id === id);
      if (index >= 0) element.scrollTop = layout.top(index) - offset;
    };
  }
}
