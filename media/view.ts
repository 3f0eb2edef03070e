import type { FromWebviewMessage, PanelStrings } from '../src/protocol/panel.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import { copyImage } from './clipboard.ts';
import { createComposer, type Composer } from './composer.ts';
import { h, setText } from './dom.ts';
import { icon } from './icons.ts';
import { createEditView, type EditView } from './edit/editView.ts';
import { createHistoryView, type HistoryView } from './history/historyView.ts';
import { keepFocus } from './keepFocus.ts';
import { createSheetView } from './sheetView.ts';
import { isRunning, type PageState } from './state.ts';
import { focusFirstTile, rememberFocus } from './tileFocus.ts';
import { announcementOf, fill } from './words.ts';

/** The page on the screen. */
export interface View {
  /** Shows `after`; `before` tells what of it is news. */
  readonly render: (before: PageState, after: PageState) => void;
  readonly composer: Composer;
  readonly history: HistoryView;
  readonly edit: EditView;
  /** Puts the picture onto the clipboard and tells the host how it went. */
  readonly copyPicture: (pictureId: string) => Promise<void>;
  /** The part that scrolls. */
  readonly scroller: HTMLElement;
  readonly say: Announcer['say'];
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
  const others = h('span', { class: 'chips' });
  let shown: readonly string[] = [];
  const chipOf = (name: string) => {
    const label = fill(strings.removeModel, name);
    const remove = () => post({ type: 'removeModel', model: name });
    return h(
      'button',
      { type: 'button', class: 'chip', title: label, 'aria-label': label, onclick: remove },
      name,
      icon('close'),
    );
  };
  const compare = h(
    'button',
    { type: 'button', class: 'chip', title: strings.compareHint, onclick: () => post({ type: 'addModel' }) },
    icon('add'),
    strings.compare,
  );
  return {
    element: h('header', { class: 'bar' }, gateway.button, model.button, others, compare),
    render: ({ panel }: PageState) => {
      gateway.setName(panel.gatewayName);
      model.setName(panel.modelName);
      compare.hidden = panel.moreModels.length >= mostMoreModels;
      if (shown.join('\n') === panel.moreModels.join('\n')) return;
      shown = panel.moreModels;
      others.replaceChildren(...shown.map(chipOf));
    },
  };
}

/** Besides the chosen one. */
const mostMoreModels = 3;

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
    formChanged: (form) => post({ type: 'formChanged', form }),
    generate: (prompt) => post({ type: 'generate', prompt }),
    cancel: () => post({ type: 'cancel' }),
    say: (words) => announcer.say({ kind: 'result', words }),
  });
  // The page has the bytes and the click's permission is fresh only now (Safari, Firefox): it copies
  // without asking the host, and tells it afterwards.
  const copy = async (pictureId: string) => {
    const shown = sheet.findPicture(pictureId);
    const blob = shown?.blob();
    const ok = blob ? await copyImage(blob) : false;
    shown?.showCopied(ok);
    announcer.say({ kind: 'result', words: ok ? strings.copied : strings.copyFailed });
    post({ type: 'pictureCopied', ok });
  };
  const sheet = createSheetView(strings, {
    act: (action, picture) => {
      if (action === 'copyImage') void copy(picture.id);
      else post({ type: 'pictureAction', action, pictureId: picture.id });
    },
    cancel: (tileId) => post({ type: 'cancel', tileId }),
    keepAll: () => post({ type: 'keepAll' }),
    discardAll: () => post({ type: 'discardAll' }),
    showLog: () => post({ type: 'showLog' }),
  });
  const history = createHistoryView(strings, {
    post: (message) => post({ type: 'history', message }),
    say: (words) => announcer.say({ kind: 'result', words }),
    cover: (isCovered) => {
      isHistoryOver = isCovered;
      cover();
    },
  });
  const edit = createEditView({
    post: (message) => post({ type: 'edit', message }),
    say: (words) => announcer.say({ kind: 'result', words }),
    cover: (isCovered) => {
      isEditOver = isCovered;
      cover();
    },
    takeFocus: composer.focus,
  });
  let [isHistoryOver, isEditOver] = [false, false];
  const cover = () => {
    bar.element.inert = history.element.inert = isEditOver;
    sheet.element.inert = composer.element.inert = isHistoryOver || isEditOver;
  };
  bar.element.append(history.button);
  const below = [bar.element, sheet.element, composer.element, history.element];
  document.body.replaceChildren(...below, edit.element, announcer.element);
  return {
    composer,
    history,
    edit,
    copyPicture: copy,
    scroller: sheet.element,
    say: announcer.say,
    render: (before, after) => {
      const giveBack = rememberFocus();
      const rescue = () => giveBack() || focusFirstTile(sheet.element) || composer.focus();
      followEnd(sheet.element, isRunning(after), () =>
        keepFocus(sheet.element, () => sheet.render(after), rescue),
      );
      bar.render(after);
      composer.render(after);
      const announcement = announcementOf(before, after);
      if (announcement) announcer.say(announcement);
      if (before.panel.sheet.startedAt !== after.panel.sheet.startedAt) sheet.element.scrollTop = 0;
    },
  };
}
