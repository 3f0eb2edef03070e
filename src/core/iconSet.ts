import type { PixelTask } from './image/pixelTask.ts';

/** One picture that is made of the master. */
export interface IconPicture {
  /** Its file; absent of what goes into favicon.ico only. */
  readonly name?: string;
  /** Of both sides, in pixels. */
  readonly size: number;
  /** The part of the side that the picture fills; the rest is ground. Absent: all of it. */
  readonly inner?: number;
  /** Whether nothing of it may be seen through. */
  readonly isOpaque?: true;
}

/** A maskable icon may be cut to a circle of 80 % of its side (W3C, Web Application Manifest): the picture lies inside it, corners too. */
const safeZone = 0.8;

/** What an icon set consists of. */
export const iconPictures: readonly IconPicture[] = [
  { size: 16 },
  { size: 32 },
  { size: 48 },
  // iOS shows what can be seen through as black.
  { name: 'apple-touch-icon.png', size: 180, isOpaque: true },
  { name: 'icon-192.png', size: 192 },
  { name: 'icon-512.png', size: 512 },
  { name: 'icon-maskable-512.png', size: 512, inner: safeZone / Math.SQRT2, isOpaque: true },
  // The Marketplace wants 128 at least, and shows twice that on fine screens.
  { name: 'icon.png', size: 256 },
];

/** All files of a set, for whoever wants to know whether they are free. */
export const iconFiles: readonly string[] = [
  'favicon.ico',
  ...iconPictures.flatMap(({ name }) => name ?? []),
];

/** The task that makes one picture of a set. */
export function iconTask(bytes: Uint8Array, { size, inner = 1, isOpaque }: IconPicture): PixelTask {
  const side = Math.max(1, Math.round(size * inner));
  return {
    bytes,
    fit: { size: { width: side, height: side }, focalPoint: { x: 0.5, y: 0.5 } },
    ...((side < size || isOpaque) && {
      ground: { size: { width: size, height: size }, isOpaque: isOpaque === true },
    }),
    output: { format: 'png', quality: 100 },
  };
}

/** The lines for the head of a page. @param path of the folder from the page, with `/` at its end or empty */
export function iconHtml(path: string): string {
  const at = (name: string) => escapeHtml(`${path}${name}`);
  return [
    `<link rel="icon" href="${at('favicon.ico')}" sizes="48x48">`,
    `<link rel="icon" href="${at('icon-192.png')}" type="image/png" sizes="192x192">`,
    `<link rel="apple-touch-icon" href="${at('apple-touch-icon.png')}">`,
  ].join('\n');
}

/** The member `icons` of a web app manifest. */
export function manifestIcons(path: string): readonly Readonly<Record<string, string>>[] {
  return [
    { src: `${path}icon-192.png`, sizes: '192x192', type: 'image/png' },
    { src: `${path}icon-512.png`, sizes: '512x512', type: 'image/png' },
    { src: `${path}icon-maskable-512.png`, sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ];
}

/** A text as the value of an HTML attribute in double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
