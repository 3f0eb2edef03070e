import { invalidArguments } from '../failure.ts';
import { cutAtCharacter } from '../outsideText.ts';
import { replaceInvisible } from './visibleText.ts';

/** One line of a confirmation. */
export interface ConfirmRow {
  /** Ours. */
  readonly label: string;
  /** Of any origin: it stands as plain text. */
  readonly value: string;
  /** The most characters that are shown; a prompt is shown whole. */
  readonly limit?: number;
}

/** The editor shows 100,000 characters of Markdown and leaves out the rest without a word. */
const mostMarkdown = 90_000;

/**
 * The body of a confirmation in Markdown: every value reads as it is, and forms neither link nor emphasis nor HTML. A
 * paragraph each, no list: outside of a chat the editor shows it as plain text, and leaves lists as they are written.
 * @throws invalidArguments where it is more than the editor shows
 */
export function confirmMarkdown(rows: readonly ConfirmRow[]): string {
  const markdown = rows
    .filter(({ value }) => value !== '')
    .map(({ label, value, limit = 300 }) => `**${label}:** ${plainMarkdown(cut(value, limit))}`)
    .join('\n\n');
  if (markdown.length <= mostMarkdown) return markdown;
  throw invalidArguments(
    'The arguments are too long to be shown to the person; give fewer references, or shorter paths.',
  );
}

/**
 * A text as Markdown that shows exactly its characters, in one line. What Markdown could read is escaped (CommonMark 0.31,
 * 2.4), all of it, so that neither GFM's addresses nor math are found in it. Not by numeric character references: outside
 * of a chat the editor makes plain text of it, and knows few references (VS Code 1.110 and 1.139). What nobody could see, or would take for a space, is shown by its code point.
 */
export function plainMarkdown(text: string): string {
  return (
    replaceInvisible(text, codePoint)
      .replace(/[\p{Cc}\u2800]|(?! )\p{Z}/gu, codePoint)
      .replace(/[!-/:-@[-`{-~]/g, (character) => (',;?'.includes(character) ? character : `\\${character}`))
      // Of a space at an edge, or behind another: HTML shows but one of several.
      .replace(/(?<=^| ) | $/g, '&nbsp;')
  );
}

function codePoint(character: string): string {
  return `‹U+${codeOf(character).toString(16).toUpperCase().padStart(4, '0')}›`;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function cut(text: string, limit: number): string {
  return text.length > limit ? `${cutAtCharacter(text, limit - 1)}…` : text;
}

/**
 * The most that a list says of one image's price, of the words of `priceWords`.
 * @returns millionths of a dollar; undefined where they name no price of an image or a request
 */
export function listedCost(words: string | undefined): number | undefined {
  const match = /\$(\d+(?:\.\d+)?)(?:–\$(\d+(?:\.\d+)?))? per (?:image|request)\b/.exec(words ?? '');
  return match === null ? undefined : Math.round(Number(match[2] ?? match[1]) * 1_000_000);
}
