import type { ImageAction, PanelImage, PanelStrings } from '../src/protocol/panel.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createReceipt } from './receipt.ts';
import type { ImageTile } from './imageTile.ts';
import { isEmpty, type PageState } from './state.ts';
import { createTiles } from './tiles.ts';

/** What the panel does when a person acts on the request shown. */
export interface RequestActions {
  readonly act: (action: ImageAction, image: PanelImage) => void;
  readonly showLog: () => void;
}

/** The main area: the prompt, the words and pictures that came of it, how it ended. */
export interface RequestView {
  readonly element: HTMLElement;
  readonly render: (state: PageState) => void;
  readonly findTile: (imageId: string) => ImageTile | undefined;
}

function createNotices(strings: PanelStrings) {
  const element = h('ul', { class: 'notices', role: 'list' });
  let shown: readonly string[] = [];
  const row = (notice: string) =>
    h('li', {}, icon('warning'), h('span', {}, h('span', { class: 'heard' }, `${strings.notice} `), notice));
  return {
    element,
    render: (notices: readonly string[]) => {
      element.hidden = notices.length === 0;
      if (notices.length === shown.length && notices.every((notice, at) => notice === shown[at])) return;
      shown = notices;
      element.replaceChildren(...notices.map(row));
    },
  };
}

function createFailure(strings: PanelStrings, showLog: () => void) {
  const sentence = h('p');
  const button = h('button', { type: 'button', class: 'secondary', onclick: showLog }, strings.showLog);
  const words = h('div', {}, h('h2', {}, strings.failed), sentence, button);
  const element = h('section', { class: 'failure', 'aria-label': strings.failed }, icon('error'), words);
  return {
    element,
    render: ({ panel }: PageState) => {
      element.hidden = panel.status !== 'failed';
      setText(sentence, panel.failure);
    },
  };
}

/** Makes the main area. */
export function createRequestView(strings: PanelStrings, actions: RequestActions): RequestView {
  const empty = h(
    'div',
    { class: 'empty' },
    icon('picture'),
    h('h1', {}, strings.emptyTitle),
    h('p', {}, strings.emptyHint),
  );
  const heading = h('h1', { class: 'request-prompt' });
  const text = h('p', { class: 'text' });
  const tiles = createTiles(strings, actions.act);
  const notices = createNotices(strings);
  const failure = createFailure(strings, actions.showLog);
  const cancelled = h('p', { class: 'cancelled' }, icon('stopped'), strings.cancelled);
  const cost = h('p', { class: 'cost' });
  const session = h('p', { class: 'cost' });
  const receipt = createReceipt(strings);
  const request = h('div', { class: 'request' });
  request.append(
    heading,
    text,
    tiles.element,
    failure.element,
    cancelled,
    notices.element,
    receipt.element,
    cost,
    session,
  );
  return {
    element: h('main', {}, empty, request),
    findTile: tiles.find,
    render: (state) => {
      const { panel } = state;
      empty.hidden = !isEmpty(state);
      request.hidden = isEmpty(state);
      setText(heading, panel.requestPrompt);
      setText(text, panel.text);
      text.hidden = panel.text === '';
      tiles.render(state);
      failure.render(state);
      cancelled.hidden = panel.status !== 'cancelled';
      notices.render(panel.notices);
      receipt.render(panel.receipt);
      setText(cost, panel.costLine);
      cost.hidden = panel.costLine === '';
      setText(session, panel.sessionLine);
      session.hidden = panel.sessionLine === '';
    },
  };
}
