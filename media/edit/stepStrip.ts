import type { EditViewStrings } from '../../src/protocol/editStrings.ts';
import { h, isEnabled, setEnabled } from '../dom.ts';
import { fill } from '../words.ts';

/** The original and its results, a button each. */
export interface StepStrip {
  readonly element: HTMLElement;
  /** @param step the current one; 0 is the original */
  readonly render: (step: number, prompts: readonly string[], isBusy: boolean) => void;
}

/** Of what was asked for; the rest is in the box when one tries again. */
const mostOfPrompt = 200;

/** Makes the strip; there is none while there is only the original. */
export function createStepStrip(strings: EditViewStrings, goTo: (step: number) => void): StepStrip {
  const list = h('ol', {});
  const element = h('nav', { class: 'edit-steps', 'aria-label': strings.steps }, list);
  const buttons: HTMLButtonElement[] = [];
  const add = (step: number) => {
    const button = h(
      'button',
      { type: 'button', class: 'edit-step' },
      step === 0 ? strings.original : `${step}`,
    );
    button.addEventListener('click', () => {
      if (isEnabled(button)) goTo(step);
    });
    buttons.push(button);
    list.append(h('li', {}, button));
    return button;
  };
  const name = (button: HTMLButtonElement, step: number, prompt: string) => {
    const words = fill(strings.step, step, prompt.slice(0, mostOfPrompt));
    if (button.title === words) return;
    button.title = words;
    button.setAttribute('aria-label', words);
  };
  return {
    element,
    render: (current, prompts, isBusy) => {
      element.hidden = prompts.length === 0;
      while (buttons.length > prompts.length + 1) {
        buttons.pop();
        list.lastElementChild?.remove();
      }
      for (let step = 0; step <= prompts.length; step++) {
        const button = buttons[step] ?? add(step);
        if (step > 0) name(button, step, prompts[step - 1] ?? '');
        if (step === current) button.setAttribute('aria-current', 'step');
        else button.removeAttribute('aria-current');
        setEnabled(button, !isBusy || step === current);
      }
    },
  };
}
