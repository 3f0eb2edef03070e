import type {
  EntryAction,
  HistoryDetails,
  HistoryRow,
  HistoryStrings,
  SavedAction,
  ToHistory,
} from '../../src/protocol/history.ts';
import type { PanelStrings } from '../../src/protocol/panel.ts';
import { h, setText } from '../dom.ts';
import { type MenuGroup, openMenu } from '../menu.ts';
import { fill } from '../words.ts';
import { createDetailsView, type DetailsView } from './detailsView.ts';
import { EntryList } from './entryList.ts';
import { EntryPages, noFilter, type RowsChange } from './entryPages.ts';
import { createFilters, type Filters } from './filters.ts';
import type { HistoryPage } from './historyView.ts';
import { createListMessage, type ListMessage } from './listMessage.ts';
import { createThumbnails, type Thumbnails } from './thumbnails.ts';

/** What stands in the column: the list with its filters, or the details of one generation. */
export class HistoryBody {
  readonly elements: readonly HTMLElement[];
  private readonly strings: HistoryStrings;
  private readonly page: HistoryPage;
  private readonly pages: EntryPages;
  private readonly thumbnails: Thumbnails;
  private readonly filters: Filters;
  private readonly list: EntryList;
  private readonly details: DetailsView;
  private readonly message: ListMessage;
  private readonly count = h('p', { class: 'history-count' });
  private readonly overview: HTMLElement;
  /** Pictures whose files are no longer there. */
  private readonly gone = new Set<string>();
  /** Whether the list was loaded since something changed. */
  private isFresh = false;
  /** The generation whose details were asked for. */
  private wantedDetails = '';

  /** @param panel the panel's own words */
  constructor(strings: HistoryStrings, panel: PanelStrings, page: HistoryPage) {
    this.strings = strings;
    this.page = page;
    this.pages = new EntryPages(page.post, (change) => this.render(change));
    this.thumbnails = createThumbnails(page.post, () => this.repaint());
    const { pages, thumbnails } = this;
    const source = { pages, thumbnails, isGone: (pictureId: string) => this.gone.has(pictureId) };
    this.filters = createFilters(strings, (filter) => pages.load(filter));
    this.message = createListMessage();
    this.list = new EntryList(strings, source, {
      choose: (row) => this.askDetails(row.id),
      openMenu: (row, anchor) => openMenu(anchor, fill(strings.actionsFor, row.title), this.menuOf(row)),
      remove: (row) => this.remove(row.id),
      restore: (row) => this.restore(row.id),
    });
    this.details = createDetailsView(strings, panel, source, {
      back: () => this.back(),
      actOnPicture: (action, pictureId) => this.actOnPicture(action, pictureId),
      act: (action, entryId) => (action === 'remove' ? this.remove(entryId) : this.act(action, entryId)),
    });
    const parts = [this.filters.element, this.count, this.message.element, this.list.element];
    this.overview = h('div', { class: 'history-overview' }, ...parts);
    // Of the first level: in a narrow column it is the only one that is not covered.
    const heading = h('h1', { class: 'heard' }, strings.history);
    this.elements = [heading, this.overview, this.details.element];
  }

  /** Sees to it that what is shown holds: it may have been hidden for a while. */
  wake(): void {
    if (!this.isFresh) this.pages.load(this.pages.filter);
    this.isFresh = true;
    this.repaint();
  }

  focus(): void {
    if (this.details.entryId() === undefined) this.filters.focus();
    else this.details.focus();
  }

  /** Leaves the details. @returns false where there are none to leave */
  back(): boolean {
    const entryId = this.details.entryId();
    if (entryId === undefined) return false;
    this.wantedDetails = '';
    this.details.hide();
    this.overview.hidden = false;
    this.list.render('more');
    this.list.focus(entryId);
    return true;
  }

  /** @param isShown what changes while it is hidden is loaded when it is shown again */
  receive(message: ToHistory, isShown: boolean): void {
    switch (message.type) {
      case 'list':
        this.pages.receive(message);
        return;
      case 'listFailed':
        this.pages.fail(message.turn);
        return;
      case 'thumbnails':
        this.thumbnails.receive(message.thumbnails);
        return;
      case 'filesGone':
        for (const pictureId of message.pictureIds) this.gone.add(pictureId);
        this.repaint();
        return;
      case 'details':
        this.showDetails(message.details);
        return;
      case 'rowChanged':
        this.pages.replace(message.row);
        return;
      case 'changed':
        this.reload(isShown);
        return;
      case 'begin':
        return;
    }
  }

  private reload(isShown: boolean): void {
    this.isFresh = isShown;
    if (!isShown) return;
    // A file may be there again; with its thumbnail that is asked, too.
    this.thumbnails.forget(this.gone);
    this.gone.clear();
    this.pages.reload();
    if (this.wantedDetails !== '') this.askDetails(this.wantedDetails);
  }

  private render(change: RowsChange): void {
    const { pages, filters, strings, page } = this;
    if (change === 'failed') {
      this.message.show(strings.unreadable, strings.tryAgain, () => pages.load(pages.filter));
      page.say(strings.unreadable);
      return;
    }
    filters.setModels(pages.models);
    const isFiltered = JSON.stringify(pages.filter) !== JSON.stringify(noFilter);
    if (pages.total > 0) this.message.hide();
    else if (isFiltered) this.message.show(strings.nothingFound, strings.clearFilter, () => filters.clear());
    else this.message.show(strings.empty);
    const found = countWords(pages.total, strings);
    setText(this.count, found);
    this.count.hidden = this.list.element.hidden = pages.total === 0;
    this.list.render(change);
    if (change !== 'new') return;
    const nothing = isFiltered ? strings.nothingFound : strings.empty;
    page.say(pages.total === 0 ? nothing : found);
  }

  private repaint(): void {
    this.list.repaint();
    this.details.repaint();
  }

  private askDetails(entryId: string): void {
    this.wantedDetails = entryId;
    this.page.post({ type: 'details', entryId });
  }

  private showDetails(details: HistoryDetails): void {
    if (details.row.id !== this.wantedDetails) return;
    this.details.show(details);
    this.overview.hidden = true;
    this.thumbnails.want(this.details.pictureIds());
  }

  private menuOf(row: HistoryRow): readonly MenuGroup[] {
    const { strings } = this;
    const { cover } = row;
    const ofFile = cover === undefined || this.gone.has(cover.id) ? [] : cover.actions;
    const groups: readonly MenuGroup[] = [
      {
        items: [
          { label: strings.loadSettings, run: () => this.act('loadSettings', row.id) },
          { label: strings.generateAgain, run: () => this.act('generateAgain', row.id) },
        ],
      },
      {
        items: ofFile.map((action) => ({
          label: strings[action],
          run: () => this.actOnPicture(action, cover?.id ?? ''),
        })),
      },
      { items: [{ label: strings.remove, run: () => this.remove(row.id) }] },
    ];
    return groups.filter(({ items }) => items.length > 0);
  }

  private act(action: EntryAction, entryId: string): void {
    this.page.post({ type: 'entryAction', action, entryId });
  }

  private actOnPicture(action: SavedAction, pictureId: string): void {
    this.page.post({ type: 'pictureAction', action, pictureId });
  }

  /** The row is left for a moment, with a way back. */
  private remove(entryId: string): void {
    this.act('remove', entryId);
    this.page.say(this.strings.removed);
    this.back();
  }

  private restore(entryId: string): void {
    this.act('restore', entryId);
    this.page.say(this.strings.restored);
  }
}

function countWords(total: number, strings: HistoryStrings): string {
  if (total === 1) return strings.oneFound;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined).format(total);
  return fill(strings.manyFound, number);
}
