import { TokenType, type CSSToken, type TokenDimension } from '@csstools/css-tokenizer';
import { commentWords, endOfString, urlRange } from './cssTokens.ts';
import type { Draft } from './draft.ts';
import { mostReferences, type DeclaredSize, type TextRange } from './imageReference.ts';
import type { Outline } from './outline.ts';
import { declared, describedSize, sideOf } from './sizes.ts';
import { namesImage } from './target.ts';

const mostSelector = 200;
/** Characters of a name that are looked at; no property that counts here has more. */
const mostName = 200;
/** Characters of a comment that are looked at. */
const mostComment = 4000;
/** The properties that take an image, without the prefix of a browser's maker (MDN, <image>). */
const imageProperties: ReadonlySet<string> = new Set([
  ...[
    'background',
    'background-image',
    'border-image',
    'border-image-source',
    'list-style',
    'content',
    'cursor',
  ],
  ...['list-style-image', 'mask', 'mask-image', 'mask-border', 'mask-border-source', 'mask-box-image'],
  ...['mask-box-image-source', 'shape-outside'],
]);
/** Browsers show no cursor above 128, and refuse some above 32. */
const cursorSide = 32;

interface Block {
  /** `background` where the block is SCSS's `background: { image: … }`. */
  readonly prefix: string;
  readonly drafts: Draft[];
  readonly sides: { width?: number; height?: number; backgroundSize?: readonly number[] };
}

/** Reads tokens: knows in which declaration of which block it is, and of the rest nothing. */
export class CssReader {
  private readonly text: string;
  private readonly base: number;
  private readonly outline: Outline | undefined;
  private readonly drafts: Draft[] = [];
  private readonly blocks: Block[] = [newBlock('')];
  /** What can still become a property: the first tokens of the statement, cut. */
  private lead: string[] = [];
  private property = '';
  /** The same with what the block says of it, lower-case. */
  private fullProperty = '';
  private statementStart = -1;
  /** Lengths of the declaration in pixels; NaN for anything else in it. */
  private lengths: number[] = [];
  private readonly functions: string[] = [];
  /** How many of them are `image-set()`. */
  private imageSets = 0;
  /** The last string or URL of an `image-set()`, which a density may follow. */
  private option: Draft | undefined;
  private readonly densities = new Map<Draft, number>();
  /** The comment before the statement. */
  private words: (() => string) | undefined;

  constructor(text: string, base: number, outline: Outline | undefined) {
    this.text = text;
    this.base = base;
    this.outline = outline;
  }

  /** Takes the next token. */
  take(token: CSSToken): void {
    const [type, , start, end] = token;
    if (type === TokenType.Whitespace) return;
    if (type === TokenType.Comment) {
      this.comment(start, end);
      return;
    }
    if (this.statementStart < 0) this.statementStart = start;
    if (type === TokenType.OpenCurly) this.openBlock(start);
    else if (type === TokenType.CloseCurly) this.closeBlock();
    else if (type === TokenType.Semicolon) this.endStatement();
    else {
      if (this.property === '') this.lookForProperty(token);
      else this.value(token);
      this.url(token);
    }
  }

  /** Ends what is still open. @returns the references, in order of their ends */
  finish(): Draft[] {
    while (this.blocks.length > 1) this.closeBlock();
    this.endStatement();
    this.closeSizes();
    return this.drafts;
  }

  private comment(start: number, end: number): void {
    const last = Math.max(start + 2, Math.min(end - 1, start + mostComment));
    this.words = () => commentWords(this.text.slice(start + 2, last));
    if (this.blocks.length > 1) this.outline?.addParagraph(this.range(start, end + 1), this.words);
  }

  private lookForProperty(token: CSSToken): void {
    if (token[0] === TokenType.Colon && this.lead.length > 0) {
      this.property = this.lead.join('').slice(0, mostName);
      if (this.property.startsWith('-') && !this.property.startsWith('--'))
        this.property = this.property.replace(/^-[a-z]+-/i, '');
      const prefix = this.blocks.at(-1)?.prefix ?? '';
      this.fullProperty = `${prefix === '' ? '' : `${prefix}-`}${this.property}`.toLowerCase();
    }
    if (this.lead.length < 3) this.lead.push(token[1].slice(0, mostName));
  }

  private value(token: CSSToken): void {
    if (this.functions.length > 0 && token[0] !== TokenType.CloseParen) return;
    const isLength = token[0] === TokenType.Dimension && token[4].unit.toLowerCase() === 'px';
    this.lengths.push(isLength ? token[4].value : NaN);
    if (this.lengths.length > 3) this.lengths.length = 3;
  }

  private url(token: CSSToken): void {
    switch (token[0]) {
      case TokenType.URL:
        this.add(token[4].value, urlRange(token));
        return;
      case TokenType.Function:
      case TokenType.OpenParen:
        this.openFunction(token[0] === TokenType.OpenParen ? '' : token[4].value);
        return;
      case TokenType.CloseParen:
        if (isImageSet(this.functions.pop() ?? '')) this.imageSets--;
        return;
      case TokenType.String: {
        const inside = this.functions.at(-1) ?? '';
        if (inside === 'url' || inside === 'src' || isImageSet(inside))
          this.add(token[4].value, { start: token[2] + 1, end: endOfString(token) });
        return;
      }
      case TokenType.Dimension:
        this.density(token);
        return;
      default:
    }
  }

  private openFunction(name: string): void {
    const known = name.slice(0, mostName).toLowerCase();
    this.functions.push(known);
    if (isImageSet(known)) this.imageSets++;
  }

  private add(target: string, range: TextRange): void {
    if (this.drafts.length >= mostReferences || !this.takesImage(target)) return;
    const draft: Draft = {
      kind: 'css',
      range: this.range(range.start, range.end),
      target,
      places: [this.range(this.statementStart, range.end)],
    };
    if (this.fullProperty === 'cursor') draft.size = { width: cursorSide, height: cursorSide, from: 'rule' };
    // Each image of a set is a place of its own.
    if (this.imageSets > 0) draft.places[0] = draft.range;
    this.option = draft;
    this.blocks.at(-1)?.drafts.push(draft);
    this.drafts.push(draft);
  }

  private density(token: TokenDimension): void {
    if (!this.option || !['x', 'dppx'].includes(token[4].unit.toLowerCase())) return;
    this.densities.set(this.option, token[4].value);
  }

  /** A property that takes an image, or one that can hold anything (a variable, a mixin) where the name is an image's. */
  private takesImage(target: string): boolean {
    if (imageProperties.has(this.fullProperty)) return true;
    const first = this.lead[0]?.toLowerCase() ?? '';
    const isVariable = /^(--|\$|@)/.test(this.property);
    return (isVariable || first === '@include' || first === '.') && namesImage(target);
  }

  private endStatement(): void {
    if (this.statementStart >= 0) this.words = undefined;
    const sides = this.blocks.at(-1)?.sides;
    const [first, second, more] = this.lengths;
    if (sides && first !== undefined && more === undefined) {
      if (this.property === 'background-size' && second !== undefined) sides.backgroundSize = [first, second];
      else if ((this.property === 'width' || this.property === 'height') && second === undefined)
        sides[this.property] = first;
    }
    this.startStatement();
  }

  private startStatement(): void {
    this.lead = [];
    this.property = this.fullProperty = '';
    this.statementStart = -1;
    this.lengths = [];
    this.functions.length = this.imageSets = 0;
    this.option = undefined;
  }

  private openBlock(at: number): void {
    const { statementStart } = this;
    // `#{$name}` of SCSS is no block.
    const isNested = this.property !== '' && this.lengths.length === 0;
    const selector = this.text.slice(statementStart, Math.min(at, statementStart + mostSelector));
    this.outline?.addHeading(this.range(statementStart, at), () => selector);
    if (this.words) this.outline?.addParagraph(this.range(at, at), this.words);
    this.words = undefined;
    this.blocks.push(newBlock(isNested ? this.property : ''));
    this.startStatement();
  }

  private closeBlock(): void {
    this.endStatement();
    this.closeSizes();
    if (this.blocks.length > 1) this.blocks.pop();
  }

  /** A block's images take its size, which may be declared after them. */
  private closeSizes(): void {
    const block = this.blocks.at(-1);
    const size = block && sizeOf(block.sides);
    for (const draft of block?.drafts ?? []) {
      const density = this.densities.get(draft) ?? 1;
      draft.size ??= describedSize({ density }, size);
    }
    if (block) block.drafts.length = 0;
  }

  private range(start: number, end: number): TextRange {
    return { start: this.base + start, end: this.base + end };
  }
}

function newBlock(prefix: string): Block {
  return { prefix, drafts: [], sides: {} };
}

function isImageSet(name: string): boolean {
  return name === 'image-set' || name === '-webkit-image-set';
}

function sizeOf({ width, height, backgroundSize }: Block['sides']): DeclaredSize | undefined {
  const [w, h] = (backgroundSize ?? []).map(sideOf);
  if (w !== undefined && h !== undefined) return declared(w, h, 'style');
  return declared(sideOf(width), sideOf(height), 'style');
}
