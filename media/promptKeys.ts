import { isCaretInLine } from './caretLine.ts';
import type { ToPromptsMessage } from '../src/protocol/prompts.ts';
import { noPrompts, type PromptHistory, promptRecalled, promptsReceived } from './promptHistory.ts';
import { fill } from './words.ts';

/** The arrow keys of the prompt box. */
export interface PromptKeys {
  readonly receive: (message: ToPromptsMessage) => void;
}

/**
 * Lets arrow up in the first line of a box show earlier prompts, and arrow down in its last line newer ones and then
 * the draft; in between they move the caret as ever.
 * @param show puts a text into the box, as if it had been written
 * @param say tells those who listen
 */
export function createPromptKeys(
  box: HTMLTextAreaElement,
  show: (text: string) => void,
  say: (words: string) => void,
): PromptKeys {
  let history: PromptHistory = noPrompts;
  let recalled = '';
  const step = (to: 'older' | 'newer') => {
    const next = promptRecalled(history, to, box.value);
    if (next === undefined) return false;
    history = next.history;
    show(next.text);
    // At the end that the same key leaves by: pressed again, it goes on.
    const caret = to === 'older' ? 0 : next.text.length;
    box.setSelectionRange(caret, caret);
    const { at, prompts } = history;
    say(at === -1 ? next.text : fill(recalled, at + 1, prompts.length, next.text));
    return true;
  };
  box.addEventListener('keydown', (event) => {
    const to = directionOf(event, box);
    if (to === undefined) return;
    if (isCaretInLine(box, to === 'older' ? 'first' : 'last') && step(to)) event.preventDefault();
  });
  return {
    receive: (message) => {
      history = promptsReceived(history, message.prompts);
      recalled = message.recalled;
    },
  };
}

/** A plain arrow key, with no text selected; while an input method composes, it belongs to that. */
function directionOf(event: KeyboardEvent, box: HTMLTextAreaElement): 'older' | 'newer' | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return undefined;
  if (box.selectionStart !== box.selectionEnd) return undefined;
  return event.key === 'ArrowUp' ? 'older' : event.key === 'ArrowDown' ? 'newer' : undefined;
}
