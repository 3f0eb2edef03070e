import type { FromHistory, ToHistory } from '../../src/protocol/history.ts';
import type { PanelStrings } from '../../src/protocol/panel.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { HistoryBody } from './historyBody.ts';

/** What the list needs of the page. */
export interface HistoryPage {
  readonly post: (message: FromHistory) => void;
  /** Says words in the page's live region. */
  readonly say: (words: string) => void;
  /** Whether the list lies over the rest of the page, so that nothing there can be reached. */
  readonly cover: (isCovered: boolean) => void;
}

/** The history beside, or in a narrow column over, the rest of the page. */
export interface HistoryView {
  /** Shows and hides it; stands in the bar. */
  readonly button: HTMLElement;
  readonly element: HTMLElement;
  readonly receive: (message: ToHistory) => void;
}

/** Where there is no room beside the rest; history.css has the same. */
const narrow = '(max-width: 600px), (max-height: 340px)';

/** @param panel the panel's own words */
export function createHistoryView(panel: PanelStrings, page: HistoryPage): HistoryView {
  const words = h('span', {});
  const button = h('button', { type: 'button', class: 'chip history-button', 'aria-expanded': 'false' });
  button.append(icon('history'), words);
  button.hidden = true;
  const element = h('div', { class: 'history', id: 'history', hidden: true });
  button.setAttribute('aria-controls', element.id);
  const isNarrow = window.matchMedia(narrow);
  let body: HistoryBody | undefined;

  const cover = () => {
    const isCovering = !element.hidden && isNarrow.matches;
    page.cover(isCovering);
    // Then there is nothing else to be read.
    element.setAttribute('role', isCovering ? 'main' : 'complementary');
  };
  const show = (isShown: boolean) => {
    element.hidden = !isShown;
    button.setAttribute('aria-expanded', String(isShown));
    cover();
    if (isShown) body?.wake();
  };
  const toggle = (isShown: boolean) => {
    show(isShown);
    page.post({ type: 'show', isShown });
    if (isShown) body?.focus();
    else button.focus();
  };
  button.addEventListener('click', () => toggle(Boolean(element.hidden)));
  isNarrow.addEventListener('change', cover);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
    if (body?.back() !== true) {
      if (!isNarrow.matches) return;
      toggle(false);
    }
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    button,
    element,
    receive: (message) => {
      if (message.type !== 'begin') {
        body?.receive(message, !element.hidden);
        return;
      }
      // Said again with each request: the list goes on as it is.
      if (body !== undefined) return;
      setText(words, message.strings.history);
      button.title = message.strings.history;
      element.setAttribute('aria-label', message.strings.history);
      button.hidden = false;
      body = new HistoryBody(message.strings, panel, page);
      element.append(...body.elements);
      show(message.isShown);
    },
  };
}
