import { takeGraphemes } from './graphemes.ts';

/** Of a slug. */
const mostCharacters = 60;
/** Of a slug in UTF-8: leaves room for a number and an extension within the 255 of file systems. */
const mostBytes = 120;

/**
 * A prompt as part of a file name: letters and digits of any script with their combining marks, NFC,
 * lower-case, everything else a single `-`, at most 60 characters and 120 bytes.
 * @returns `image` where the prompt holds no letter or digit
 */
export function slug(prompt: string): string {
  const visible = prompt.replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '');
  // Composed last: lower-casing can take a character apart.
  const lower = visible.toLowerCase().normalize('NFC');
  const words = lower.match(/[\p{L}\p{Nd}\p{Nl}][\p{L}\p{Nd}\p{Nl}\p{Mn}\p{Mc}]*/gu) ?? [];
  const cut = takeGraphemes(words.join('-'), { codePoints: mostCharacters, bytes: mostBytes });
  return cut.replace(/-$/, '') || 'image';
}
