import { decodeHTMLAttribute } from 'entities/decode';
import { readCss } from './css.ts';
import type { Draft } from './draft.ts';
import type { DeclaredSize, ReferenceKind } from './imageReference.ts';
import { attributeOf, isComponentName, type Attribute, type Tag } from './markup.ts';
import { isExpression } from './maskBraces.ts';
import { declared, describedSize, pixels } from './sizes.ts';
import { parseSrcset } from './srcset.ts';
import { namesImage } from './target.ts';

/** The attributes by which components of frameworks name an image. */
const componentAttributes = ['src', 'image', 'img', 'poster', 'cover', 'thumbnail', 'lightsrc', 'darksrc'];

/**
 * The images that a start tag names: `img`, `source`, `video`, `input`, and components (`Image`, `NuxtImg`) whose
 * attribute ends as an image does. The head's are read by `HeadReader`.
 * @param isInMedia whether a `source` is one of a video's or sound's
 */
export function referencesOfTag(tag: Tag, isInMedia: boolean): Draft[] {
  const drafts = imagesOfTag(tag, isInMedia);
  return [...drafts, ...imagesOfStyle(tag)];
}

/** One reference of an attribute; none where its value is an expression. */
export function draftOf(tag: Tag, attribute: Attribute | undefined, kind: ReferenceKind): Draft[] {
  if (!attribute || isExpression(attribute.value)) return [];
  const before = attribute.value.length - attribute.value.trimStart().length;
  const after = attribute.value.length - attribute.value.trimEnd().length;
  const start = Math.min(attribute.start + before, attribute.end);
  const range = { start, end: Math.max(start, attribute.end - after) };
  const size = sizeOfTag(tag);
  return [
    {
      kind,
      range,
      // White space around a URL and the ends of lines in it mean nothing (URL standard).
      target: attribute.value.trim().replace(/[\t\r\n]/g, ''),
      places: [tag.range],
      alt: attributeOf(tag, 'alt')?.value ?? attributeOf(tag, 'aria-label')?.value,
      caption: attributeOf(tag, 'caption')?.value,
      title: attributeOf(tag, 'title')?.value,
      size,
    },
  ];
}

/** The references of a `srcset`, each a place of its own. */
export function draftsOfSrcset(tag: Tag, attribute: Attribute | undefined, kind: ReferenceKind): Draft[] {
  if (!attribute || isExpression(attribute.value)) return [];
  const [model] = draftOf(tag, attribute, kind);
  if (!model) return [];
  // Offsets are those of the text: the value is taken apart as it is written.
  return parseSrcset(attribute.written, attribute.start).map((candidate) => ({
    ...model,
    range: candidate.range,
    target: decodeHTMLAttribute(candidate.url),
    places: [candidate.range],
    size: describedSize(candidate, model.size),
    descriptor: candidate,
  }));
}

function imagesOfTag(tag: Tag, isInMedia: boolean): Draft[] {
  const attribute = (name: string) => attributeOf(tag, name);
  switch (tag.name.toLowerCase()) {
    case 'img':
      return [
        ...draftsOfSrcset(tag, attribute('srcset'), 'htmlImage'),
        ...draftOf(tag, attribute('src'), 'htmlImage'),
      ];
    case 'source':
      return isInMedia ? [] : draftsOfSrcset(tag, attribute('srcset'), 'htmlSource');
    case 'video':
      return draftOf(tag, attribute('poster'), 'htmlPoster');
    case 'input':
      return attribute('type')?.value.toLowerCase() === 'image'
        ? draftOf(tag, attribute('src'), 'htmlInput')
        : [];
    default:
      return isComponentName(tag.name) ? imagesOfComponent(tag) : [];
  }
}

/** A component or custom element takes anything: what counts is that the value ends as an image does. */
function imagesOfComponent(tag: Tag): Draft[] {
  const single = componentAttributes.flatMap((name) => draftOf(tag, attributeOf(tag, name), 'component'));
  const several = draftsOfSrcset(tag, attributeOf(tag, 'srcset'), 'component');
  return [...single, ...several].filter(({ target }) => namesImage(target));
}

/** `style="background-image: url(hero.png)"`; one with entities in it is left, its offsets would not be the text's. */
function imagesOfStyle(tag: Tag): Draft[] {
  const style = attributeOf(tag, 'style');
  if (!style || style.written !== style.value || !style.value.includes('(')) return [];
  const alt = attributeOf(tag, 'aria-label')?.value;
  return readCss(style.value, style.start, false).map((draft) => ({ ...draft, alt }));
}

function sizeOfTag(tag: Tag): DeclaredSize | undefined {
  const side = (name: string) => pixels(attributeOf(tag, name)?.value);
  const style = declarationsOf(attributeOf(tag, 'style')?.value ?? '');
  return (
    declared(side('width'), side('height'), 'attributes') ??
    declared(pixels(style.get('width')), pixels(style.get('height')), 'style') ??
    // A list of conditions says no one width.
    declared(pixels(pxOnly(attributeOf(tag, 'sizes')?.value)), undefined, 'sizes')
  );
}

function pxOnly(value: string | undefined): string | undefined {
  return value?.trim().toLowerCase().endsWith('px') ? value : undefined;
}

function declarationsOf(style: string): ReadonlyMap<string, string> {
  const pairs = style
    .slice(0, 2000)
    .split(';')
    .map((one) => one.split(':', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name.trim().toLowerCase(), value]));
}
