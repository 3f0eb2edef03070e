import type { OutputFormat } from '../request.ts';

/** A stretch of a text as UTF-16 offsets; `end` is exclusive. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Of a longer list of references nobody reads the end: the first of a document, in the order in which they are found. */
export const mostReferences = 2000;

/** What kind of place names the image. */
export type ReferenceKind =
  | 'markdownImage'
  | 'markdownDefinition'
  | 'frontMatter'
  | 'htmlImage'
  | 'htmlSource'
  | 'htmlIcon'
  | 'htmlMeta'
  | 'htmlPoster'
  | 'htmlInput'
  | 'component'
  | 'css'
  | 'manifestIcon'
  | 'manifestScreenshot';

/** Why no image can be generated for a target. */
export type TargetRefusal =
  /** Nothing stands there. */
  | 'empty'
  /** `https:`, `http:` or `//`, here or in the document's `<base href>`. */
  | 'remote'
  /** A `data:` URL is the image itself. */
  | 'data'
  /** `file:`, `blob:`, `cid:`, a drive … */
  | 'scheme'
  /** `#logo` is a part of the document. */
  | 'fragment'
  /** An expression that something else fills in: `{{ }}`, `${ }`, `<% %>`. */
  | 'template'
  /** Half-typed: holds the end of a line, a quote or an angle bracket. */
  | 'malformed'
  /** Drawn by no image model. */
  | 'svg'
  /** Has an extension, of something other than an image. */
  | 'notAnImage';

/** How a size became known. */
export type SizeSource = 'attributes' | 'style' | 'descriptor' | 'sizes' | 'meta' | 'rule';

/** A size as the document declares it, in CSS pixels or the image's own; at least one side is there. */
export interface DeclaredSize {
  readonly width?: number;
  readonly height?: number;
  readonly from: SizeSource;
}

/** What stands around a reference: plain text, one line each, bounded. */
export interface ReferenceContext {
  /** The nearest heading before it; of a style sheet the selector. */
  readonly heading?: string;
  /** The paragraph around it, else the one before or after it under the same heading. */
  readonly paragraph?: string;
}

/** One of the images that a browser chooses from. */
export interface Variant {
  /** The same number for all of one picture in a document. */
  readonly of: number;
  /** What a `srcset` says of it, in pixels or as a density; 1 without. */
  readonly scale: number;
}

/** One place in a document that names an image. */
export interface ImageReference {
  readonly kind: ReferenceKind;
  /** The target exactly as it stands in `range`. */
  readonly written: string;
  /** The URL that `written` means in its language: entities, escapes and brackets undone, percent-encoding kept. */
  readonly target: string;
  /** What the document has all its relative targets begin with, by `<base href>`; ends with `/`. */
  readonly base?: string;
  /** The target as a path: without query and fragment, percent-encoding undone. For showing and naming. */
  readonly path: string;
  /** Of the target alone, without quotes and brackets: what is replaced to rewrite it. */
  readonly range: TextRange;
  /** Where the cursor is on the reference: the whole image or tag; of a Markdown definition also its uses. */
  readonly places: readonly TextRange[];
  readonly alt?: string;
  readonly caption?: string;
  readonly title?: string;
  readonly size?: DeclaredSize;
  readonly context: ReferenceContext;
  /** Present where no image is offered for it. */
  readonly refusal?: TargetRefusal;
  /** Where one `img` or `picture` names several images, which are to be one picture in several sizes and formats. */
  readonly picture?: Variant;
}

/**
 * What can be written under a target's extension.
 *
 * - `write`: bytes are converted to `format`.
 * - `keep`: only bytes that come as AVIF already; nothing here encodes it, else as `rename`.
 * - `rename`: nothing can be written under this name (GIF, ICO, no extension …); the link may be changed to
 *   the name of what was delivered.
 */
export type TargetFormat =
  | { readonly can: 'write'; readonly format: OutputFormat }
  | { readonly can: 'keep'; readonly format: 'avif' }
  | { readonly can: 'rename'; readonly extension: string };
