import { decodeHTMLStrict } from 'entities/decode';
import { readCss } from './css.ts';
import type { Draft } from './draft.ts';
import { referencesOfTag } from './elements.ts';
import { HeadReader } from './headReader.ts';
import { mostReferences, type TextRange } from './imageReference.ts';
import { attributeOf, type MarkupHandler, type Tag } from './markup.ts';
import type { Outline } from './outline.ts';
import { describedSize } from './sizes.ts';

/** Words that are being collected. */
interface Passage {
  readonly name: string;
  readonly start: number;
  readonly words: TextRange[];
}

const headings: readonly string[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];
const passages: readonly string[] = [...headings, 'p', 'title', 'figcaption'];

/**
 * Finds images in tags as they come, whichever reader they come from. Captions and what `picture` says of its
 * sources are added when their elements end.
 */
export class MarkupReader implements MarkupHandler {
  readonly drafts: Draft[] = [];
  private readonly text: string;
  private readonly outline: Outline;
  /** Where words are told by somebody else: Markdown has its own headings and paragraphs. */
  private readonly tellsWords: boolean;
  private readonly head: HeadReader;
  private passage: Passage | undefined;
  private figureFrom = -1;
  private caption: Passage | undefined;
  private pictureFrom = -1;
  private isInMedia = false;

  constructor(text: string, outline: Outline, tellsWords = true) {
    this.text = text;
    this.outline = outline;
    this.tellsWords = tellsWords;
    this.head = new HeadReader(outline);
  }

  open(tag: Tag): void {
    const name = tag.name.toLowerCase();
    if (passages.includes(name)) this.startPassage(name, tag.range.end);
    if (name === 'figure') this.startFigure();
    if (name === 'picture') this.pictureFrom = this.drafts.length;
    if (name === 'video' || name === 'audio') this.isInMedia = true;
    const from = this.pictureFrom < 0 ? this.drafts.length : this.pictureFrom;
    if (name === 'base') this.head.readBase(tag);
    if (this.drafts.length < mostReferences) {
      this.add(this.head.read(tag));
      this.add(referencesOfTag(tag, this.isInMedia));
    }
    if (name !== 'img') return;
    this.joinVariants(from);
    this.tellSources();
  }

  close(name: string, { start }: TextRange): void {
    const lower = name.toLowerCase();
    if (this.passage?.name === lower) this.endPassage(start);
    if (lower === 'figure') this.endFigure();
    if (lower === 'picture') this.pictureFrom = -1;
    if (lower === 'video' || lower === 'audio') this.isInMedia = false;
  }

  words(range: TextRange): void {
    this.passage?.words.push(range);
  }

  style(range: TextRange, tag: Tag): void {
    const language = attributeOf(tag, 'lang')?.value ?? 'css';
    // Indented Sass and Stylus have no braces: what their tokens mean is not known here.
    if (!['css', 'postcss', 'scss', 'less'].includes(language)) return;
    const css = this.text.slice(range.start, range.end);
    this.add(readCss(css, range.start, language === 'scss' || language === 'less'));
  }

  /** Has the targets count from the `base` that was read: for whole documents of HTML. */
  applyBase(): void {
    const { base } = this.head;
    for (const draft of this.drafts) draft.base = base;
  }

  /** Ends what is still open. @returns the references */
  finish(): Draft[] {
    if (this.passage) this.endPassage(this.text.length);
    this.endFigure();
    this.head.finish();
    return this.drafts;
  }

  /** One by one: more arguments than a stack holds can come from one style or `srcset`. */
  private add(drafts: readonly Draft[]): void {
    for (const draft of drafts) if (this.drafts.length < mostReferences) this.drafts.push(draft);
  }

  private startPassage(name: string, start: number): void {
    if (this.passage) this.endPassage(start);
    this.passage = { name, start, words: [] };
  }

  private endPassage(end: number): void {
    const { passage } = this;
    this.passage = undefined;
    if (!passage) return;
    const { name, start } = passage;
    const words = () => this.wordsOf(passage);
    if (name === 'figcaption') this.caption = passage;
    else if (name === 'title') this.outline.setTitle(words);
    else if (!this.tellsWords) return;
    else if (name === 'p') this.outline.addParagraph({ start, end }, words);
    else this.outline.addHeading({ start, end }, words);
  }

  private wordsOf({ words }: Passage): string {
    // What templates and JSX compute is no word of the document.
    const text = words.map(({ start, end }) => this.text.slice(start, end)).join(' ');
    return decodeHTMLStrict(text.slice(0, 8000));
  }

  private startFigure(): void {
    this.figureFrom = this.drafts.length;
    this.caption = undefined;
  }

  private endFigure(): void {
    if (this.figureFrom < 0) return;
    const caption = this.caption && this.wordsOf(this.caption);
    if (caption !== undefined)
      for (const draft of this.drafts.slice(this.figureFrom)) draft.caption ??= caption;
    this.figureFrom = -1;
    this.caption = undefined;
  }

  /** Images that a browser chooses from are one picture. */
  private joinVariants(from: number): void {
    const variants = this.drafts
      .slice(from)
      .filter(({ kind }) => kind === 'htmlImage' || kind === 'htmlSource');
    if (variants.length < 2) return;
    for (const draft of variants) draft.picture = { of: from, scale: scaleOf(draft) };
  }

  /** The sources of a `picture` show what its `img` shows. */
  private tellSources(): void {
    const image = this.drafts.at(-1);
    if (this.pictureFrom < 0 || !image) return;
    for (const draft of this.drafts.slice(this.pictureFrom)) {
      draft.alt ??= image.alt;
      draft.title ??= image.title;
      if (draft.size?.height === undefined)
        draft.size = describedSize(draft.descriptor ?? { density: 1 }, image.size) ?? draft.size;
    }
    this.pictureFrom = -1;
  }
}

function scaleOf({ descriptor }: Draft): number {
  return descriptor?.width ?? descriptor?.density ?? 1;
}
