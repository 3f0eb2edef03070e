import { takeGraphemes } from '../files/graphemes.ts';
import { cutAtCharacter, oneLine } from '../outsideText.ts';

/** Characters of a prompt that can matter to a line of text; the rest is not looked at. */
const mostRead = 4000;

/**
 * The way from a directory to a file, without `./`, as the built-in Markdown support writes it.
 * @param fromDirectory absolute, with `/`, as in a Uri's path; so is `toFile`
 */
export function relativePath(fromDirectory: string, toFile: string): string {
  const from = fromDirectory.split('/').filter((segment) => segment !== '');
  const to = toFile.split('/').filter((segment) => segment !== '');
  const differs = from.findIndex((segment, index) => segment !== to[index]);
  const shared = Math.min(differs < 0 ? from.length : differs, to.length - 1);
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/**
 * A path as a link's target: each segment percent-encoded as UTF-8 (RFC 3986), so that neither CommonMark nor
 * a browser sees anything but the path. `decodeURIComponent` gives it back.
 */
export function linkTarget(path: string): string {
  // encodeURIComponent throws on half a surrogate pair, and leaves characters that Markdown reads.
  const wellFormed = path.replace(/\p{Cs}/gu, '\uFFFD');
  return wellFormed.split('/').map(encodeSegment).join('/');
}

/**
 * A prompt as an alternative text: one line, without control, format or bidirectional characters, simple
 * Markdown reduced to its words, cut at a word's end.
 * @param limit in UTF-16 code units; screen readers cut at about 125
 * @returns `image` where nothing is left
 */
export function altText(prompt: string, limit = 125): string {
  const line = oneLine(withoutMarkdown(cutAtCharacter(prompt, mostRead)));
  // A variation selector or a Hangul filler alone is nothing to read.
  if (!/[^\p{Default_Ignorable_Code_Point}\s]/u.test(line)) return 'image';
  if (line.length <= limit) return line;
  const cut = takeGraphemes(line, { units: limit - 1 });
  // Scripts without spaces, and a single long word, are cut between two letters.
  const lastSpace = line.charAt(cut.length) === ' ' ? cut.length : cut.lastIndexOf(' ');
  const words = lastSpace > limit / 2 ? cut.slice(0, lastSpace) : cut;
  const trimmed = words.replace(/[\s,;:.\-–—]+$/u, '');
  return trimmed ? `${trimmed}…` : 'image';
}

/**
 * Escapes an alternative text so that CommonMark, GFM, math extensions and MDX show exactly this text and
 * nothing else, also in a table's cell. Characters that mean something only before others are escaped only
 * there, to leave a document readable.
 */
export function escapeAlt(alt: string): string {
  return (
    oneLine(alt)
      .replace(/[\\[\]`*_~<>|${}]/g, '\\$&')
      // An entity, a directive or a URL's scheme, an address, www., a footnote.
      .replace(/&(?=[#a-z])/gi, '\\&')
      .replace(/:(?=[a-z/\\:])/gi, '\\:')
      .replace(/@/g, '\\@')
      .replace(/(www)\./gi, '$1\\.')
      .replace(/^\^/, '\\^')
      .replace(/==/g, '\\=\\=')
  );
}

/**
 * A picture in Markdown.
 * @param alt not yet escaped
 * @param target as `linkTarget` gives it
 */
export function markdownImage(alt: string, target: string): string {
  return `![${escapeAlt(alt)}](${target})`;
}

function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Links and pictures become their text, emphasis, code and the marks of headings, quotes and lists go. */
function withoutMarkdown(text: string): string {
  return text
    .replace(/^[ \t]*(#{1,6}|>|[-*+])[ \t]+/gm, '')
    .replace(/!?\[([^[\]]*)\]\([^()\n]*\)/g, '$1')
    .replace(/(`+)([^`]+)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])(\*{1,3}|_{1,3})(?=\S)([^*_]+)(?<=\S)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/~~(?=\S)([^~]+)(?<=\S)~~/g, '$1');
}
