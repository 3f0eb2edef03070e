import { invalidArguments } from '../failure.ts';
import { redactBase64 } from '../outsideText.ts';

/** What letters need between them: joiners of emoji and of scripts, and how an emoji looks. */
const joining = /^(?:\uFE0F\u200D|(?:\u200C|\u200D|\uFE0E|\uFE0F))/u;

/**
 * An agent's prompt without what nobody can see: the person is shown what is sent. Invisible characters can carry words
 * of a document to whoever reads the prompt.
 * @throws invalidArguments for a run of letters so long that it is shown by its length only
 */
export function shownPrompt(prompt: string): string {
  const visible = prompt
    .replace(/\p{Default_Ignorable_Code_Point}+/gu, (run) => joining.exec(run)?.[0] ?? '')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, (one) => (/[\u200C\u200D]/.test(one) ? one : ''))
    .trim();
  if (visible === '') throw invalidArguments('The argument prompt is empty.');
  if (redactBase64(visible) !== visible)
    throw invalidArguments(
      'The argument prompt holds a run of 200 or more letters and digits; images go into references, and a prompt is words.',
    );
  return visible;
}
