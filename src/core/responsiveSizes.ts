import { escapeHtml } from './iconSet.ts';
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

/** The `img` that lets a browser choose. @param path of the folder from the page, with `/` at its end or empty */
export function responsiveHtml(
  sizes: readonly ResponsiveSize[],
  original: Size & { readonly name: string },
  path: string,
  alt: string,
): string {
  const at = (name: string) => encodeURI(`${path}${name}`).replaceAll(',', '%2C');
  const set = [...sizes, original].map(({ name, width }) => `${at(name)} ${width}w`).join(', ');
  return `<img src="${escapeHtml(at(original.name))}" srcset="${escapeHtml(set)}" sizes="100vw" width="${original.width}" height="${original.height}" alt="${escapeHtml(alt)}">`;
}
