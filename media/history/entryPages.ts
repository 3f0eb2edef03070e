import {
  type FromHistory,
  type HistoryFilter,
  type HistoryRow,
  mostListed,
  type ToHistory,
} from '../../src/protocol/history.ts';

type List = Extract<ToHistory, { type: 'list' }>;

/** How the rows came to be other ones. */
export type RowsChange = 'new' | 'more' | 'again' | 'failed';

/** Rows of one page. */
const pageRows = 50;

/** Everything that is wanted. */
export const noFilter: HistoryFilter = { words: '', isKeptOnly: false, model: '' };

interface Loading {
  readonly turn: number;
  readonly filter: HistoryFilter;
  readonly kind: 'new' | 'again';
  readonly rows: readonly HistoryRow[];
}

/** The rows of the list as far as they are loaded: pages are asked for as they are wanted, one at a time. */
export class EntryPages {
  rows: readonly HistoryRow[] = [];
  total = 0;
  filter = noFilter;
  /** All that can be filtered by; of the whole history. */
  models: readonly string[] = [];
  private readonly post: (message: FromHistory) => void;
  private readonly changed: (change: RowsChange) => void;
  private turn = 0;
  private next: string | undefined;
  /** The first rows are on their way, instead of those that are shown until then. */
  private loading: Loading | undefined;
  private isAsking = false;
  private isStale = false;
  /** One past the last row that is wanted. */
  private wanted = pageRows;

  constructor(post: (message: FromHistory) => void, changed: (change: RowsChange) => void) {
    this.post = post;
    this.changed = changed;
  }

  get isLoading(): boolean {
    return this.loading !== undefined;
  }

  /** Loads other rows, from the first. */
  load(filter: HistoryFilter): void {
    this.wanted = pageRows;
    this.start(filter, 'new');
  }

  /** Loads the same rows again, as far as they are wanted: something has changed. */
  reload(): void {
    // One after the other: changes can come faster than rows.
    if (this.loading === undefined) this.start(this.filter, 'again');
    else this.isStale = true;
  }

  /** Sees to it that rows are loaded up to this one. @param end one past the last */
  want(end: number): void {
    this.wanted = Math.max(pageRows, end);
    this.askMore();
  }

  /** Takes what the host has sent; what was asked for before something else does not matter any more. */
  receive(list: List): void {
    if (list.turn !== this.turn) return;
    this.isAsking = false;
    if (list.models) this.models = list.models;
    this.next = list.next;
    if (this.loading === undefined) {
      this.total = list.total;
      this.rows = [...this.rows, ...list.rows];
      this.changed('more');
    } else this.receiveFirst(this.loading, list);
    this.askMore();
  }

  fail(turn: number): void {
    if (turn !== this.turn) return;
    [this.isAsking, this.loading, this.next] = [false, undefined, undefined];
    this.changed('failed');
  }

  /** Takes one row that is another now. */
  replace(row: HistoryRow): void {
    const at = this.rows.findIndex(({ id }) => id === row.id);
    if (at < 0) return;
    this.rows = this.rows.with(at, row);
    this.changed('more');
  }

  private start(filter: HistoryFilter, kind: Loading['kind']): void {
    this.loading = { turn: ++this.turn, filter, kind, rows: [] };
    [this.next, this.isStale] = [undefined, false];
    this.ask(filter, kind === 'again' ? this.wanted : pageRows);
  }

  private receiveFirst(loading: Loading, list: List): void {
    const rows = [...loading.rows, ...list.rows];
    // As many as are on the screen, or rows would vanish from it.
    if (loading.kind === 'again' && rows.length < this.wanted && list.next !== undefined) {
      this.loading = { ...loading, rows };
      return;
    }
    [this.rows, this.total, this.filter] = [rows, list.total, loading.filter];
    this.loading = undefined;
    this.changed(loading.kind);
    if (this.isStale) this.reload();
  }

  private askMore(): void {
    const loaded = (this.loading?.rows ?? this.rows).length;
    if (this.isAsking || this.next === undefined || loaded >= this.wanted) return;
    this.ask(this.loading?.filter ?? this.filter, this.wanted - loaded, this.next);
  }

  private ask(filter: HistoryFilter, missing: number, after?: string): void {
    this.isAsking = true;
    const count = Math.min(mostListed, Math.max(pageRows, missing));
    this.post({ type: 'list', turn: this.turn, filter, count, ...(after !== undefined && { after }) });
  }
}
