import type { DeclaredSize, ImageReference, ReferenceKind, TextRange } from './imageReference.ts';
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
}

/** Makes references of drafts, in the order of their targets in the text. */
export function finishDrafts(text: string, drafts: readonly Draft[], outline: Outline): ImageReference[] {
  return drafts
    .map((draft) => finishDraft(text, draft, outline))
    .sort((one, other) => one.range.start - other.range.start);
}

function finishDraft(text: string, draft: Draft, outline: Outline): ImageReference {
  const { kind, range, places, size, target } = draft;
  const alt = plainLine(draft.alt ?? '', mostAlt);
  const caption = plainLine(draft.caption ?? '', mostAlt);
  const title = plainLine(draft.title ?? '', mostAlt);
  const refusal = refusalOf(target);
  return {
    kind,
    written: text.slice(range.start, range.end),
    target,
    path: pathOfTarget(target),
    range,
    places,
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...(title !== undefined && { title }),
    ...(size && (size.width !== undefined || size.height !== undefined) && { size }),
    context: outline.contextAt(places[0]?.start ?? range.start),
    ...(refusal !== undefined && { refusal }),
  };
}
