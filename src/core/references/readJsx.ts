import { decodeHTMLAttribute } from 'entities/decode';
import type { Attribute, MarkupHandler } from './markup.ts';
import { maskTypeParameters, placedTokens, type Placed } from './jsxTokens.ts';

/** Characters of a name of several parts; longer ones are cut, and are none that counts. */
const mostName = 256;

/** An element whose start tag is being read. */
interface OpenTag {
  readonly start: number;
  name: string;
  nameEnd: number;
  /** Whether a dot or colon is its last: what follows is still the name. */
  isNameOpen: boolean;
  isClosing: boolean;
  attributes: Attribute[];
  attribute: string | undefined;
  /** Whether a colon is its last. */
  isAttributeOpen: boolean;
}

/**
 * Reads the JSX in JavaScript or TypeScript. js-tokens knows comments, strings, regular expressions and JSX text
 * apart and never fails; no syntax tree is needed for literal attributes.
 */
export function readJsx(text: string, handler: MarkupHandler): void {
  const reader = new JsxReader(handler);
  for (const token of placedTokens(maskTypeParameters(text))) reader.take(token);
}

class JsxReader {
  private readonly handler: MarkupHandler;
  /** Start tags that hold each other by way of expressions: an element can stand in an attribute. */
  private readonly stack: (OpenTag | Expression)[] = [];

  constructor(handler: MarkupHandler) {
    this.handler = handler;
  }

  take(token: Placed): void {
    const top = this.stack.at(-1);
    switch (token.type) {
      case 'JSXText':
        this.handler.words(token);
        return;
      case 'JSXPunctuator':
        this.punctuator(token, top);
        return;
      case 'JSXIdentifier':
        if (top && !(top instanceof Expression)) this.identifier(token, top);
        return;
      case 'JSXString':
        if (top && !(top instanceof Expression)) this.literal(token, top, true);
        return;
      case 'WhiteSpace':
      case 'LineTerminatorSequence':
      case 'SingleLineComment':
      case 'MultiLineComment':
        return;
      default:
        if (top instanceof Expression) top.tokens.push(token);
        // A long expression is none that holds one string.
        if (top instanceof Expression && top.tokens.length > 2) top.tokens.length = 2;
    }
  }

  private punctuator(token: Placed, top: OpenTag | Expression | undefined): void {
    const tag = top instanceof Expression ? undefined : top;
    if (token.value === '<') this.stack.push(newTag(token.start));
    else if (token.value === '{') this.stack.push(new Expression());
    else if (token.value === '}') this.endExpression();
    else if (token.value === '>' && tag) this.endTag(tag, token.end);
    else if (token.value === '/' && tag?.nameEnd === 0) tag.isClosing = true;
    else if ((token.value === '.' || token.value === ':') && tag) {
      if (tag.attributes.length === 0 && tag.nameEnd === token.start) this.extendName(tag, token);
      else if (tag.attribute !== undefined) extendAttribute(tag, token);
    }
  }

  private identifier(token: Placed, tag: OpenTag): void {
    if (tag.nameEnd === 0 || (tag.nameEnd === token.start && tag.isNameOpen)) this.extendName(tag, token);
    else if (tag.attribute !== undefined && tag.isAttributeOpen) extendAttribute(tag, token);
    else {
      tag.attribute = '';
      extendAttribute(tag, token);
    }
  }

  private extendName(tag: OpenTag, token: Placed): void {
    tag.name = (tag.name + token.value).slice(0, mostName);
    tag.nameEnd = token.end;
    tag.isNameOpen = token.type === 'JSXPunctuator';
  }

  /** The value of an attribute: a string in quotes, or one in braces (without escapes, which JavaScript undoes). */
  private literal(token: Placed, tag: OpenTag, isJsx: boolean): void {
    if (tag.attribute === undefined) return;
    const raw = token.value.slice(1, -1);
    const isPlain = isJsx || !raw.includes('\\');
    const range = { start: token.start + 1, end: token.end - 1 };
    const value = isJsx ? decodeHTMLAttribute(raw) : raw;
    if (isPlain && range.end >= range.start)
      tag.attributes.push({ name: tag.attribute, written: raw, value, ...range });
    tag.attribute = undefined;
  }

  private endExpression(): void {
    // What is unbalanced is a half-typed document: back to the brace that this one closes.
    while (this.stack.length > 0 && !(this.stack.at(-1) instanceof Expression)) this.stack.pop();
    const expression = this.stack.pop();
    const tag = this.stack.at(-1);
    if (!(expression instanceof Expression) || !tag || tag instanceof Expression) return;
    const [token, more] = expression.tokens;
    if (token && more === undefined && ['StringLiteral', 'NoSubstitutionTemplate'].includes(token.type))
      this.literal(token, tag, false);
    else if (token?.type === 'NumericLiteral' && more === undefined && tag.attribute !== undefined)
      tag.attributes.push({ name: tag.attribute, written: token.value, ...valueOf(token) });
    tag.attribute = undefined;
  }

  private endTag(tag: OpenTag, end: number): void {
    this.stack.pop();
    const range = { start: tag.start, end };
    if (tag.name === '') return;
    if (tag.isClosing) this.handler.close(tag.name, range);
    else this.handler.open({ name: tag.name, attributes: tag.attributes, range });
  }
}

function extendAttribute(tag: OpenTag, token: Placed): void {
  tag.attribute = ((tag.attribute ?? '') + token.value).slice(0, mostName);
  tag.isAttributeOpen = token.value === ':';
}

class Expression {
  readonly tokens: Placed[] = [];
}

function newTag(start: number): OpenTag {
  return {
    ...{ start, name: '', nameEnd: 0, isNameOpen: false, isClosing: false },
    ...{ attributes: [], attribute: undefined, isAttributeOpen: false },
  };
}

function valueOf({ value, start, end }: Placed): Pick<Attribute, 'value' | 'start' | 'end'> {
  return { value, start, end };
}
