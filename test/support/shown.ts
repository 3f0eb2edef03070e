/** A text for a test's title: invisible and bidirectional characters by their numbers. */
export function shown(text: string): string {
  return JSON.stringify(text).replace(
    /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Co}\u007f]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`,
  );
}
