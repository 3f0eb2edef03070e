import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, isEnabled, setEnabled, setText } from '../dom.ts';

/** What a person decides about a result. */
export interface EditChoicesActions {
  readonly accept: () => void;
  readonly reject: () => void;
  readonly tryAgain: () => void;
  readonly markPart: () => void;
  readonly backToComparison: () => void;
}

/** What can be decided now. */
export interface EditChoicesState {
  /** `comparing`: about the result that is seen; `marking`: on it is painted. */
  readonly about: 'comparing' | 'marking' | 'nothing';
  readonly acceptLabel: string;
  readonly costLine: string;
  readonly isBusy: boolean;
}

/** The row of decisions. */
export interface EditChoices {
  readonly element: HTMLElement;
  readonly render: (state: EditChoicesState) => void;
}

/**
 * Makes the row; it takes no room while there is no result.
 * @param holdButton looks at the original; stands among them
 */
export function createEditChoices(
  strings: EditViewStrings,
  holdButton: HTMLButtonElement,
  actions: EditChoicesActions,
): EditChoices {
  const create = (kind: string, label: string, run: () => void, title = '') => {
    const button = h('button', { type: 'button', class: kind, ...(title !== '' && { title }) }, label);
    button.addEventListener('click', () => {
      if (isEnabled(button)) run();
    });
    return button;
  };
  const accept = create('primary edit-accept', '', actions.accept);
  const others = [
    create('secondary', strings.reject, actions.reject, strings.rejectHint),
    create('secondary', strings.tryAgain, actions.tryAgain, strings.tryAgainHint),
    create('secondary', strings.markPart, actions.markPart),
  ];
  const back = create('secondary', strings.backToComparison, actions.backToComparison);
  const cost = h('p', { class: 'cost' });
  const element = h('div', { class: 'edit-choices' }, accept, ...others, holdButton, back, cost);
  return {
    element,
    render: ({ about, acceptLabel, costLine, isBusy }) => {
      element.hidden = about === 'nothing' && costLine === '';
      setText(cost, costLine);
      setText(accept, acceptLabel);
      for (const button of [accept, ...others, holdButton]) button.hidden = about !== 'comparing';
      for (const button of [accept, ...others]) setEnabled(button, !isBusy);
      back.hidden = about !== 'marking';
    },
  };
}
