import type {
  HistoryDetails,
  HistoryPictureView,
  HistoryStrings,
  SavedAction,
} from '../../src/protocol/history.ts';
import type { PanelStrings } from '../../src/protocol/panel.ts';
import { h } from '../dom.ts';
import { icon } from '../icons.ts';
import { createReceipt } from '../receipt.ts';
import { createToolbar } from '../toolbar.ts';
import { fill } from '../words.ts';
import { showLine } from './rowView.ts';
import type { Thumbnails } from './thumbnails.ts';

/** What a person does there. */
export interface DetailsActions {
  readonly back: () => void;
  readonly act: (action: 'loadSettings' | 'generateAgain' | 'remove', entryId: string) => void;
  readonly actOnPicture: (action: SavedAction, pictureId: string) => void;
}

/** Everything of one generation, in the place of the list. */
export interface DetailsView {
  readonly element: HTMLElement;
  /** Whose details are shown; undefined while there are none. */
  readonly entryId: () => string | undefined;
  readonly show: (details: HistoryDetails) => void;
  readonly hide: () => void;
  readonly focus: () => void;
  /** Ids of the pictures that are shown. */
  readonly pictureIds: () => readonly string[];
  /** Shows again what is known of thumbnails and files. */
  readonly repaint: () => void;
}

/** @param panel the panel's own words, for the receipt */
export function createDetailsView(
  strings: HistoryStrings,
  panel: PanelStrings,
  {
    thumbnails,
    isGone,
  }: { readonly thumbnails: Thumbnails; readonly isGone: (pictureId: string) => boolean },
  actions: DetailsActions,
): DetailsView {
  const element = h('section', { class: 'history-details', 'aria-label': strings.details, hidden: true });
  let shown: HistoryDetails | undefined;
  let repaints: readonly (() => void)[] = [];

  const makePicture = (view: HistoryPictureView, alt: string) => {
    const place = h('div', { class: 'history-large' });
    const line = h('p', { class: 'history-line' });
    const repaint = () => {
      const url = thumbnails.urlOf(view.id);
      setPicture(place, url, view, alt);
      const gone = isGone(view.id);
      showLine(line, gone ? fill(strings.fileGone, view.line) : view.line, gone);
      tools.hidden = gone || view.actions.length === 0;
    };
    const items = view.actions.map((action) => ({
      label: strings[action],
      run: () => actions.actOnPicture(action, view.id),
    }));
    const tools = createToolbar(fill(strings.actionsFor, view.line), items);
    return { element: h('li', {}, place, line, tools), repaint };
  };
  const show = (details: HistoryDetails) => {
    const hadFocus = shown === undefined || element.contains(document.activeElement);
    if (shown !== undefined && JSON.stringify(details) === JSON.stringify(shown)) return;
    shown = details;
    const { row } = details;
    const back = h('button', { type: 'button', class: 'history-back', onclick: actions.back }, icon('back'));
    back.append(strings.back);
    const pictures = details.pictures.map((one) => makePicture(one, details.alt));
    repaints = pictures.map(({ repaint }) => repaint);
    const receipt = createReceipt(panel);
    receipt.render(details.receipt);
    const items = (['loadSettings', 'generateAgain', 'remove'] as const).map((action) => ({
      label: strings[action],
      run: () => actions.act(action, row.id),
    }));
    element.replaceChildren(
      back,
      h('ul', { class: 'history-pictures', role: 'list' }, ...pictures.map((one) => one.element)),
      h('p', { class: 'history-prompt', dir: 'auto' }, details.prompt),
      createToolbar(fill(strings.actionsFor, row.title), items),
      h('dl', { class: 'history-facts' }, ...details.facts.flatMap(factOf)),
      noticesOf(details.notices),
      receipt.element,
    );
    element.hidden = false;
    for (const repaint of repaints) repaint();
    if (hadFocus) back.focus();
  };
  return {
    element,
    show,
    entryId: () => shown?.row.id,
    focus: () => element.querySelector('button')?.focus(),
    hide: () => {
      element.hidden = true;
      element.replaceChildren();
      [shown, repaints] = [undefined, []];
    },
    pictureIds: () => shown?.pictures.map(({ id }) => id) ?? [],
    repaint: () => {
      for (const repaint of repaints) repaint();
    },
  };
}

function setPicture(
  place: HTMLElement,
  url: string | undefined,
  { width, height }: HistoryPictureView,
  alt: string,
): void {
  place.style.setProperty('--ig-ratio', String(width / Math.max(1, height)));
  const current = place.querySelector('img');
  if (url === undefined || url === '') {
    place.replaceChildren(icon('picture'));
    return;
  }
  if (current?.src === url) return;
  const img = h('img', { alt, draggable: 'false' });
  img.src = url;
  place.replaceChildren(img);
}

function factOf({ name, value }: HistoryDetails['facts'][number]): readonly HTMLElement[] {
  return [h('dt', {}, name), h('dd', {}, value)];
}

function noticesOf(notices: readonly string[]): HTMLElement {
  const rows = notices.map((words) => h('li', {}, icon('warning'), h('span', {}, words)));
  return h('ul', { class: 'notices', role: 'list', hidden: rows.length === 0 }, ...rows);
}
