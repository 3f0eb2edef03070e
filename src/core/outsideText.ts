/** Words from outside (gateway, model, picture, repository) on their way into messages and the log. */

/** The most characters of outside words that a message may hold. */
export const outsideWordsLimit = 200;

const redacted = '•••';

/**
 * Removes secrets from a text, in the forms a gateway can echo them: as they are, and URL-encoded.
 * @param secrets keys and configured header values; shorter than 4 characters are left (they would
 *   blank out ordinary words)
 */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  let result = text;
  // Longest first, so that no tail of a long secret is left where a shorter one matched inside it.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret.length < 4) continue;
    result = result.replaceAll(secret, redacted).replaceAll(encodeURIComponent(secret), redacted);
  }
  return result;
}

/** Replaces long base64 runs and data URLs, which can hold a whole picture, by their length. */
export function redactBase64(text: string): string {
  // The look-behind lets each run be read once only, however many of them are too short.
  return text.replace(
    /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_=-]{200,}/g,
    (run) => `(${run.length} characters of base64)`,
  );
}

/**
 * Makes one line of outside text in which no secret and no base64 stands. Secrets are removed again from
 * the finished line: an invisible character inside one had hidden it.
 */
export function cleanLine(text: string, secrets: readonly string[]): string {
  return redactSecrets(oneLine(redactBase64(redactSecrets(text, secrets))), secrets);
}

/**
 * Makes outside words safe to stand in a notification, an error message or a tree: one line, no control,
 * format or bidirectional characters, no brackets and no URL scheme from which a link could form, at
 * most `limit` characters. Secrets are removed before the text is cut, so that no half of one remains.
 */
export function outsideWords(
  text: string,
  secrets: readonly string[] = [],
  limit = outsideWordsLimit,
): string {
  const harmless = withoutLinks(cleanLine(text, secrets));
  return harmless.length > limit ? `${cutAtCharacter(harmless, limit - 1)}…` : harmless;
}

/** One line of text: control, format (bidi, zero-width) and separator characters become spaces or go. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Cuts at a UTF-16 length without splitting a surrogate pair. */
export function cutAtCharacter(text: string, length: number): string {
  const cut = text.slice(0, length);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function withoutLinks(text: string): string {
  const plain = text.replaceAll('[', '(').replaceAll(']', ')').replaceAll('<', '‹').replaceAll('>', '›');
  // A space in place of each, because the halves around it could join to another. The look-behind lets a
  // run of letters be read once only: a gateway may send a megabyte of them.
  return plain
    .replace(/(?<![a-z0-9+.-])[a-z0-9+.-]*:\/\//gi, ' ')
    .replace(/\b(command|javascript|mailto|vscode|vscode-insiders|data|file):/gi, '$1 ')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** Of words in a row of a list: $(name) would be drawn as an icon there. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
