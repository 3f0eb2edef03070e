import type { TextRange } from './imageReference.ts';

/** How many braces that nobody closes are followed to their end: half-typed text has few. */
const mostUnclosed = 100;
/** What an expression becomes: no character of Unicode, so that no text holds it. */
const filler = '\uFFFF';

/**
 * Makes MDX, Svelte and Astro readable for a reader of HTML, every offset kept: an expression that is an attribute's
 * value becomes noncharacters (an arrow function in it would end the tag), a string or number in braces stays, and comments
 * in braces go.
 */
export function maskBraces(text: string): string {
  const scanner = new BraceScanner(text);
  return scanner.mask();
}

/** Whether an attribute's value was an expression. */
export function isExpression(value: string): boolean {
  return value.startsWith(filler);
}

class BraceScanner {
  private readonly text: string;
  private readonly parts: string[] = [];
  private kept = 0;
  private unclosed = 0;
  /** Where a quote of a kind was last followed in vain: another one in there is not followed again. */
  private readonly inVain = new Map<string, TextRange>();

  constructor(text: string) {
    this.text = text;
  }

  mask(): string {
    const { text } = this;
    for (let at = 0; at < text.length;) {
      const character = text.charAt(at);
      if (character === '{') at = this.passBrace(at);
      else if (character === '<' && /[a-z]/i.test(text.charAt(at + 1))) at = this.passTag(at);
      else at++;
    }
    this.parts.push(text.slice(this.kept));
    return this.parts.join('');
  }

  private replace(start: number, end: number, by: string): void {
    this.parts.push(this.text.slice(this.kept, start), by);
    this.kept = end;
  }

  /** A brace between tags: only a comment in it goes. @returns where to read on */
  private passBrace(start: number): number {
    const comment = /^\{\s{0,20}\/\*/.exec(this.text.slice(start, start + 24));
    if (!comment || this.unclosed >= mostUnclosed) return start + 1;
    const end = this.text.indexOf('*/', start + comment[0].length);
    if (end < 0) this.unclosed++;
    if (end < 0) return start + 1;
    this.replace(start, end + 2, ' '.repeat(end + 2 - start));
    return end + 2;
  }

  /** A start tag. @returns where to read on: after it, or at the next one if it is half-typed */
  private passTag(start: number): number {
    const { text } = this;
    let quote = '';
    let last = '';
    for (let at = start + 1; at < text.length; at++) {
      const character = text.charAt(at);
      if (quote !== '') quote = character === quote ? '' : quote;
      // A quote is one where a value begins: an apostrophe elsewhere is half-typed text.
      else if ((character === '"' || character === "'") && last === '=') quote = character;
      else if (character === '{') at = this.passExpression(at) - 1;
      else if (character === '>') return at + 1;
      else if (character === '<') return at;
      if (!/\s/.test(character)) last = character;
    }
    return text.length;
  }

  private passExpression(start: number): number {
    const end = this.endOfExpression(start);
    const inside = this.text.slice(start + 1, end - 1).trim();
    // A number or a string without escapes, which JavaScript would undo.
    if (/^(?:\d{1,6}|"[^"\\]*"|'[^'\\]*')$/.test(inside)) {
      this.replace(start, start + 1, ' ');
      this.replace(end - 1, end, ' ');
    } else this.replace(start, end, filler.repeat(end - start));
    return end;
  }

  /** The offset after the brace that closes the one at `start`; strings are passed. */
  private endOfExpression(start: number): number {
    const { text } = this;
    if (this.unclosed >= mostUnclosed) return start + 1;
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === '{') depth++;
      else if (character === '}' && --depth === 0) return at + 1;
      else if (character === '"' || character === "'" || character === '`') at = this.endOfString(at);
    }
    // Half-typed. The brace alone is taken, so that what follows is still read.
    this.unclosed++;
    return start + 1;
  }

  /** The offset of the quote that closes the one at `start`; `start` itself where none does. */
  private endOfString(start: number): number {
    const { text } = this;
    const quote = text.charAt(start);
    const vain = this.inVain.get(quote);
    if (vain && vain.start <= start && start < vain.end) return start;
    let at = start + 1;
    for (; at < text.length; at++) {
      const character = text.charAt(at);
      if (character === '\\') at++;
      else if (character === quote) return at;
      else if (character === '\n' && quote !== '`') break;
    }
    // Another one of the kind in there has a backslash before it, and would be followed in the same steps.
    this.inVain.set(quote, { start, end: at });
    return start;
  }
}
