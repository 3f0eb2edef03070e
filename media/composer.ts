import type { PanelForm, PanelStrings } from '../src/protocol/panel.ts';
import { maxPromptLength } from '../src/protocol/panelCodec.ts';
import { h, isEnabled, setEnabled } from './dom.ts';
import { createForm } from './form.ts';
import { createPromptKeys, type PromptKeys } from './promptKeys.ts';
import { isRunning, type PageState } from './state.ts';
import { fill } from './words.ts';

/** What the panel does when a person writes and asks. */
export interface ComposerActions {
  readonly promptChanged: (prompt: string) => void;
  readonly formChanged: (form: PanelForm) => void;
  readonly generate: (prompt: string) => void;
  readonly cancel: () => void;
  /** Tells those who listen. */
  readonly say: (words: string) => void;
}

/** The prompt box with its buttons. */
export interface Composer {
  readonly element: HTMLElement;
  readonly render: (state: PageState) => void;
  readonly hasFocus: () => boolean;
  readonly focus: () => void;
  readonly setPrompt: (prompt: string) => void;
  /** Takes the prompts of earlier requests, for the arrow keys. */
  readonly receivePrompts: PromptKeys['receive'];
}

/** Grows the box with its words; CSS caps it. Assigned through the CSSOM, which the CSP allows. */
function fitHeight(box: HTMLTextAreaElement): void {
  box.style.height = 'auto';
  const borders = box.offsetHeight - box.clientHeight;
  box.style.height = `${box.scrollHeight + borders}px`;
}

/**
 * The prompt box. Its draft is told to the host at every change: a page that is hidden or loaded anew ends
 * without a last word, and what the person typed a moment ago must not end with it.
 */
function createBox(strings: PanelStrings, promptChanged: (prompt: string) => void) {
  const box = h('textarea', {
    id: 'prompt',
    rows: '2',
    maxlength: String(maxPromptLength),
    placeholder: strings.promptPlaceholder,
    'aria-describedby': 'prompt-hint',
  });
  box.addEventListener('input', () => {
    fitHeight(box);
    promptChanged(box.value);
  });
  new ResizeObserver(() => fitHeight(box)).observe(box.ownerDocument.body);
  const setPrompt = (prompt: string) => {
    if (box.value === prompt) return;
    box.value = prompt;
    fitHeight(box);
  };
  return { box, setPrompt };
}

function createButton(label: string, kind: 'primary' | 'secondary', run: () => void): HTMLButtonElement {
  const button = h('button', { type: 'button', class: kind }, label);
  button.addEventListener('click', () => {
    if (isEnabled(button)) run();
  });
  return button;
}

/** Makes the composer. Ctrl/Cmd+Enter in it generates; Escape anywhere in the page cancels (main.ts). */
export function createComposer(strings: PanelStrings, actions: ComposerActions): Composer {
  const { box, setPrompt } = createBox(strings, actions.promptChanged);
  const show = (prompt: string) => {
    setPrompt(prompt);
    actions.promptChanged(prompt);
  };
  const keys = createPromptKeys(box, show, actions.say);
  const form = createForm(strings, actions.formChanged);
  const ask = () => {
    if (box.value.trim() === '') {
      box.focus();
      return;
    }
    form.commit();
    actions.generate(box.value);
  };
  const generate = createButton(strings.generate, 'primary', ask);
  const cancel = createButton(strings.cancel, 'secondary', actions.cancel);
  const shortcut = navigator.userAgent.includes('Mac') ? '⌘⏎' : 'Ctrl+Enter';
  const hint = h('span', { id: 'prompt-hint', class: 'hint' }, fill(strings.generateHint, shortcut));
  const row = h('div', { class: 'row' }, hint, h('div', { class: 'buttons' }, cancel, generate));
  const label = h('label', { for: 'prompt', class: 'heard' }, strings.prompt);
  const element = h(
    'section',
    { class: 'composer', 'aria-label': strings.prompt },
    label,
    box,
    form.element,
    row,
  );
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    generate.click();
  });
  return {
    element,
    render: (state) => {
      form.render(state);
      setEnabled(generate, !isRunning(state));
      setEnabled(cancel, isRunning(state));
    },
    hasFocus: () => document.hasFocus() && document.activeElement === box,
    focus: () => {
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    },
    setPrompt,
    receivePrompts: keys.receive,
  };
}
