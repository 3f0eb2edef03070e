import type { FromEdit, ToEdit } from '../../src/protocol/edit.ts';
import { h } from '../dom.ts';
import { dragSource } from '../dropped.ts';
import { rememberFocus } from '../tileFocus.ts';
import { EditSession } from './editSession.ts';

/** What the edit mode needs of the page. */
export interface EditActions {
  readonly post: (message: FromEdit) => void;
  /** Says words in the page's live region, which must stay outside of what `cover` makes inert. */
  readonly say: (words: string) => void;
  /** Whether the edit lies over the rest of the page, so that nothing there can be reached. */
  readonly cover: (isCovered: boolean) => void;
  /** Takes the focus where the place that it came from is no longer there. */
  readonly takeFocus: () => void;
}

/** The mode in which one picture is edited, over the whole page. */
export interface EditView {
  readonly element: HTMLElement;
  readonly receive: (message: ToEdit) => void;
  readonly isOpen: () => boolean;
  /** One step back, for the Escape key where nothing of the edit has the focus. @returns whether it was open */
  readonly escape: () => boolean;
  /** Gives the memory back. */
  readonly dispose: () => void;
}

function listenToKeys(element: HTMLElement, session: () => EditSession | undefined): void {
  element.addEventListener('keydown', (event) => {
    // While an input method composes, keys belong to it.
    if (event.isComposing || event.defaultPrevented) return;
    const asks = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!asks && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (asks) session()?.generate();
    else session()?.escape();
  });
}

/** Keeps what is pasted or dragged onto the edit from the page beneath, which would take pictures as references. */
function keepToItself(element: HTMLElement): void {
  element.addEventListener('paste', (event) => event.stopPropagation());
  for (const name of ['dragenter', 'dragover', 'drop'] as const)
    element.addEventListener(name, (event) => {
      event.stopPropagation();
      // Words may be dragged about in the box; pictures are refused, or the browser would open them.
      if (!event.dataTransfer || dragSource(event.dataTransfer.types) === undefined) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'none';
    });
}

/**
 * The mode's element. Not `aria-modal`, which keeps some screen readers from the page's live region: what is inert is
 * what makes it modal.
 */
function createDialog(): HTMLElement {
  const attributes = { class: 'edit', role: 'dialog', 'aria-labelledby': 'edit-title', hidden: true };
  // A press beside everything leaves the focus here: keys are still the edit's.
  const element = h('section', { ...attributes, tabindex: '-1' });
  keepToItself(element);
  return element;
}

/** Makes the mode, closed. It opens with the host's `opened`. */
export function createEditView(actions: EditActions): EditView {
  const element = createDialog();
  let session: EditSession | undefined;
  let giveBack = () => false;
  const end = () => {
    session?.dispose();
    session = undefined;
    element.replaceChildren();
  };
  const close = () => {
    if (session === undefined) return;
    end();
    element.hidden = true;
    actions.cover(false);
    if (!giveBack()) actions.takeFocus();
  };
  const leave = () => {
    close();
    actions.post({ type: 'close' });
  };
  const open = (message: Extract<ToEdit, { readonly type: 'opened' }>) => {
    if (session === undefined) giveBack = rememberFocus();
    end();
    session = new EditSession(message, { post: actions.post, say: actions.say, leave });
    element.replaceChildren(session.element);
    element.hidden = false;
    session.focus();
    actions.cover(true);
  };
  listenToKeys(element, () => session);
  return {
    element,
    receive: (message) => {
      if (message.type === 'opened') open(message);
      else if (message.type !== 'closed') session?.receive(message);
      else {
        close();
        if (message.why !== '') actions.say(message.why);
      }
    },
    isOpen: () => session !== undefined,
    escape: () => {
      const wasOpen = session !== undefined;
      session?.escape();
      return wasOpen;
    },
    dispose: end,
  };
}
