import type { FromWebviewMessage, PanelImage, PanelStrings } from '../src/protocol/panel.ts';
import { createAnnouncer } from './announcer.ts';
import { copyImage } from './clipboard.ts';
import { createComposer, type Composer } from './composer.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createHistoryView, type HistoryView } from './history/historyView.ts';
import { createRequestView } from './requestView.ts';
import type { PageState } from './state.ts';
import { announcementOf } from './words.ts';

/** The page on the screen. */
export interface View {
  /** Shows `after`; `before` tells what of it is news. */
  readonly render: (before: PageState, after: PageState) => void;
  readonly composer: Composer;
  readonly history: HistoryView;
  /** Puts the picture onto the clipboard and tells the host how it went. */
  readonly copyImage: (imageId: string) => Promise<void>;
  /** The part that scrolls. */
  readonly scroller: HTMLElement;
}

/** @param unnamed stands where there is no name */
function createChip(label: string, choose: string, unnamed: string, run: () => void) {
  const name = h('span', { class: 'chip-name' });
  const button = h(
    'button',
    { type: 'button', class: 'chip', title: choose, onclick: run },
    h('span', { class: 'chip-label' }, label),
    ' ',
    name,
    icon('chevron'),
  );
  return { button, setName: (value: string) => setText(name, value === '' ? unnamed : value) };
}

function createBar(strings: PanelStrings, post: (message: FromWebviewMessage) => void) {
  const gateway = createChip(strings.gateway, strings.chooseGateway, strings.chooseGateway, () =>
    post({ type: 'selectGateway' }),
  );
  const model = createChip(strings.model, strings.chooseModel, strings.defaultModel, () =>
    post({ type: 'selectModel' }),
  );
  return {
    element: h('header', { class: 'bar' }, gateway.button, model.button),
    render: ({ panel }: PageState) => {
      gateway.setName(panel.gatewayName);
      model.setName(panel.modelName);
    },
  };
}

/** Pixels: what hides less than this is not worth cutting the heading off at the top. */
const slack = 72;

/** Keeps the end in sight while words and pictures come, for those who were looking at the end. */
function followEnd(scroller: HTMLElement, isRunning: boolean, change: () => void): void {
  const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < slack;
  change();
  const overflow = scroller.scrollHeight - scroller.clientHeight;
  if (isRunning && atEnd && overflow >= slack) scroller.scrollTop = scroller.scrollHeight;
}

/** Builds the page into the body. `post` says things to the host. */
export function createView(strings: PanelStrings, post: (message: FromWebviewMessage) => void): View {
  const announcer = createAnnouncer();
  const bar = createBar(strings, post);
  const composer = createComposer(strings, {
    promptChanged: (prompt) => post({ type: 'promptChanged', prompt }),
    generate: (prompt) => post({ type: 'generate', prompt }),
    cancel: () => post({ type: 'cancel' }),
  });
  // The page has the bytes and the click's permission is fresh only now (Safari, Firefox): it copies
  // without asking the host, and tells it afterwards.
  const copy = async (imageId: string) => {
    const tile = request.findTile(imageId);
    const blob = tile?.blob();
    const ok = blob ? await copyImage(blob) : false;
    tile?.showCopied(ok);
    announcer.say({ kind: 'result', words: ok ? strings.copied : strings.copyFailed });
    post({ type: 'imageCopied', ok });
  };
  const request = createRequestView(strings, {
    act: (action, image: PanelImage) => {
      if (action === 'copyImage') void copy(image.id);
      else post({ type: 'imageAction', action, imageId: image.id });
    },
    showLog: () => post({ type: 'showLog' }),
  });
  const history = createHistoryView(strings, {
    post: (message) => post({ type: 'history', message }),
    say: (words) => announcer.say({ kind: 'result', words }),
    cover: (isCovered) => {
      request.element.inert = composer.element.inert = isCovered;
    },
  });
  bar.element.append(history.button);
  const parts = [bar.element, request.element, composer.element, history.element, announcer.element];
  document.body.replaceChildren(...parts);
  return {
    composer,
    history,
    copyImage: copy,
    scroller: request.element,
    render: (before, after) => {
      followEnd(request.element, after.panel.status === 'running', () => request.render(after));
      bar.render(after);
      composer.render(after);
      const announcement = announcementOf(before, after);
      if (announcement) announcer.say(announcement);
      if (before.panel.startedAt !== after.panel.startedAt) request.element.scrollTop = 0;
    },
  };
}
