import type { Draft } from './draft.ts';
import { MarkupReader } from './markupReader.ts';
import type { Outline } from './outline.ts';
import { readJsx } from './readJsx.ts';

/** The images of JSX and TSX: literal attributes only. */
export function readJsxDocument(text: string, outline: Outline): Draft[] {
  const markup = new MarkupReader(text, outline);
  readJsx(text, markup);
  return markup.finish();
}
