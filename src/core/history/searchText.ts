/** The most characters and words of what is searched for. */
const mostWanted = 200;
const mostWords = 16;

/** Letters that have no decomposition in Unicode, though people take their stroke for a mark. */
const plain: Readonly<Record<string, string>> = {
  ...{ Ø: 'O', Ł: 'L', Đ: 'D', Ħ: 'H', Ŧ: 'T', Æ: 'AE', Œ: 'OE', Þ: 'TH', Ð: 'D', İ: 'I' },
};

/** Marks of any script that has them beside its letters: accents, kana's and Arabic's; and Hebrew's points. */
const marks = /[\p{Script=Inherited}\p{Cf}\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]/gu;

/**
 * A text as it is compared: without marks, compatibility forms (full width, ligatures) and case. Upper case, because ß, ς
 * and ı have a common one with what they are written for.
 */
export function foldText(text: string): string {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toUpperCase();
  const bare = text.normalize('NFKD').replace(marks, '').toUpperCase();
  return bare.replace(/[ØŁĐĦŦÆŒÞÐİ]/gu, (letter) => plain[letter] ?? letter);
}

/** What is searched for: every word of it must be there, wherever. @returns empty: everything is found */
export function searchWords(wanted: string): readonly string[] {
  const folded = foldText(wanted.slice(0, mostWanted));
  return folded
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, mostWords);
}
