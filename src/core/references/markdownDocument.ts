import type { Draft } from './draft.ts';
import { frontMatterOf, readFrontMatter } from './frontMatter.ts';
import { readMarkdown } from './markdown.ts';
import { MarkupReader } from './markupReader.ts';
import { maskBraces } from './maskBraces.ts';
import { keepRanges, maskRanges } from './maskText.ts';
import type { Outline } from './outline.ts';
import { readHtml } from './readHtml.ts';

/** The images of a Markdown document or notebook cell: its own, those of HTML or JSX in it, and front matter's. */
export async function readMarkdownDocument(text: string, isMdx: boolean, outline: Outline): Promise<Draft[]> {
  const front = frontMatterOf(text);
  const ofFront = front ? await readFrontMatter(text, front, outline) : [];
  const body = front ? maskRanges(text, [{ start: 0, end: front.end }]) : text;
  const markdown = readMarkdown(body, isMdx, outline);
  const drafts = [...ofFront, ...markdown.drafts];
  if (!isMdx && markdown.html.length === 0) return drafts;
  // In MDX tags are read from everything that is no code; the text between them is Markdown's.
  const source = isMdx ? maskBraces(maskRanges(body, markdown.code)) : keepRanges(body, markdown.html);
  const markup = new MarkupReader(body, outline, false);
  readHtml(source, markup, isMdx);
  return [...drafts, ...markup.finish()];
}
