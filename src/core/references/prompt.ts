import type { DeclaredSize, ImageReference, ReferenceContext } from './imageReference.ts';
import { extensionOf, fileNameOfTarget } from './target.ts';

/** What a document says an image should show. */
export interface ReferencePrompt {
  readonly prompt: string;
  readonly from: 'alt' | 'caption' | 'title' | 'fileName' | 'heading' | 'nothing';
  /** Not part of the prompt: shown before it is sent along. */
  readonly context: ReferenceContext;
}

/** Alternative texts that say nothing. */
const emptyWords = new Set(
  'image img picture pic photo screenshot alt alttext placeholder todo untitled logo icon banner cover'.split(
    ' ',
  ),
);

/**
 * The prompt that a reference holds: its alternative text, else its caption or title, else the words of the file's
 * name, else the heading above it. A word such as "image" counts only where nothing else is there.
 */
export function promptOfReference(reference: ImageReference): ReferencePrompt {
  const { context, caption, title } = reference;
  const words = fileNameWords(reference.target);
  const isOwnName = reference.alt !== undefined && fileNameOfTarget(reference.target) === reference.alt;
  const alt = isOwnName ? undefined : reference.alt;
  const candidates = [
    { from: 'alt', prompt: alt },
    { from: 'caption', prompt: caption },
    { from: 'title', prompt: title },
    { from: 'fileName', prompt: words },
    { from: 'heading', prompt: context.heading },
  ] as const;
  const found =
    candidates.find(({ prompt }) => prompt !== undefined && saysSomething(prompt)) ??
    candidates.find(({ prompt }) => prompt !== undefined && prompt !== '');
  return { prompt: found?.prompt ?? 'image', from: found?.from ?? 'nothing', context };
}

/**
 * The words of a target's file name: `heroImage_red-fox@2x-800x600.png` is "hero image red fox". Densities and sizes
 * at the end are none of them.
 */
export function fileNameWords(target: string): string {
  const name = fileNameOfTarget(target).slice(0, 300);
  const extension = extensionOf(name);
  const stem = extension === '' ? name : name.slice(0, -extension.length - 1);
  const words = stem
    .replace(/@\d(?:\.\d)?x$/i, '')
    .replace(/[-_.](?:\d{1,5}x\d{1,5}|\d{1,5}w|\d{1,5}px)$/i, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  return (words ?? []).map((word) => (/^\p{Lu}\p{Ll}+$/u.test(word) ? word.toLowerCase() : word)).join(' ');
}

/** The size that a document declares for an image, by attribute, style, descriptor or the property's rule. */
export function sizeOfReference(reference: ImageReference): DeclaredSize | undefined {
  return reference.size;
}

function saysSomething(words: string): boolean {
  const plain = words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  // `IMG_0001` and `fig2` are numbers, not words.
  return (
    plain !== '' && !emptyWords.has(plain.replace(/\d+$/, '')) && !/^(dsc[fn]?|fig|figure)?\d+$/.test(plain)
  );
}
