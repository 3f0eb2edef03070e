import { h, setText } from '../dom.ts';

/** What stands in the list's place where there is nothing to list. */
export interface ListMessage {
  readonly element: HTMLElement;
  /** @param label of a button that does something about it; without it there is none */
  readonly show: (words: string, label?: string, run?: () => void) => void;
  readonly hide: () => void;
}

/** Makes the message; hidden at first. */
export function createListMessage(): ListMessage {
  const sentence = h('p', {});
  const button = h('button', { type: 'button', class: 'secondary' });
  const element = h('div', { class: 'history-message', hidden: true }, sentence, button);
  let act: (() => void) | undefined;
  button.addEventListener('click', () => act?.());
  return {
    element,
    show: (words, label = '', run) => {
      act = run;
      setText(sentence, words);
      setText(button, label);
      button.hidden = label === '';
      element.hidden = false;
    },
    hide: () => (element.hidden = true),
  };
}
