import type { EditState } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { createNoticeList } from '../noticeList.ts';

/** What is said of a request besides its picture: the model's words, and what went wrong. */
export interface EditOutcome {
  readonly element: HTMLElement;
  readonly render: (state: EditState) => void;
}

/** Makes the place; it takes no room while there is nothing to say. */
export function createEditOutcome(strings: EditViewStrings, showLog: () => void): EditOutcome {
  // Long ones scroll: by keyboard, too.
  const text = h('p', { class: 'text edit-text', role: 'group', tabindex: '0' });
  text.setAttribute('aria-label', strings.modelText);
  const sentence = h('p');
  const button = h('button', { type: 'button', class: 'secondary', onclick: showLog }, strings.showLog);
  const words = h('div', {}, sentence, button);
  const failure = h('section', { class: 'failure', 'aria-label': strings.failed }, icon('error'), words);
  const notices = createNoticeList(strings.notice);
  return {
    element: h('div', { class: 'edit-outcome' }, text, failure, notices.element),
    render: (state) => {
      setText(text, state.text);
      text.hidden = state.text === '';
      failure.hidden = state.status !== 'failed';
      setText(sentence, state.failure);
      notices.render(state.notices);
    },
  };
}
