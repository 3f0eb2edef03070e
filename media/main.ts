import type { FromWebviewMessage, ToWebviewMessage } from '../src/protocol/panel.ts';
import { decodeToWebview } from '../src/protocol/panelCodec.ts';
import { decodeToPrompts } from '../src/protocol/prompts.ts';
import { decodeToReferences } from '../src/protocol/references.ts';
import { draftPosted, draftTaken } from './draft.ts';
import { createReferences } from './references.ts';
import { initialState, isRunning, reduce, type PageState } from './state.ts';
import { createView, type View } from './view.ts';
import { post, store, stored } from './vscodeApi.ts';

let state: PageState = initialState;
let view: View | undefined;
const references = createReferences({
  post,
  say: (words) => view?.say({ kind: 'result', words }),
});

/** Everything the page says goes through here, so that the draft knows which of its words are on the way. */
function say(message: FromWebviewMessage): void {
  if ('prompt' in message) state = { ...state, draft: draftPosted(state.draft, message.prompt) };
  post(message);
}

/** The host's prompt goes into the box unless somebody is typing there; `focusPrompt` is a request to. */
function takeOffer(shown: View, force: boolean): void {
  const { offered } = state.draft;
  if (offered === undefined || (shown.composer.hasFocus() && !force)) return;
  shown.composer.setPrompt(offered);
  state = { ...state, draft: draftTaken(state.draft) };
}

function keepScroll(scroller: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  scroller.addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(() => store({ scrollTop: scroller.scrollTop }), 200);
  });
}

function receive(message: ToWebviewMessage): void {
  const before = state;
  state = reduce(state, message);
  if (!state.strings) return;
  const isFirst = view === undefined;
  view ??= createView(state.strings, say);
  if (isFirst) view.composer.element.prepend(references.element);
  view.render(before, state);
  takeOffer(view, isFirst || message.type === 'focusPrompt');
  if (isFirst) {
    view.scroller.scrollTop = stored().scrollTop;
    keepScroll(view.scroller);
  }
  if (message.type === 'focusPrompt') view.composer.focus();
  if (message.type === 'pictureForClipboard') void view.copyPicture(message.pictureId);
  if (message.type === 'history') view.history.receive(message.message);
  if (message.type === 'edit') view.edit.receive(message.message);
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  // VS Code's outer frame has this page's own origin (webview/browser/pre/index.html posts to
  // `window.origin`); any other window that can reach us is not the host.
  if (event.origin !== window.origin) return;
  const aboutReferences = decodeToReferences(event.data);
  if (aboutReferences) references.receive(aboutReferences);
  const prompts = decodeToPrompts(event.data);
  if (prompts) view?.composer.receivePrompts(prompts);
  const message = decodeToWebview(event.data);
  if (message) receive(message);
});
window.addEventListener('keydown', (event) => {
  // While an input method composes, Escape belongs to it.
  if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented) return;
  const isOfEdit = view?.edit.escape() === true;
  if (!isOfEdit && !isRunning(state)) return;
  event.preventDefault();
  if (!isOfEdit) say({ type: 'cancel' });
});

say({ type: 'ready' });
