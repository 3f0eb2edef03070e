import { editBounds } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, isEnabled, setEnabled, setText } from '../dom.ts';
import { fill } from '../words.ts';

/** What a person does with the box. */
export interface EditPromptActions {
  readonly changed: () => void;
  readonly generate: () => void;
  readonly cancel: () => void;
}

/** What the box shows beside its words. */
export interface EditPromptState {
  /** A request can be cancelled. */
  readonly isRunning: boolean;
  /** None can be begun. */
  readonly isBusy: boolean;
  /** It goes on from a result. */
  readonly isRefining: boolean;
  readonly hint: string;
  readonly price: string;
}

/** The box in which one writes what to change, with its buttons. */
export interface EditPrompt {
  readonly element: HTMLElement;
  readonly text: () => string;
  readonly setText: (words: string) => void;
  readonly focus: () => void;
  readonly render: (state: EditPromptState) => void;
}

function createButton(label: string, kind: string, run: () => void): HTMLButtonElement {
  const button = h('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', () => {
    if (isEnabled(button)) run();
  });
  return button;
}

function createBox(changed: () => void): HTMLTextAreaElement {
  const box = h('textarea', {
    ...{ id: 'edit-prompt', rows: '2', class: 'edit-prompt-box' },
    ...{ maxlength: String(editBounds.prompt), 'aria-describedby': 'edit-route edit-keys' },
  });
  box.addEventListener('input', changed);
  return box;
}

/** Makes the box; Ctrl/Cmd+Enter is the view's. */
export function createEditPrompt(strings: EditViewStrings, actions: EditPromptActions): EditPrompt {
  const box = createBox(actions.changed);
  const ask = () => {
    if (box.value.trim() === '') box.focus();
    else actions.generate();
  };
  const generate = createButton(strings.generate, 'primary', ask);
  const cancel = createButton(strings.cancel, 'secondary', actions.cancel);
  const label = h('label', { for: 'edit-prompt' });
  const route = h('p', { id: 'edit-route', class: 'edit-route' });
  const shortcut = navigator.userAgent.includes('Mac') ? '⌘⏎' : 'Ctrl+Enter';
  const keys = h('span', { id: 'edit-keys', class: 'hint' }, fill(strings.generateHint, shortcut));
  const price = h('span', { class: 'edit-price' });
  const row = h('div', { class: 'row' }, keys, price, h('div', { class: 'buttons' }, cancel, generate));
  return {
    element: h('div', { class: 'edit-prompt' }, label, box, route, row),
    text: () => box.value,
    setText: (words) => (box.value = words),
    focus: () => {
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    },
    render: ({ isRunning, isBusy, isRefining, hint, price: words }) => {
      setText(label, isRefining ? strings.refinePrompt : strings.prompt);
      box.placeholder = isRefining ? strings.refinePlaceholder : strings.promptPlaceholder;
      // Not disabled: the focus stays in it.
      box.readOnly = isBusy;
      setText(route, hint);
      route.hidden = hint === '';
      setText(price, words);
      setEnabled(generate, !isBusy);
      setEnabled(cancel, isRunning);
      // One button at a time is the one that is wanted most: a result's is to accept it.
      generate.className = isRefining ? 'secondary' : 'primary';
    },
  };
}
