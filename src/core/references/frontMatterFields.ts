import type { Draft } from './draft.ts';
import { mostReferences, type DeclaredSize, type TextRange } from './imageReference.ts';
import type { Outline } from './outline.ts';
import { declared, pixels } from './sizes.ts';
import { namesImage } from './target.ts';

/** A value of front matter, from YAML or TOML. */
export type Field =
  /** `range` is absent where the value does not stand in one piece (a folded text). */
  | { readonly type: 'text'; readonly value: string; readonly range?: TextRange }
  | { readonly type: 'list'; readonly items: readonly Field[] }
  | FieldMap;

/** Names with their values. */
export interface FieldMap {
  readonly type: 'map';
  readonly entries: [name: string, value: Field][];
}

/** Deeper front matter is no front matter. */
export const mostFieldDepth = 8;

/** Names of images in Jekyll, Hugo, Astro, Docusaurus, Eleventy, Gatsby, Hexo, Ghost …, without `-` and `_`. */
const imageNames = new Set(
  (
    'image images img imgs cover covers coverimage coverimg thumbnail thumbnails thumb thumbimage featuredimage ' +
    'featureimage featuredimg featured feature hero heroimage heroimg banner bannerimage bannerimg ogimage ' +
    'opengraphimage twitterimage twittercard socialimage socialcard socialcover sharingimage shareimage seoimage ' +
    'metaimage teaser teaserimage preview previewimage header headerimage headerimg background backgroundimage ' +
    'overlayimage splash splashimage poster posterimage icon logo avatar photo photos picture pictures figure ' +
    'screenshot screenshots gallery cardimage card listimage postimage pageimage titleimage lead leadimage ' +
    'indexing topimg indeximg bigimg sharingimg resources'
  ).split(' '),
);
/** Names of the address within one of these. */
const addressNames = new Set([
  'src',
  'url',
  'path',
  'file',
  'href',
  'source',
  'filename',
  'relative',
  'light',
  'dark',
]);
const socialNames = /^(og|opengraph|social|sharing|share|seo|meta)/;

/** The images among front matter's fields; its title and description go to the outline. */
export function readFields(fields: FieldMap, outline: Outline): Draft[] {
  const { title, description } = textsOf(fields);
  if (title !== undefined) outline.setTitle(() => title);
  if (description !== undefined) outline.setSummary(() => description);
  const drafts: Draft[] = [];
  visit(fields, [], () => ({}), drafts);
  return drafts;
}

/** The texts of a map by their plain names. */
type Texts = Readonly<Record<string, string | undefined>>;

function visit(field: Field, names: readonly string[], ofOwner: () => Texts, drafts: Draft[]): void {
  if (names.length > mostFieldDepth || drafts.length >= mostReferences) return;
  if (field.type === 'map') {
    // Once for all that is in it: a list can be long.
    let texts: Texts | undefined;
    const ofField = () => (texts ??= textsOf(field));
    for (const [name, value] of field.entries) visit(value, [...names, plainName(name)], ofField, drafts);
  } else if (field.type === 'list') {
    // A list within a list counts as a level.
    for (const item of field.items)
      visit(item, item.type === 'list' ? [...names, ''] : names, ofOwner, drafts);
  } else if (field.range && isImageField(names) && namesImage(field.value)) {
    drafts.push(draftOf(field.value, field.range, names, ofOwner()));
  }
}

function draftOf(value: string, range: TextRange, names: readonly string[], texts: Texts): Draft {
  const name = names.at(-1) ?? '';
  // The title of the whole document is its own, not the image's.
  const isOwn = names.length > 1;
  return {
    kind: 'frontMatter',
    range,
    target: value.trim(),
    places: [range],
    alt: texts[`${name}alt`] ?? texts[`${name}alttext`] ?? texts['alt'] ?? texts['imagealt'],
    caption: texts[`${name}caption`] ?? texts['caption'],
    title: isOwn ? (texts['title'] ?? texts['name']) : undefined,
    size: declared(pixels(texts['width']), pixels(texts['height']), 'attributes') ?? ruleOf(names),
  };
}

function ruleOf(names: readonly string[]): DeclaredSize | undefined {
  if (names.some((name) => socialNames.test(name))) return { width: 1200, height: 630, from: 'rule' };
  if (names.some((name) => name.startsWith('twitter'))) return { width: 1200, height: 600, from: 'rule' };
  return undefined;
}

function isImageField(names: readonly string[]): boolean {
  const last = names.at(-1) ?? '';
  if (imageNames.has(last)) return true;
  return addressNames.has(last) && names.slice(0, -1).some((name) => imageNames.has(name));
}

/** Of names that are alike the first counts. */
function textsOf({ entries }: FieldMap): Texts {
  const texts: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of entries.slice(0, 500))
    if (value.type === 'text') texts[plainName(name)] ??= value.value;
  return texts;
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[-_ :.]/g, '');
}
