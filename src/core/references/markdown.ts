import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import type { Draft } from './draft.ts';
import { mostReferences, type TextRange } from './imageReference.ts';
import { markdownParser, mdxParser } from './markdownParser.ts';
import { unescapeMarkdown, wordsOf } from './markdownText.ts';
import type { Outline } from './outline.ts';

/** What a Markdown document consists of, as far as it matters here. */
export interface MarkdownParts {
  readonly drafts: Draft[];
  /** HTML in Markdown, in order; what stands in comments and code is none. */
  readonly html: readonly TextRange[];
  /** Code, in order. */
  readonly code: readonly TextRange[];
}

interface Definition {
  readonly range: TextRange;
  readonly place: TextRange;
  readonly target: string;
  readonly title: string | undefined;
  /** Of its uses; absent while there is none. */
  draft?: Draft;
}

/** An image before it is known what its label is defined as. */
interface LabelledImage {
  readonly label: string;
  readonly place: TextRange;
  readonly alt: string;
}

/** CommonMark: a label is no longer. */
const mostLabel = 999;

const codeNodes = new Set(['FencedCode', 'CodeBlock', 'InlineCode']);
const htmlNodes = new Set(['HTMLBlock', 'HTMLTag']);

/** Reads Markdown, or MDX without its tags. @param text front matter blanked */
export function readMarkdown(text: string, isMdx: boolean, outline: Outline): MarkdownParts {
  const reader = new MarkdownReader(text, isMdx, outline);
  reader.readTree((isMdx ? mdxParser : markdownParser).parse(text));
  return reader.finish();
}

class MarkdownReader {
  private readonly text: string;
  private readonly isMdx: boolean;
  private readonly outline: Outline;
  private readonly drafts: Draft[] = [];
  private readonly html: TextRange[] = [];
  private readonly code: TextRange[] = [];
  private readonly definitions = new Map<string, Definition>();
  private readonly labelled: LabelledImage[] = [];

  constructor(text: string, isMdx: boolean, outline: Outline) {
    this.text = text;
    this.isMdx = isMdx;
    this.outline = outline;
  }

  readTree(tree: Tree): void {
    tree.iterate({ enter: (node) => this.enter(node) });
  }

  finish(): MarkdownParts {
    for (const { label, place, alt } of this.labelled) this.useDefinition(label, place, alt);
    return { drafts: this.drafts, html: this.html, code: this.code };
  }

  private enter(node: SyntaxNodeRef): boolean {
    const { name, from, to } = node;
    const range = { start: from, end: to };
    if (codeNodes.has(name)) this.code.push(range);
    else if (htmlNodes.has(name)) this.html.push(range);
    // What stands in the words of an image is words: an image in them is shown nowhere.
    else if (name === 'Image') return this.drafts.length < mostReferences && !this.image(node.node);
    else if (name === 'LinkReference') this.definition(node.node);
    else if (name === 'Paragraph') {
      const paragraph = node.node;
      this.outline.addParagraph(range, () => wordsOf(this.text, paragraph));
    } else if (/^(ATX|Setext)Heading/.test(name)) {
      const heading = node.node;
      this.outline.addHeading(range, () => wordsOf(this.text, heading));
    }
    return !codeNodes.has(name);
  }

  /** @returns whether it is one for certain: one by a label is, if that is defined somewhere */
  private image(node: SyntaxNode): boolean {
    const parts = childrenOf(node);
    const close = parts.findIndex((part) => part.name === 'LinkMark' && this.source(part) === ']');
    const start = parts[0]?.to ?? node.from;
    const end = parts[close]?.from ?? node.to;
    const alt = wordsOf(this.text, node, start, end);
    const place = { start: node.from, end: node.to };
    const rest = parts.slice(close + 1);
    const [first] = rest;
    if (first?.name === 'LinkMark') {
      const url = rest.find(({ name }) => name === 'URL');
      this.drafts.push({
        kind: 'markdownImage',
        ...this.address(url, first.to),
        places: [place],
        alt,
        title: this.titleOf(rest),
      });
      return true;
    }
    const label = first?.name === 'LinkLabel' ? this.source(first).slice(1, -1) : '';
    const isFull = label !== '';
    if (isFull || end - start <= mostLabel)
      this.labelled.push({ label: isFull ? label : this.text.slice(start, end), place, alt });
    return false;
  }

  private definition(node: SyntaxNode): void {
    const parts = childrenOf(node);
    const [label] = parts;
    const url = parts.find(({ name }) => name === 'URL');
    if (!label || !url) return;
    const name = this.source(label).slice(1, -1);
    if (name.startsWith('^')) {
      if (this.drafts.length < mostReferences) this.footnote(label.to + 1, node.to);
      return;
    }
    const key = labelKey(name);
    if (this.definitions.has(key)) return;
    this.definitions.set(key, {
      ...this.address(url, url.from),
      place: { start: node.from, end: node.to },
      title: this.titleOf(parts),
    });
  }

  /** A footnote in one line looks like a definition to CommonMark, in which an image would be the address. */
  private footnote(start: number, end: number): void {
    const tree = (this.isMdx ? mdxParser : markdownParser).parse(this.text.slice(start, end));
    const inner = new MarkdownReader(this.text.slice(start, end), this.isMdx, this.outline);
    for (const node of imagesOf(tree)) inner.image(node);
    for (const draft of inner.drafts) {
      const shift = ({ start: from, end: to }: TextRange) => ({ start: start + from, end: start + to });
      this.drafts.push({ ...draft, range: shift(draft.range), places: draft.places.map(shift) });
    }
  }

  private useDefinition(label: string, place: TextRange, alt: string): void {
    const definition = this.definitions.get(labelKey(label));
    if (!definition) return;
    if (definition.draft) {
      definition.draft.places.push(place);
      return;
    }
    const { range, target, title } = definition;
    // The first use says what it shows.
    const places = [place, definition.place];
    definition.draft = { kind: 'markdownDefinition', range, target, places, alt, title };
    this.drafts.push(definition.draft);
  }

  /** Range and meaning of an address; `![a]()` has none, and then the place where it would stand. */
  private address(url: SyntaxNode | undefined, at: number): Pick<Draft, 'range' | 'target'> {
    if (!url) return { range: { start: at, end: at }, target: '' };
    const isBracketed = this.text.charAt(url.from) === '<';
    const range = { start: url.from + (isBracketed ? 1 : 0), end: url.to - (isBracketed ? 1 : 0) };
    return { range, target: unescapeMarkdown(this.text.slice(range.start, range.end)) };
  }

  private titleOf(parts: readonly SyntaxNode[]): string | undefined {
    const title = parts.find(({ name }) => name === 'LinkTitle');
    return title && unescapeMarkdown(this.source(title).slice(1, -1));
  }

  private source({ from, to }: SyntaxNode): string {
    return this.text.slice(from, to);
  }
}

/** Labels are compared as CommonMark does: case-folded, with white space as one space. */
function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

function imagesOf(tree: Tree): SyntaxNode[] {
  const images: SyntaxNode[] = [];
  tree.iterate({ enter: ({ name, node }) => (name === 'Image' ? void images.push(node) : undefined) });
  return images;
}
