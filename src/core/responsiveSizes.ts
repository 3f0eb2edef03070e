import { htmlAttribute } from './document/htmlAttribute.ts';
import type { PathOf } from './iconSet.ts';
import type { ImageFormat } from './image/imageFacts.ts';
import type { OutputFormat, Size } from './request.ts';

/** Widths in pixels that serve phones to wide screens. */
const widths = [480, 768, 1024, 1536, 2048] as const;

/** One width of a picture. */
export interface ResponsiveSize extends Size {
  /** `fox-480w.webp` */
  readonly name: string;
}

/** What is written: the picture's own format; AVIF becomes WebP, because it is not written here. */
export function responsiveFormat(format: ImageFormat): OutputFormat {
  return format === 'avif' ? 'webp' : format;
}

/** The smaller widths of a picture; none is enlarged. @param stem of its file name */
export function responsiveSizes(
  { width, height }: Size,
  stem: string,
  format: OutputFormat,
): readonly ResponsiveSize[] {
  const extension = format === 'jpeg' ? 'jpg' : format;
  return widths
    .filter((one) => one < width)
    .map((one) => ({
      width: one,
      height: Math.max(1, Math.round((height * one) / width)),
      name: `${stem}-${one}w.${extension}`,
    }));
}

/**
 * The `img` that lets a browser choose, on one line and closed: it can stand in HTML, Markdown and MDX.
 * @param alt outside text, not yet escaped
 */
export function responsiveHtml(
  sizes: readonly ResponsiveSize[],
  original: Size & { readonly name: string },
  at: PathOf,
  alt: string,
): string {
  const { width, height, name } = original;
  const attributes = {
    src: at(name),
    srcset: [...sizes, original].map((one) => `${at(one.name)} ${one.width}w`).join(', '),
    sizes: `(max-width: ${width}px) 100vw, ${width}px`,
    width: String(width),
    height: String(height),
    alt: htmlAttribute(alt),
  };
  return `<img ${Object.entries(attributes)
    .map(([attribute, value]) => `${attribute}="${value}"`)
    .join(' ')} />`;
}
