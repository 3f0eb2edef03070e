import type { HistoryRow, HistoryStrings } from '../../src/protocol/history.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { fill } from '../words.ts';

/** A row as it stands in the list. */
export interface RowPlace {
  readonly index: number;
  readonly total: number;
  /** Pixels from the top of the list, and of the row with its heading. */
  readonly top: number;
  readonly height: number;
  /** The day that it begins; empty where it goes on. */
  readonly heading: string;
  /** Whether Tab stops here. */
  readonly isStop: boolean;
  readonly isFileGone: boolean;
  /** `Thumbnails.urlOf` its picture. */
  readonly url: string | undefined;
}

/** One row on the page; it shows one generation after the other. */
export interface RowView {
  readonly element: HTMLElement;
  readonly main: HTMLButtonElement;
  readonly menu: HTMLButtonElement;
  readonly show: (row: HistoryRow, place: RowPlace) => void;
}

/** What a person does with a row. */
export interface RowActions {
  /** Shows its details; of a removed one, takes the removal back. */
  readonly choose: (index: number) => void;
  readonly openMenu: (index: number, anchor: HTMLElement) => void;
}

/** Makes a row that shows nothing yet. */
export function createRowView(strings: HistoryStrings, actions: RowActions): RowView {
  let at = 0;
  const heading = h('h2', { class: 'history-day' });
  const picture = h('span', { class: 'history-picture', 'aria-hidden': 'true' });
  const title = h('span', { class: 'history-title', dir: 'auto' });
  const line = h('span', { class: 'history-line' });
  const undo = h('span', { class: 'history-undo' }, strings.undo);
  const words = h('span', { class: 'history-words' }, title, line);
  const main = h('button', { type: 'button', class: 'history-row' }, picture, words, undo);
  main.addEventListener('click', () => actions.choose(at));
  const menu = h('button', {
    type: 'button',
    class: 'history-more',
    'aria-haspopup': 'menu',
    tabindex: '-1',
  });
  menu.append(icon('more'));
  menu.addEventListener('click', () => actions.openMenu(at, menu));
  const box = h('div', { class: 'history-box' }, main, menu);
  const element = h('li', { class: 'history-entry' }, heading, box);
  let shownUrl: string | undefined;
  const showPicture = (url: string | undefined) => {
    if (url === shownUrl && picture.firstChild) return;
    shownUrl = url;
    if (url === undefined || url === '') picture.replaceChildren(icon('picture'));
    else {
      const img = h('img', { alt: '', draggable: 'false', decoding: 'async' });
      img.src = url;
      picture.replaceChildren(img);
    }
  };
  return {
    element,
    main,
    menu,
    show: (row, place) => {
      at = place.index;
      const { style } = element;
      style.transform = `translateY(${place.top}px)`;
      style.height = `${place.height}px`;
      element.setAttribute('aria-posinset', String(at + 1));
      element.setAttribute('aria-setsize', String(place.total));
      heading.hidden = place.heading === '';
      setText(heading, place.heading);
      element.classList.toggle('removed', row.isRemoved);
      setText(title, row.title);
      showLine(line, lineOf(row, place, strings), place.isFileGone && !row.isRemoved);
      main.title = row.isRemoved ? '' : `${row.title}\n${row.hint}`;
      main.tabIndex = place.isStop ? 0 : -1;
      undo.hidden = !row.isRemoved;
      menu.hidden = row.isRemoved;
      menu.setAttribute('aria-label', fill(strings.actionsFor, row.title));
      showPicture(row.cover === undefined ? '' : place.url);
    },
  };
}

function lineOf(row: HistoryRow, { isFileGone }: RowPlace, strings: HistoryStrings): string {
  if (row.isRemoved) return strings.removedRow;
  return isFileGone ? fill(strings.fileGone, row.cover?.line ?? '') : row.line;
}

/** Shows what became of a picture. @param isWarning its file is gone: marked, for the eye */
export function showLine(line: HTMLElement, words: string, isWarning: boolean): void {
  if (line.textContent === words && (line.firstElementChild !== null) === isWarning) return;
  line.replaceChildren(...(isWarning ? [icon('warning')] : []), words);
}
