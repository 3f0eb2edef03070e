import type { ImageRequest, ReferenceImage } from '../request.ts';

/** The references of a request on the chat route: those that go along, and how each of them is called. */
export interface SentReferences {
  /** Those of the request's references that are not in the conversation already, in their order. */
  readonly pictures: readonly ReferenceImage[];
  /** How a reference is called in a sentence, by its place among the request's, from 0. */
  readonly nameOf: (index: number) => string;
}

/**
 * Leaves out references whose bytes are the last picture of the conversation: the model has it before it, and twice it
 * would be paid twice and taken for two.
 */
export function sentReferences({ references, history = [] }: ImageRequest): SentReferences {
  const last = history.flatMap(({ images }) => images).at(-1);
  const isThere = references.map(({ bytes }) => last !== undefined && isSame(bytes, last.bytes));
  return {
    pictures: references.filter((_, index) => isThere[index] !== true),
    nameOf: (index) =>
      isThere[index] === true
        ? 'The last image of this conversation'
        : `Image ${isThere.slice(0, index + 1).filter((there) => !there).length}`,
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
