import { promptLimit } from '../../generateArgs.ts';
import { cutAtCharacter, oneLine } from '../../outsideText.ts';

/**
 * Makes a text that XML 1.0 can hold: no control characters but tab and line feed, no half surrogate
 * pairs, no noncharacters; lines end as an XML parser would hand them on.
 */
export function xmlCharacters(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu, '');
}

/** Escapes text for XML content and for attributes in double quotes, where line ends would become spaces. */
export function escapeXml(text: string, place: 'content' | 'attribute' = 'content'): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return place === 'content' ? escaped : escaped.replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/**
 * Makes a prompt out of a file's words, for a form: separate lines stay; control characters, private and
 * invisible ones go (a hidden instruction in tag characters, a bidirectional override), except the
 * joiners that scripts and emoji need. At most `promptLimit` characters.
 */
export function promptWords(text: string): string {
  const visible = text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .trim();
  return cutAtCharacter(visible, promptLimit);
}

/**
 * One line of a file's words that name something.
 * @returns undefined where it is empty or longer than `limit`: half a name is another name
 */
export function nameWords(text: string | undefined, limit: number): string | undefined {
  if (text === undefined || text.length > limit * 2) return undefined;
  const line = oneLine(text);
  return line === '' || line.length > limit ? undefined : line;
}

/** Whether a name could say where something lies: a URL or a path of a disk. */
export function isPlace(name: string): boolean {
  return /:\/\/|\\|^[\\/~]|^\.{1,2}\/|^[a-z]:|^(?:file|data):/i.test(name);
}
