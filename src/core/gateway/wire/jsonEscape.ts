const letterU = 0x75;
/** Those that can stand in base64 or beside it. */
const meanings: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, '/': 0x2f };

/**
 * Reads an escape of a JSON string (RFC 8259, section 7).
 * @param escape its bytes so far, from the backslash on
 * @returns the UTF-16 code unit that it stands for, NaN for one that no base64 holds, undefined while it is not whole
 */
export function escapedCode(escape: readonly number[]): number | undefined {
  const [, letter = 0, ...digits] = escape;
  if (letter !== letterU) return meanings[String.fromCharCode(letter)] ?? NaN;
  return digits.length < 4 ? undefined : parseInt(String.fromCharCode(...digits), 16);
}
