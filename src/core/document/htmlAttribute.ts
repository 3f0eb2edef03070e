import { oneLine } from '../outsideText.ts';

/**
 * Escapes outside text so that it can stand in a double-quoted HTML attribute, also inside Markdown, a table's cell, MDX
 * or a template: one line, and nothing in it but character references and harmless characters.
 */
export function htmlAttribute(text: string): string {
  return oneLine(text).replace(/[&<>"'`{}|\\[\]$*_~=]/g, (character) => `&#${character.charCodeAt(0)};`);
}
