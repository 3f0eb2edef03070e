import type { EditState } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { fill } from '../words.ts';
import { createStepStrip } from './stepStrip.ts';

/** What is edited, the way back to earlier steps, and the way out. */
export interface EditHead {
  readonly element: HTMLElement;
  readonly render: (state: EditState, isBusy: boolean) => void;
}

/** Makes the head. */
export function createEditHead(
  strings: EditViewStrings,
  actions: { readonly goTo: (step: number) => void; readonly close: () => void },
): EditHead {
  const title = h('h1', { class: 'edit-title', id: 'edit-title' });
  const strip = createStepStrip(strings, actions.goTo);
  const close = h('button', { type: 'button', class: 'edit-close', onclick: actions.close }, icon('close'));
  close.title = strings.close;
  close.setAttribute('aria-label', strings.close);
  return {
    element: h('header', { class: 'edit-head' }, title, strip.element, close),
    render: ({ fileName, step, prompts }, isBusy) => {
      const words = fill(strings.title, fileName);
      setText(title, words);
      title.title = words;
      strip.render(step, prompts, isBusy);
    },
  };
}
