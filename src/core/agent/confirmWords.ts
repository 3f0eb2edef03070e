import { inertMarkdown } from '../document/inertMarkdown.ts';

/** One line of a confirmation. */
export interface ConfirmRow {
  /** Ours. */
  readonly label: string;
  /** Of any origin: it stands as plain text. */
  readonly value: string;
  /** The most characters that are shown; a prompt is shown whole. */
  readonly limit?: number;
}

/**
 * The body of a confirmation in Markdown: every value reads as it is, and forms neither link nor emphasis nor HTML. A
 * paragraph each, no list: outside of a chat the editor shows it as plain text, and leaves lists as they are written.
 */
export function confirmMarkdown(rows: readonly ConfirmRow[]): string {
  return rows
    .filter(({ value }) => value !== '')
    .map(({ label, value, limit = 300 }) => `**${label}:** ${inertMarkdown(value, [], limit)}`)
    .join('\n\n');
}

/**
 * The most that a list says of one image's price, of the words of `priceWords`.
 * @returns millionths of a dollar; undefined where they name no price of an image or a request
 */
export function listedCost(words: string | undefined): number | undefined {
  const match = /\$(\d+(?:\.\d+)?)(?:–\$(\d+(?:\.\d+)?))? per (?:image|request)\b/.exec(words ?? '');
  return match === null ? undefined : Math.round(Number(match[2] ?? match[1]) * 1_000_000);
}
