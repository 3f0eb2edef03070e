import type { Draft } from './draft.ts';
import { frontMatterOf } from './frontMatter.ts';
import { MarkupReader } from './markupReader.ts';
import { maskBraces } from './maskBraces.ts';
import { maskRanges } from './maskText.ts';
import type { Outline } from './outline.ts';
import { readHtml } from './readHtml.ts';

/** The images of HTML and of Vue, Svelte and Astro components: literal attributes, and `url()` in their styles. */
export function readHtmlDocument(
  text: string,
  { isTemplate, hasScriptFence }: { readonly isTemplate: boolean; readonly hasScriptFence: boolean },
  outline: Outline,
): Draft[] {
  // What stands between Astro's fences is TypeScript.
  const front = hasScriptFence ? frontMatterOf(text) : undefined;
  const body = front ? maskRanges(text, [{ start: 0, end: front.end }]) : text;
  const markup = new MarkupReader(body, outline);
  readHtml(isTemplate ? maskBraces(body) : body, markup, isTemplate);
  const drafts = markup.finish();
  // Of a component nobody knows the page.
  if (!isTemplate) markup.applyBase();
  return drafts;
}
