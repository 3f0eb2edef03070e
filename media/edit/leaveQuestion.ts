import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h } from '../dom.ts';

/** Asked before something is lost. */
export interface LeaveQuestion {
  readonly element: HTMLElement;
  readonly focus: () => void;
}

/** Makes the question, with the focus to be put on the answer that loses nothing. */
export function createLeaveQuestion(
  strings: EditViewStrings,
  actions: { readonly leave: () => void; readonly stay: () => void },
): LeaveQuestion {
  const stay = h('button', { type: 'button', class: 'primary', onclick: actions.stay }, strings.stay);
  const leave = h('button', { type: 'button', class: 'secondary', onclick: actions.leave }, strings.leave);
  const words = h('p', { id: 'edit-leave' }, strings.leaveQuestion);
  const attributes = { class: 'edit-leave', role: 'group', 'aria-labelledby': 'edit-leave' };
  return {
    element: h('div', attributes, words, h('div', { class: 'buttons' }, leave, stay)),
    focus: () => stay.focus(),
  };
}
