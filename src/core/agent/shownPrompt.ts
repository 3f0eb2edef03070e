import { invalidArguments } from '../failure.ts';
import { redactBase64 } from '../outsideText.ts';
import { withoutInvisible } from './visibleText.ts';

/** The most characters of an agent's prompt: all of it is shown before it is sent. */
export const toolPromptLimit = 4000;

/**
 * An agent's prompt as it is shown and sent, character by character: in one line, with single spaces, without what nobody
 * can see, and of several ways to write a letter the composed one (NFC). All of these can carry words of a document to
 * whoever reads the prompt.
 * @throws invalidArguments for one that is empty or too long, and for a run of letters that can only be a file
 */
export function shownPrompt(prompt: string): string {
  checkLength(prompt);
  const visible = withoutInvisible(prompt)
    .normalize('NFC')
    // U+2800, an empty pattern of Braille, is a space to the eye.
    .replace(/[\p{Cc}\p{Z}\u2800]+/gu, ' ')
    .trim();
  if (visible === '') throw invalidArguments('The argument prompt is empty.');
  // NFC can be longer.
  checkLength(visible);
  if (redactBase64(visible) !== visible)
    throw invalidArguments(
      'The argument prompt holds a run of 200 or more letters and digits; images go into references, and a prompt is words.',
    );
  return visible;
}

function checkLength({ length }: string): void {
  if (length <= toolPromptLimit) return;
  throw invalidArguments(`The argument prompt is longer than ${toolPromptLimit} characters; shorten it.`);
}
