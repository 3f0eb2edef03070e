import { promptLimit } from '../generateArgs.ts';
import { cutAtCharacter, oneLine } from '../outsideText.ts';

/** Characters of a selection that are looked at: indentation and marks of comments take their share. */
const mostSelected = 4 * promptLimit;

/** What begins the lines of comments in the languages of the world, and what ends a block. */
const leaders = /^[ \t]*(?:\/\*+!?|\/\/+!?|\*+(?!\/)|#+!?|--+|;+|%+|<!--+|\(\*|\{-|"""|'''|REM\b|')[ \t]?/gim;
/** From where a run of spaces, stars or lines begins: each is read once only. */
const enders = /(?<![ \t])[ \t]*(?:(?<!\*)\*+\/|(?<!-)--+>|\*\)|-\}|"""|''')[ \t]*$/gm;

/**
 * Selected text as a prompt: of a comment its words, of a name in code the words that it is made of.
 * @param text of which only the beginning counts, a few times what a prompt may have
 * @param isProse whether the document is one: there a number sign is a heading, and a star an item
 */
export function promptOfSelection(text: string, isProse: boolean): string {
  const start = cutAtCharacter(text, mostSelected);
  const line = oneLine(isProse ? start : start.replace(leaders, '').replace(enders, ''));
  return !isProse && /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(line) ? wordsOfName(line) : line;
}

/** `renderRedFox`, `RED_FOX` and `red-fox` as words. */
function wordsOfName(name: string): string {
  const words = name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_$-]+/)
    .filter((word) => word !== '');
  return words.length < 2 ? name : words.map((word) => word.toLowerCase()).join(' ');
}
