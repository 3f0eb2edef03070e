import { MalformedXml, mostElements, resolveNames, unescapeText } from './xmlNames.ts';
import type { RawAttribute, Scope, XmlElement } from './xmlNames.ts';

const deepest = 64;
const name = /[A-Za-z_\u00b7-\uffff][\w.:\u00b7-\uffff-]*/y;
const space = /[ \t\r\n]*/y;
const equals = /[ \t\r\n]*=[ \t\r\n]*/y;

/**
 * Reads an XML document with namespaces as far as XMP packets use XML (XML 1.0 and Namespaces in XML 1.0).
 * There is no document type: a text with `<!DOCTYPE` is refused, so nothing can be declared, fetched or
 * multiplied. Linear in the length, at most 64 levels and 20,000 elements, never throws.
 * @returns the root element, or undefined where the text is not well formed or over a bound
 */
export function parseXml(source: string): XmlElement | undefined {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(source)) return undefined;
  try {
    return new XmlReader(source).read();
  } catch (thrown) {
    if (thrown instanceof MalformedXml) return undefined;
    throw thrown;
  }
}

interface OpenElement {
  readonly element: XmlElement;
  readonly qualifiedName: string;
  readonly scope: Scope;
}

class XmlReader {
  private at = 0;
  private elements = 0;
  private root: XmlElement | undefined;
  private readonly open: OpenElement[] = [];
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** @throws MalformedXml */
  read(): XmlElement {
    if (this.source.startsWith('\ufeff')) this.at = 1;
    while (this.at < this.source.length) {
      if (this.source[this.at] === '<') this.readMarkup();
      else this.readText();
    }
    if (this.root === undefined || this.open.length > 0) throw new MalformedXml();
    return this.root;
  }

  private readText(): void {
    const found = this.source.indexOf('<', this.at);
    const end = found < 0 ? this.source.length : found;
    this.addText(unescapeText(this.source.slice(this.at, end)));
    this.at = end;
  }

  private addText(text: string): void {
    const top = this.open.at(-1);
    if (top) top.element.text += text;
    else if (text.trim() !== '') throw new MalformedXml();
  }

  private readMarkup(): void {
    const { source, at } = this;
    if (source.startsWith('<?', at)) this.endOf('?>', at + 2);
    else if (source.startsWith('<!--', at)) this.endOf('-->', at + 4);
    else if (source.startsWith('<![CDATA[', at)) {
      const end = this.endOf(']]>', at + 9);
      if (this.open.length === 0) throw new MalformedXml();
      this.addText(source.slice(at + 9, end));
    } else if (source.startsWith('</', at)) this.readEndTag();
    else this.readStartTag();
  }

  /** Steps behind the next `mark`. @returns where it stands */
  private endOf(mark: string, from: number): number {
    const found = this.source.indexOf(mark, from);
    if (found < 0) throw new MalformedXml();
    this.at = found + mark.length;
    return found;
  }

  private readEndTag(): void {
    const close = this.at;
    this.at += 2;
    const qualifiedName = this.take(name);
    this.take(space);
    const top = this.open.pop();
    if (top?.qualifiedName !== qualifiedName || this.source[this.at] !== '>') throw new MalformedXml();
    this.at += 1;
    top.element.close = close;
    top.element.to = this.at;
  }

  private readStartTag(): void {
    const from = this.at;
    this.at += 1;
    const qualifiedName = this.take(name);
    const raw = this.readAttributes();
    const isEmpty = this.source[this.at] === '/';
    if (isEmpty) this.at += 1;
    if (this.source[this.at] !== '>') throw new MalformedXml();
    this.at += 1;
    const parent = this.open.at(-1);
    const { element, scope } = resolveNames(qualifiedName, raw, parent?.scope, { from, to: this.at });
    this.elements += 1;
    if (this.elements > mostElements || this.open.length >= deepest) throw new MalformedXml();
    if (parent) parent.element.children.push(element);
    else if (this.root === undefined) this.root = element;
    else throw new MalformedXml();
    if (!isEmpty) this.open.push({ element, qualifiedName, scope });
  }

  private readAttributes(): RawAttribute[] {
    const raw: RawAttribute[] = [];
    for (;;) {
      const isSeparated = this.take(space) !== '';
      if (this.at >= this.source.length) throw new MalformedXml();
      if (this.source[this.at] === '>' || this.source[this.at] === '/') return raw;
      if (!isSeparated) throw new MalformedXml();
      const from = this.at;
      const qualifiedName = this.take(name);
      this.take(equals);
      const quote = this.source[this.at];
      if (quote !== '"' && quote !== "'") throw new MalformedXml();
      const start = this.at + 1;
      const value = this.source.slice(start, this.endOf(quote, start));
      if (value.includes('<')) throw new MalformedXml();
      raw.push({ qualifiedName, value: unescapeText(value.replace(/[\t\r\n]/g, ' ')), from, to: this.at });
    }
  }

  /** Takes what a sticky pattern matches here. @throws MalformedXml where it does not */
  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    if (found === undefined) throw new MalformedXml();
    this.at += found.length;
    return found;
  }
}
