import jsTokens from 'js-tokens';
import type { TextRange } from './imageReference.ts';
import { maskRanges } from './maskText.ts';

/** The characters that the type parameters of a function may take. */
const mostParameters = 500;

/** A token of JavaScript with JSX, with its place. */
export interface Placed extends TextRange {
  /** As js-tokens names it. */
  readonly type: string;
  readonly value: string;
}

/** The tokens of a text, white space and comments included. */
export function* placedTokens(text: string): Generator<Placed> {
  let start = 0;
  for (const { type, value } of jsTokens(text, { jsx: true })) {
    const end = start + value.length;
    yield { type, value, start, end };
    start = end;
  }
}

/**
 * Blanks the type parameters of TypeScript's arrow functions, `<T,>` and `<T extends U>`: js-tokens, which knows no
 * types, takes them for an element, and all that follows for its content.
 */
export function maskTypeParameters(text: string): string {
  const ranges: TextRange[] = [];
  let recent: Placed[] = [];
  for (const token of placedTokens(text)) {
    if (token.type === 'WhiteSpace' || token.type === 'LineTerminatorSequence') continue;
    recent = [...recent.slice(-3), token];
    const start = startOfParameters(recent);
    if (start === undefined) continue;
    const end = endOfParameters(text, start);
    if (end !== undefined && start >= (ranges.at(-1)?.end ?? 0)) ranges.push({ start, end });
  }
  return ranges.length === 0 ? text : maskRanges(text, ranges);
}

/** Where type parameters start that the last tokens show; undefined where they are none. */
function startOfParameters(recent: readonly Placed[]): number | undefined {
  const [second, third] = [recent.at(-2), recent.at(-1)];
  const open = recent.at(-3);
  if (isOpen(open) && second?.type === 'JSXIdentifier' && third?.type === 'JSXInvalid' && third.value === ',')
    return open.start;
  // An element can have an attribute of this name, but none without a value before another one.
  const before = recent.at(-4);
  const isExtends = second?.value === 'extends' && third?.type === 'JSXIdentifier';
  return isOpen(before) && open?.type === 'JSXIdentifier' && isExtends ? before.start : undefined;
}

function isOpen(token: Placed | undefined): token is Placed {
  return token?.type === 'JSXPunctuator' && token.value === '<';
}

/** After the bracket that closes the one at `start`. */
function endOfParameters(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < Math.min(text.length, start + mostParameters); at++) {
    const character = text.charAt(at);
    if (character === '<') depth++;
    // `=>` of a function's type closes nothing.
    if (character === '>' && text.charAt(at - 1) !== '=' && --depth === 0) return at + 1;
  }
  return undefined;
}
