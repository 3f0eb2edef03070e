import { documentBase, type DocumentBase } from './documentBase.ts';
import type { Draft } from './draft.ts';
import { draftOf, draftsOfSrcset } from './elements.ts';
import type { DeclaredSize } from './imageReference.ts';
import { attributeOf, type Tag } from './markup.ts';
import type { Outline } from './outline.ts';
import { declared, largestOfSizes, pixels, square } from './sizes.ts';

/** What a page's icon is where it does not say: what browsers show in a tab, twice as fine. */
const iconSide = 32;
/** https://developer.apple.com/design/human-interface-guidelines/app-icons: home screen of an iPhone. */
const touchIconSide = 180;
const tileSide = 144;
/** https://ogp.me has no rule; 1.91:1 at 1200 is what Facebook, LinkedIn and Slack ask for. */
const openGraph: DeclaredSize = { width: 1200, height: 630, from: 'rule' };
/** A `summary_large_image` card is 2:1, a `summary` card square (X, Cards). */
const largeCard: DeclaredSize = { width: 1200, height: 600, from: 'rule' };
const smallCard: DeclaredSize = square(600, 'rule');

/** Reads `link` and `meta`, whose parts are spread over several tags, and `base`. */
export class HeadReader {
  private readonly outline: Outline;
  private readonly openGraphs: Draft[] = [];
  private readonly cards: Draft[] = [];
  private readonly sides: { width?: number | undefined; height?: number | undefined } = {};
  private title: string | undefined;
  private card = '';
  private baseHref: string | undefined;

  constructor(outline: Outline) {
    this.outline = outline;
  }

  read(tag: Tag): Draft[] {
    const name = tag.name.toLowerCase();
    if (name === 'link') return linkImages(tag);
    return name === 'meta' ? this.meta(tag) : [];
  }

  /** The first `base` with an address counts, for what stands before it, too. */
  readBase(tag: Tag): void {
    this.baseHref ??= attributeOf(tag, 'href')?.value;
  }

  /** What relative targets of the whole document begin with. */
  get base(): DocumentBase | undefined {
    return this.baseHref === undefined ? undefined : documentBase(this.baseHref);
  }

  /** Tells the images what the other tags said. */
  finish(): void {
    this.endImage();
    for (const draft of this.openGraphs) draft.size ??= openGraph;
    for (const draft of this.cards) draft.size ??= this.card === 'summary' ? smallCard : largeCard;
    for (const draft of [...this.openGraphs, ...this.cards]) draft.title ??= this.title;
  }

  private meta(tag: Tag): Draft[] {
    const property = attributeOf(tag, 'property') ?? attributeOf(tag, 'name') ?? attributeOf(tag, 'itemprop');
    const content = attributeOf(tag, 'content');
    const value = content?.value;
    switch (property?.value.trim().toLowerCase()) {
      case 'og:image':
      case 'og:image:url':
      case 'og:image:secure_url':
        this.endImage();
        return keep(this.openGraphs, draftOf(tag, content, 'htmlMeta'));
      case 'og:image:width':
        this.sides.width = pixels(value);
        return [];
      case 'og:image:height':
        this.sides.height = pixels(value);
        return [];
      case 'twitter:image':
      case 'twitter:image:src':
        return keep(this.cards, draftOf(tag, content, 'htmlMeta'));
      case 'msapplication-tileimage':
        return draftOf(tag, content, 'htmlMeta').map((draft) => ({
          ...draft,
          size: square(tileSide, 'rule'),
        }));
      case 'image':
      case 'thumbnail':
        return draftOf(tag, content, 'htmlMeta');
      default:
        this.words(property?.value.trim().toLowerCase(), value);
        return [];
    }
  }

  private words(property: string | undefined, value: string | undefined): void {
    if (value === undefined) return;
    const [image, card] = [this.openGraphs.at(-1), this.cards.at(-1)];
    if (property === 'og:image:alt' && image) image.alt = value;
    else if (property === 'twitter:image:alt' && card) card.alt = value;
    else if (property === 'og:title') this.title ??= value;
    else if (property === 'twitter:card') this.card = value.trim();
    else if (property === 'description' || property === 'og:description')
      this.outline.setSummary(() => value);
  }

  /** Width and height follow the image that they are of. */
  private endImage(): void {
    const image = this.openGraphs.at(-1);
    if (image) image.size ??= declared(this.sides.width, this.sides.height, 'meta');
    this.sides.width = this.sides.height = undefined;
  }
}

function keep(list: Draft[], drafts: Draft[]): Draft[] {
  for (const draft of drafts) list.push(draft);
  return drafts;
}

function linkImages(tag: Tag): Draft[] {
  const words = (attributeOf(tag, 'rel')?.value ?? '').toLowerCase().split(/\s+/);
  const href = attributeOf(tag, 'href');
  const isTouch = words.some((word) => word.startsWith('apple-touch-icon'));
  if (isTouch || words.includes('icon') || words.includes('image_src')) {
    const rule = words.includes('image_src') ? undefined : square(isTouch ? touchIconSide : iconSide, 'rule');
    const size = largestOfSizes(attributeOf(tag, 'sizes')?.value, 'sizes') ?? rule;
    return draftOf(tag, href, 'htmlIcon').map((draft) => ({ ...draft, size }));
  }
  const isPreload = words.includes('preload') && attributeOf(tag, 'as')?.value.toLowerCase() === 'image';
  if (!isPreload) return [];
  return [
    ...draftOf(tag, href, 'htmlImage'),
    ...draftsOfSrcset(tag, attributeOf(tag, 'imagesrcset'), 'htmlImage'),
  ];
}
