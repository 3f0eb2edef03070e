import { oneLine } from '../outsideText.ts';

/** What begins the lines of comments in the languages of the world, and what ends a block. */
const leaders = /^[ \t]*(?:\/\*+!?|\/\/+!?|\*+(?!\/)|#+!?|--+|;+|%+|<!--+|\(\*|\{-|"""|'''|REM\b|')[ \t]?/gim;
const enders = /[ \t]*(?:\*+\/|--+>|\*\)|-\}|"""|''')[ \t]*$/gm;

/**
 * Selected text as a prompt: of a comment its words, of a name in code the words that it is made of.
 * @param isProse whether the document is one: there a number sign is a heading, and a star an item
 */
export function promptOfSelection(text: string, isProse: boolean): string {
  const line = oneLine(isProse ? text : text.replace(leaders, '').replace(enders, ''));
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
