import {
  mostReferences,
  type DeclaredSize,
  type ImageReference,
  type ReferenceKind,
  type TextRange,
} from './imageReference.ts';
import type { DocumentBase } from './documentBase.ts';
import { plainLine, type Outline } from './outline.ts';
import type { Descriptor } from './sizes.ts';
import { pathOfTarget, refusalOf } from './target.ts';

const mostAlt = 1000;

/** A reference while a document is read: what is told later in it (a caption, say) is still added. */
export interface Draft {
  readonly kind: ReferenceKind;
  /** Of the target alone. */
  readonly range: TextRange;
  /** The URL that stands there, decoded for its language. */
  readonly target: string;
  readonly places: TextRange[];
  alt?: string | undefined;
  caption?: string | undefined;
  title?: string | undefined;
  size?: DeclaredSize | undefined;
  /** Of an image of a `srcset`: the size of its element may become known later. */
  readonly descriptor?: Descriptor;
  /** As that of a reference. */
  picture?: ImageReference['picture'];
  base?: DocumentBase | undefined;
}

/** Drafts in the order of their targets in the text, no more than a document may have. */
export function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  return drafts.toSorted((one, other) => one.range.start - other.range.start).slice(0, mostReferences);
}

/** Makes references of drafts. */
export function finishDrafts(text: string, drafts: readonly Draft[], outline: Outline): ImageReference[] {
  // Very many drafts can share their words: those of a caption, or of an element with a long `srcset`.
  const lines = new Map<string, string | undefined>();
  const lineOf = (words: string | undefined): string | undefined => {
    if (words === undefined) return undefined;
    if (!lines.has(words)) lines.set(words, plainLine(words, mostAlt));
    return lines.get(words);
  };
  return drafts.map((draft) => finishDraft(text, draft, outline, lineOf));
}

function finishDraft(
  text: string,
  draft: Draft,
  outline: Outline,
  lineOf: (words: string | undefined) => string | undefined,
): ImageReference {
  const { kind, range, places, size, target, base } = draft;
  const alt = lineOf(draft.alt);
  const caption = lineOf(draft.caption);
  const title = lineOf(draft.title);
  const refusal = refusalOf(target) ?? (base === 'remote' ? base : undefined);
  return {
    kind,
    written: text.slice(range.start, range.end),
    target,
    ...(typeof base === 'object' && { base: base.prefix }),
    path: pathOfTarget(target),
    range,
    places,
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...(title !== undefined && { title }),
    ...(size && (size.width !== undefined || size.height !== undefined) && { size }),
    context: outline.contextAt(places[0]?.start ?? range.start),
    ...(refusal !== undefined && { refusal }),
    ...(draft.picture && { picture: draft.picture }),
  };
}
