import { outsideWords } from '../outsideText.ts';
import { escapeAlt } from './markdownLink.ts';

/**
 * Outside words inside a line or a table's cell of Markdown that is ours: they read as they are, and form neither
 * link nor picture, neither HTML nor emphasis, also where bare addresses become links.
 * @param secrets what must not stand in it
 */
export function inertMarkdown(text: string, secrets: readonly string[] = [], limit = 200): string {
  // An address may also begin with its two slashes.
  return escapeAlt(outsideWords(text, secrets, limit)).replaceAll('//', '/\\/');
}
