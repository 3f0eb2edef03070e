/** Arabic letters that join to the next one: only behind them does a non-joiner change what is seen. */
const joiningToNext =
  '[\u0626\u0628\u062A-\u062E\u0633-\u063F\u0641-\u0647\u0649\u064A\u066E\u066F\u0678-\u0687\u069A-\u06BF\u06C1\u06C2\u06CC\u06CE\u06D0\u06D1\u06FA-\u06FC\u06FF]';

/** What cuts the vowel off a consonant, in the scripts where a joiner behind it makes another shape. */
const virama = '[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u1039\u17D2]';

let pattern: RegExp | undefined;

/** Finds what cannot be seen. Made on first use, and no literal: the language that the code is built for has none. */
function invisiblePattern(): RegExp {
  // What emoji need (UTS 51, those that are recommended), and joiners where RFC 5892, A.1 and A.2, takes them.
  const needed = [
    String.raw`\p{RGI_Emoji}`,
    String.raw`(?<=${joiningToNext}\p{Mn}*)\u200C(?=\p{Mn}*[\p{L}&&\p{Script=Arabic}])`,
    String.raw`(?<=${virama})\u200C(?=\p{L})`,
    String.raw`(?<=${virama})\u200D`,
  ].join('|');
  // The first three are drawn as nothing, although Unicode calls them a mark, a symbol and an object.
  const others = String.raw`[\u{16FE4}\u{1D159}\u{FFFC}\p{Default_Ignorable_Code_Point}\p{Cf}\p{Co}\p{Cs}\p{Cn}]`;
  return (pattern ??= new RegExp(`(?<needed>${needed})|${others}`, 'gv'));
}

/**
 * Puts something in the place of every character that nobody can see: they can carry words to whoever reads the text, or
 * make two names look alike. What emoji and scripts need is left, and so are spaces and control characters.
 * @param instead of one character
 */
export function replaceInvisible(text: string, instead: (character: string) => string): string {
  return text.replace(
    invisiblePattern(),
    (found: string, kept: string | undefined) => kept ?? instead(found),
  );
}

/** A text without the characters that nobody can see. */
export function withoutInvisible(text: string): string {
  return replaceInvisible(text, () => '');
}
