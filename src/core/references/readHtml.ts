import { decodeHTMLAttribute } from 'entities/decode';
import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import type { TextRange } from './imageReference.ts';
import type { Attribute, MarkupHandler, Tag } from './markup.ts';

/** `QuoteType.NoValue` of htmlparser2, whose enum is a type only where modules are compiled one by one. */
const noValue = 0;

/**
 * Reads a text of tags. htmlparser2's tokenizer says where each value stands, takes anything, and builds no tree,
 * so that its time grows with the text and not with how deep its tags lie.
 * @param isTemplate whether `<script />` is closed, as in templates and JSX but not in HTML
 */
export function readHtml(text: string, handler: MarkupHandler, isTemplate: boolean): void {
  const reader = new HtmlReader(text, handler);
  const tokenizer = new Tokenizer({ decodeEntities: false, recognizeSelfClosing: isTemplate }, reader);
  tokenizer.write(text);
  tokenizer.end();
}

class HtmlReader implements TokenizerCallbacks {
  private readonly text: string;
  private readonly handler: MarkupHandler;
  private name: TextRange = { start: 0, end: 0 };
  private attributes: Attribute[] = [];
  private attributeName = '';
  private value: { start: number; end: number } | undefined;
  private styleTag: Tag | undefined;
  private styleStart = 0;
  /** Whether the text is that of a script, which is nobody's words. */
  private isScript = false;

  constructor(text: string, handler: MarkupHandler) {
    this.text = text;
    this.handler = handler;
  }

  onopentagname(start: number, end: number): void {
    this.name = { start, end };
    this.attributes = [];
    this.attributeName = '';
  }

  onattribname(start: number, end: number): void {
    this.attributeName = this.text.slice(start, end);
    this.value = undefined;
  }

  onattribdata(start: number, end: number): void {
    this.value = { start: this.value?.start ?? start, end };
  }

  onattribentity(): void {
    // Entities are not decoded by the tokenizer.
  }

  onattribend(quote: number, end: number): void {
    if (quote === noValue) return;
    const { start, end: last } = this.value ?? { start: end, end };
    const written = this.text.slice(start, last);
    const value = decodeHTMLAttribute(written);
    this.attributes.push({ name: this.attributeName, written, value, start, end: last });
    this.value = undefined;
  }

  onopentagend(end: number): void {
    const tag = this.tag(end + 1);
    const name = tag.name.toLowerCase();
    this.isScript = name === 'script';
    this.styleTag = name === 'style' ? tag : undefined;
    this.styleStart = end + 1;
    this.handler.open(tag);
  }

  onselfclosingtag(end: number): void {
    this.handler.open(this.tag(end + 1));
  }

  onclosetag(start: number, end: number): void {
    const name = this.text.slice(start, end).trim();
    if (this.styleTag && name.toLowerCase() === 'style') this.endStyle(start - 2);
    this.isScript = false;
    this.handler.close(name, { start: start - 2, end: end + 1 });
  }

  ontext(start: number, end: number): void {
    if (!this.styleTag && !this.isScript) this.handler.words({ start, end });
  }

  onend(): void {
    if (this.styleTag) this.endStyle(this.text.length);
  }

  ontextentity(): void {
    // Entities are not decoded by the tokenizer.
  }

  oncdata(): void {
    // Of XML.
  }

  oncomment(): void {
    // What stands in it is no reference.
  }

  ondeclaration(): void {
    // The document type.
  }

  onprocessinginstruction(): void {
    // Of XML and PHP.
  }

  private endStyle(end: number): void {
    const tag = this.styleTag;
    this.styleTag = undefined;
    if (tag && end > this.styleStart) this.handler.style({ start: this.styleStart, end }, tag);
  }

  private tag(end: number): Tag {
    const { start } = this.name;
    return {
      name: this.text.slice(start, this.name.end),
      attributes: this.attributes,
      range: { start: start - 1, end },
    };
  }
}
