import { languageOf } from './languages.ts';
import { isComponentName } from './markup.ts';
import { imageExtensions } from './target.ts';

const codeOf = (character: string): number => character.charCodeAt(0);
const bang = codeOf('!');
const less = codeOf('<');
const openBracket = codeOf('[');
const openParenthesis = codeOf('(');
const backslash = codeOf('\\');
const lineFeed = codeOf('\n');

/** Elements that can name an image; components and styles come on top. */
const elements = new Set(['img', 'source', 'video', 'input', 'link', 'meta', 'style']);
/** Attributes that can, in JSX. */
const attributes = [
  'src',
  'poster',
  'href',
  'content',
  'style',
  'image',
  'img',
  'cover',
  'thumbnail',
] as const;
/** A name that is longer is not looked at closely. */
const longestName = 256;
/** `\000069 ` for each letter of `image-set`, and the last two of `-webkit-`. */
const longestEscapedName = 160;
const imageExtension = new RegExp(`\\.(?:${imageExtensions.join('|')})|[\\\\%]`, 'i');

/**
 * Whether a file may hold references to images, by its bytes alone: `false` only where `findImageReferences` would find
 * none. A few searches for single bytes, which engines make many bytes at a time, so that of a tree of documents only
 * those with images are decoded and parsed.
 * @param bytes UTF-8; what begins as UTF-16 is always taken for a file that may
 */
export function mayHoldImages(bytes: Uint8Array, languageId: string): boolean {
  const language = languageOf(languageId);
  if (!language) return false;
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return true;
  switch (language.family) {
    case 'markdown':
      return hasMarkdownImage(bytes) || hasTag(bytes) || hasFrontMatterImage(bytes);
    case 'html':
      return hasTag(bytes);
    case 'jsx':
      return bytes.includes(less) && attributes.some((name) => hasWord(bytes, name));
    case 'css':
      return hasImageFunction(bytes);
    case 'json':
      // A member's name can be written with escapes.
      return bytes.includes(backslash) || hasWord(bytes, 'src');
  }
}

/** `![`. */
function hasMarkdownImage(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(bang); at >= 0; at = bytes.indexOf(bang, at + 1))
    if (bytes[at + 1] === openBracket) return true;
  return false;
}

/** A start tag of an element that can name an image, of a component, or any one where there is a style. */
function hasTag(bytes: Uint8Array): boolean {
  let hasAny = false;
  for (let at = bytes.indexOf(less); at >= 0; at = bytes.indexOf(less, at + 1)) {
    const name = tagNameAt(bytes, at + 1);
    if (name === '') continue;
    if (canNameImage(name)) return true;
    hasAny = true;
  }
  return hasAny && hasWord(bytes, 'style');
}

function canNameImage(name: string): boolean {
  // Where code or an expression begins in a name, it may be blanked before tags are read.
  const [known = ''] = name.split(/[{`]/, 1);
  const isWhole = known === name && name.length < longestName;
  return elements.has(known.toLowerCase()) || !isWhole || isComponentName(name);
}

/** A tag's name as HTML reads it: a letter, then everything up to white space, `/` or `>`. Empty where there is none. */
function tagNameAt(bytes: Uint8Array, start: number): string {
  const first = (bytes[start] ?? 0) | 32;
  if (first < 97 || first > 122) return '';
  let name = '';
  for (let at = start; at < bytes.length && name.length < longestName; at++) {
    const byte = bytes[at] ?? 0;
    if (byte <= 32 || byte === 47 || byte === 62) break;
    name += String.fromCharCode(byte);
  }
  return name;
}

/** Front matter with an image's extension, or with an escape that can hide one. */
function hasFrontMatterImage(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const fence = bytes[start];
  if (fence !== codeOf('-') && fence !== codeOf('+')) return false;
  if (bytes[start + 1] !== fence || bytes[start + 2] !== fence) return false;
  for (let at = bytes.indexOf(lineFeed, start); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (!isFence(bytes, at + 1, fence)) continue;
    return imageExtension.test(new TextDecoder().decode(bytes.subarray(start, at)));
  }
  // Fences are looked for strictly here; the parser also takes one with spaces after it.
  return imageExtension.test(new TextDecoder().decode(bytes));
}

function isFence(bytes: Uint8Array, at: number, fence: number): boolean {
  const end = bytes[at + 3];
  const isEnd = end === lineFeed || (end === 13 && bytes[at + 4] === lineFeed);
  return isEnd && bytes[at] === fence && bytes[at + 1] === fence && bytes[at + 2] === fence;
}

/** `url(`, `src(` or `image-set(`, or a function whose name is written with escapes. */
function hasImageFunction(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(openParenthesis); at >= 0; at = bytes.indexOf(openParenthesis, at + 1)) {
    const before = bytes.subarray(Math.max(0, at - longestEscapedName), at);
    if (endsWith(before, 'url') || endsWith(before, 'src') || endsWith(before, 'image-set')) return true;
    if (before.includes(backslash)) return true;
  }
  return false;
}

/** Whether bytes end with an ASCII word, in whatever case. */
function endsWith(bytes: Uint8Array, word: string): boolean {
  return isWordAt(bytes, bytes.length - word.length, word);
}

/** Whether an ASCII word stands anywhere, in whatever case, as part of another, too. */
function hasWord(bytes: Uint8Array, word: string): boolean {
  const first = codeOf(word);
  const last = bytes.length - word.length;
  for (let at = 0; at <= last; at++)
    if (((bytes[at] ?? 0) | 32) === first && isWordAt(bytes, at, word)) return true;
  return false;
}

function isWordAt(bytes: Uint8Array, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) {
    const letter = word.charCodeAt(index);
    // Bit 5 makes ASCII letters lower-case; the hyphen has it.
    if (((bytes[at + index] ?? 0) | 32) !== letter) return false;
  }
  return at >= 0;
}
