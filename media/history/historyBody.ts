import type {
  EntryAction,
  HistoryRow,
  HistoryStrings,
  SavedAction,
  ToHistory,
} from '../../src/protocol/history.ts';
import type { PanelStrings } from '../../src/protocol/panel.ts';
import { h, setText } from '../dom.ts';
import { fill } from '../words.ts';
import { createDetailsView } from './detailsView.ts';
import { createEntryList } from './entryList.ts';
import { EntryPages, noFilter, type RowsChange } from './entryPages.ts';
import { createFilters } from './filters.ts';
import type { HistoryPage } from './historyView.ts';
import { openMenu } from './menu.ts';
import { createThumbnails } from './thumbnails.ts';

/** What stands in the column: the list with its filters, or the details of one generation. */
export interface HistoryBody {
  readonly elements: readonly HTMLElement[];
  /** Sees to it that what is shown holds: it may have been hidden for a while. */
  readonly wake: () => void;
  /** @param isShown what changes while it is hidden is loaded when it is shown again */
  readonly receive: (message: ToHistory, isShown: boolean) => void;
  readonly focus: () => void;
  /** Leaves the details. @returns false where there are none to leave */
  readonly back: () => boolean;
}

/** @param panel the panel's own words */
export function createHistoryBody(
  strings: HistoryStrings,
  panel: PanelStrings,
  { post, say }: HistoryPage,
): HistoryBody {
  const gone = new Set<string>();
  const isGone = (pictureId: string) => gone.has(pictureId);
  let isFresh = false;
  /** The generation whose details were asked for. */
  let wantedDetails = '';

  const pages = new EntryPages(post, (change) => render(change));
  const repaint = () => {
    list.repaint();
    details.repaint();
  };
  const thumbnails = createThumbnails(post, repaint);
  const actOn = (action: EntryAction, entryId: string) => post({ type: 'entryAction', action, entryId });
  const actOnPicture = (action: SavedAction, pictureId: string) =>
    post({ type: 'pictureAction', action, pictureId });
  const openDetails = ({ id }: HistoryRow) => {
    wantedDetails = id;
    post({ type: 'details', entryId: id });
  };
  const remove = (row: HistoryRow) => {
    actOn('remove', row.id);
    say(strings.removed);
  };
  const restore = (row: HistoryRow) => {
    actOn('restore', row.id);
    say(strings.restored);
  };
  const menuOf = (row: HistoryRow, anchor: HTMLElement) => {
    const { cover } = row;
    const ofFile = cover === undefined || isGone(cover.id) ? [] : cover.actions;
    openMenu(anchor, fill(strings.actionsFor, row.title), [
      { label: strings.loadSettings, run: () => actOn('loadSettings', row.id) },
      { label: strings.generateAgain, run: () => actOn('generateAgain', row.id) },
      ...ofFile.map((action, at) => ({
        ...{ label: strings[action], separated: at === 0 },
        run: () => actOnPicture(action, cover?.id ?? ''),
      })),
      { label: strings.remove, run: () => remove(row), separated: true },
    ]);
  };

  const filters = createFilters(strings, (filter) => pages.load(filter));
  const count = h('p', { class: 'history-count' });
  const empty = h('p', {});
  const again = h('button', { type: 'button', class: 'secondary' });
  let runAgain = () => filters.clear();
  again.addEventListener('click', () => runAgain());
  const message = h('div', { class: 'history-message', hidden: true }, empty, again);
  const list = createEntryList(
    strings,
    { pages, thumbnails, isGone },
    {
      ...{ choose: openDetails, openMenu: menuOf, remove, restore },
    },
  );
  const details = createDetailsView(
    strings,
    panel,
    { thumbnails, isGone },
    {
      back: () => leaveDetails(),
      actOnPicture,
      act: (action, entryId) => {
        actOn(action, entryId);
        if (action !== 'remove') return;
        say(strings.removed);
        leaveDetails();
      },
    },
  );
  const overview = h('div', { class: 'history-overview' }, filters.element, count, message, list.element);

  const leaveDetails = () => {
    const entryId = details.entryId();
    if (entryId === undefined) return false;
    wantedDetails = '';
    details.hide();
    overview.hidden = false;
    list.repaint();
    list.focus(entryId);
    return true;
  };
  const showMessage = (words: string, label: string, run: () => void) => {
    message.hidden = words === '';
    setText(empty, words);
    again.hidden = label === '';
    setText(again, label);
    runAgain = run;
  };
  const render = (change: RowsChange) => {
    if (change === 'failed') {
      showMessage(strings.unreadable, strings.tryAgain, () => pages.load(pages.filter));
      say(strings.unreadable);
      return;
    }
    filters.setModels(pages.models);
    const isFiltered = JSON.stringify(pages.filter) !== JSON.stringify(noFilter);
    if (pages.total > 0) showMessage('', '', filters.clear);
    else if (isFiltered) showMessage(strings.nothingFound, strings.clearFilter, filters.clear);
    else showMessage(strings.empty, '', filters.clear);
    const found = countWords(pages.total, strings);
    setText(count, found);
    count.hidden = pages.total === 0;
    list.element.hidden = pages.total === 0;
    list.render(change);
    if (change === 'new') say(pages.total === 0 ? empty.textContent : found);
  };
  const showDetails = (shown: Extract<ToHistory, { type: 'details' }>['details']) => {
    if (shown.row.id !== wantedDetails) return;
    details.show(shown);
    overview.hidden = true;
    thumbnails.want(details.pictureIds());
  };
  return {
    elements: [h('h2', { class: 'heard' }, strings.history), overview, details.element],
    wake: () => {
      if (!isFresh) pages.load(pages.filter);
      isFresh = true;
      list.repaint();
    },
    focus: () => filters.focus(),
    back: leaveDetails,
    receive: (received, isShown) => {
      switch (received.type) {
        case 'list':
          return pages.receive(received);
        case 'listFailed':
          return pages.fail(received.turn);
        case 'thumbnails':
          return thumbnails.receive(received.thumbnails);
        case 'filesGone':
          for (const pictureId of received.pictureIds) gone.add(pictureId);
          return repaint();
        case 'details':
          return showDetails(received.details);
        case 'rowChanged':
          return pages.replace(received.row);
        case 'changed':
          if (!isShown) {
            isFresh = false;
            return;
          }
          gone.clear();
          pages.reload();
          if (wantedDetails !== '') post({ type: 'details', entryId: wantedDetails });
          return;
        case 'begin':
          return;
      }
    },
  };
}

function countWords(total: number, strings: HistoryStrings): string {
  if (total === 1) return strings.oneFound;
  return fill(
    strings.manyFound,
    new Intl.NumberFormat(document.documentElement.lang || undefined).format(total),
  );
}
