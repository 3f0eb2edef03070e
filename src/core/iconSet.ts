import type { PixelTask } from './image/pixelTask.ts';

/** One picture that is made of the master. */
export interface IconPicture {
  /** Its file; absent of what goes into favicon.ico only. */
  readonly name?: string;
  /** Of both sides, in pixels. */
  readonly size: number;
  /** Set where nothing of it may be seen through; maskable where what shows it may cut it to a circle. */
  readonly ground?: 'plain' | 'maskable';
}

/** What an icon set consists of. */
export const iconPictures: readonly IconPicture[] = [
  { size: 16 },
  { size: 32 },
  { size: 48 },
  // iOS shows what can be seen through as black.
  { name: 'apple-touch-icon.png', size: 180, ground: 'plain' },
  { name: 'icon-192.png', size: 192 },
  { name: 'icon-512.png', size: 512 },
  { name: 'icon-maskable-512.png', size: 512, ground: 'maskable' },
  // The Marketplace wants 128 at least, and shows twice that on fine screens.
  { name: 'icon.png', size: 256 },
];

/** All files of a set, for whoever wants to know whether they are free. */
export const iconFiles: readonly string[] = [
  'favicon.ico',
  ...iconPictures.flatMap(({ name }) => name ?? []),
];

/** The task that makes one picture of a set. */
export function iconTask(bytes: Uint8Array, { size, ground }: IconPicture): PixelTask {
  return {
    bytes,
    fit: { size: { width: size, height: size }, focalPoint: { x: 0.5, y: 0.5 } },
    ...(ground && { ground }),
    output: { format: 'png', quality: 100 },
  };
}

/** Where a file is, from whoever names it: relative or from the site's root, percent-encoded (`linkTarget`). */
export type PathOf = (name: string) => string;

/** The lines for the head of a page. */
export function iconHtml(at: PathOf): string {
  return [
    `<link rel="icon" href="${at('favicon.ico')}" sizes="16x16 32x32 48x48">`,
    `<link rel="icon" href="${at('icon-192.png')}" type="image/png" sizes="192x192">`,
    `<link rel="apple-touch-icon" href="${at('apple-touch-icon.png')}">`,
  ].join('\n');
}

/** Longer pages are not edited. */
const longestPage = 1_000_000;

/** A page with the lines at the end of its head; undefined where it has none, or is too long. */
export function pageWithIcons(page: string, at: PathOf): string | undefined {
  if (page.length > longestPage) return undefined;
  const end = page.search(/<\/head[\s>]/i);
  if (end < 0) return undefined;
  let start = end;
  while (page[start - 1] === ' ' || page[start - 1] === '\t') start--;
  const eol = page.includes('\r\n') ? '\r\n' : '\n';
  const indent =
    /\n([ \t]{1,40})<(?:meta|link|title)\b/i.exec(page.slice(0, end))?.[1] ?? page.slice(start, end);
  const lines = iconHtml(at)
    .split('\n')
    .map((line) => `${indent}${line}${eol}`);
  return page.slice(0, start) + lines.join('') + page.slice(start);
}

/** A member of a web manifest's `icons`. */
export interface ManifestIcon {
  readonly src: string;
  readonly sizes: string;
  readonly type: 'image/png';
  readonly purpose?: 'maskable';
}

/** The member `icons` of a web app manifest. */
export function manifestIcons(at: PathOf): readonly ManifestIcon[] {
  return [
    { src: at('icon-192.png'), sizes: '192x192', type: 'image/png' },
    { src: at('icon-512.png'), sizes: '512x512', type: 'image/png' },
    { src: at('icon-maskable-512.png'), sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ];
}
