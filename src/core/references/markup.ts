import type { TextRange } from './imageReference.ts';

/** An attribute with its value as it stands; `end` equals `start` for an empty one. */
export interface Attribute extends TextRange {
  readonly name: string;
  /** As it stands in the text. */
  readonly written: string;
  /** Entities undone. */
  readonly value: string;
}

/** A start tag. Attributes without a literal value are not among its attributes. */
export interface Tag {
  /** As written: `NuxtImg`, `img`, `svelte:head`. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly range: TextRange;
}

/** Told what stands in a text of tags, in its order. */
export interface MarkupHandler {
  open(tag: Tag): void;
  close(name: string, range: TextRange): void;
  /** Words between tags, entities still in them. */
  words(range: TextRange): void;
  /** What stands in a `<style>` element, with the attributes of its tag. */
  style(range: TextRange, tag: Tag): void;
}

/** An attribute of a tag by its lower-case name; the first counts, as in HTML. */
export function attributeOf(tag: Tag, name: string): Attribute | undefined {
  return tag.attributes.find((one) => one.name.toLowerCase() === name);
}

/**
 * Whether a tag's name is that of a component or custom element: a capital letter, a hyphen, a dot or a prefix in it.
 * An address in angle brackets is none, though it reads like a tag: `<https://a.b>`, `<fox@a.b>`.
 */
export function isComponentName(name: string): boolean {
  return /[A-Z.-]|:./.test(name) && !name.includes('@');
}
