import { outsideWords } from '../outsideText.ts';
import type { ReferenceContext } from './imageReference.ts';

/** Of a prompt with its context: what is more says nothing. */
const mostContext = 400;

/** The context in a line, as a person sees it before it is sent and as it is sent; undefined where there is none. */
export function contextLine({ heading, paragraph }: ReferenceContext): string | undefined {
  const words = [heading, paragraph].filter((one) => one !== undefined && one !== '').join(' — ');
  const line = outsideWords(words, [], mostContext);
  return line === '' ? undefined : line;
}

/** A prompt with what stands around the picture. */
export function withContext(prompt: string, line: string | undefined): string {
  return line === undefined ? prompt : `${prompt}\n\nIt illustrates a document, at this place: ${line}`;
}
