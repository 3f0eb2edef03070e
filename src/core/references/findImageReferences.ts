import { finishDrafts, inOrder, type Draft } from './draft.ts';
import type { ImageReference, TextRange } from './imageReference.ts';
import { languageOf, type ReferenceLanguage } from './languages.ts';
import { Outline } from './outline.ts';

/** A longer document is not read (UTF-16 code units). */
export const mostDocumentCharacters = 1_000_000;

/**
 * Every reference to an image in a document, in order of its targets; of more than `mostReferences` the first. Broken
 * and half-typed documents, whatever is in them, give those that can be made out. Parsers are loaded when their language
 * is first asked for.
 * @param languageId VS Code's; one that is not known here has no references
 */
export async function findImageReferences(
  languageId: string,
  text: string,
): Promise<readonly ImageReference[]> {
  const language = languageOf(languageId);
  if (!language || text.length > mostDocumentCharacters) return [];
  const outline = new Outline();
  return finishDrafts(text, await readDrafts(language, text, outline), outline);
}

/**
 * The reference at a cursor: the one with the smallest place around the offset. One parse, and the context of this
 * one only.
 */
export async function imageReferenceAt(
  languageId: string,
  text: string,
  offset: number,
): Promise<ImageReference | undefined> {
  const language = languageOf(languageId);
  if (!language || text.length > mostDocumentCharacters) return undefined;
  const outline = new Outline();
  const drafts = await readDrafts(language, text, outline);
  const draft = referenceAt(drafts, offset);
  return draft && finishDrafts(text, [draft], outline)[0];
}

async function readDrafts(
  language: ReferenceLanguage,
  text: string,
  outline: Outline,
): Promise<readonly Draft[]> {
  return inOrder(await readLanguage(language, text, outline));
}

async function readLanguage(language: ReferenceLanguage, text: string, outline: Outline): Promise<Draft[]> {
  switch (language.family) {
    case 'markdown':
      return (await import('./markdownDocument.ts')).readMarkdownDocument(text, language.isMdx, outline);
    case 'html':
      return (await import('./htmlDocument.ts')).readHtmlDocument(text, language, outline);
    case 'jsx':
      return (await import('./jsxDocument.ts')).readJsxDocument(text, outline);
    case 'css':
      return (await import('./css.ts')).readCss(text, 0, language.hasLineComments, outline);
    case 'json':
      return (await import('./manifest.ts')).readManifest(text, outline);
  }
}

/** Of the references of a document the one with the smallest place around an offset; undefined where none is. */
export function referenceAt<T extends Pick<ImageReference, 'range' | 'places'>>(
  references: readonly T[],
  offset: number,
): T | undefined {
  let smallest = Infinity;
  let found: T | undefined;
  for (const reference of references) {
    // A definition is at its uses, too.
    for (const place of [reference.range, ...reference.places]) {
      if (!holds(place, offset) || place.end - place.start >= smallest) continue;
      smallest = place.end - place.start;
      found = reference;
    }
  }
  return found;
}

/** A cursor is at a place also where it stands right before or after it. */
function holds({ start, end }: TextRange, offset: number): boolean {
  return start <= offset && offset <= end;
}
