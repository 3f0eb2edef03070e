import type { TargetFormat, TargetRefusal } from './imageReference.ts';

const written: Readonly<Record<string, TargetFormat>> = {
  png: { can: 'write', format: 'png' },
  jpg: { can: 'write', format: 'jpeg' },
  jpeg: { can: 'write', format: 'jpeg' },
  jpe: { can: 'write', format: 'jpeg' },
  jfif: { can: 'write', format: 'jpeg' },
  webp: { can: 'write', format: 'webp' },
  avif: { can: 'keep', format: 'avif' },
};

/** Extensions of images that are not written here; an animated PNG is more than one image. */
const otherImages = ['gif', 'ico', 'cur', 'bmp', 'apng', 'tif', 'tiff', 'heic', 'heif', 'jxl'] as const;

/** Every extension by which a target is known as an image, lower-case, without the dot. */
export const imageExtensions: readonly string[] = [...Object.keys(written), ...otherImages];

/** A target without its query and fragment, percent-encoding kept. */
export function withoutQuery(target: string): string {
  const end = target.search(/[?#]/);
  return end < 0 ? target : target.slice(0, end);
}

/** A segment of a URL's path as UTF-8 text; where that is no valid encoding, as it stands. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A target as a path: without query and fragment, percent-encoding undone. */
export function pathOfTarget(target: string): string {
  return withoutQuery(target).split('/').map(decodeSegment).join('/');
}

/** The last segment of a target's path, decoded, without what leads there. Empty for a folder. */
export function fileNameOfTarget(target: string): string {
  const segments = withoutQuery(target).split('/');
  return decodeSegment(segments.at(-1) ?? '');
}

/** A file name's extension, lower-case and without the dot; empty where there is none (`.png` is a name). */
export function extensionOf(fileName: string): string {
  const dot = fileName.lastIndexOf('.');
  return dot > 0 ? fileName.slice(dot + 1).toLowerCase() : '';
}

/** Whether a target ends as an image does. Decides where a place can hold other things too. */
export function namesImage(target: string): boolean {
  return imageExtensions.includes(extensionOf(fileNameOfTarget(target)));
}

/** What can be written under a target's extension. */
export function formatOfTarget(target: string): TargetFormat {
  const extension = extensionOf(fileNameOfTarget(target));
  return Object.hasOwn(written, extension)
    ? (written[extension] ?? { can: 'rename', extension })
    : { can: 'rename', extension };
}

/** Nobody wrote a longer one by hand. */
const mostTarget = 2000;
const mostSegments = 64;

/** Why no image is offered for a target (a decoded URL); undefined when one is. */
export function refusalOf(target: string): TargetRefusal | undefined {
  const trimmed = target.trim();
  if (trimmed === '') return 'empty';
  if (trimmed.length > mostTarget || trimmed.split('/').length > mostSegments) return 'malformed';
  if (/[{}]|<[%?]|^[$@][\w-]+$/.test(trimmed)) return 'template';
  if (/[<>"\r\n]/.test(trimmed)) return 'malformed';
  if (/^data:/i.test(trimmed)) return 'data';
  if (/^(https?:|[\\/]{2})/i.test(trimmed)) return 'remote';
  if (/^[a-z][a-z0-9+.-]*:/i.test(trimmed)) return 'scheme';
  if (trimmed.startsWith('#') || trimmed.startsWith('?')) return 'fragment';
  const extension = extensionOf(fileNameOfTarget(trimmed));
  if (extension === 'svg' || extension === 'svgz') return 'svg';
  // A dot can stand in a name: only what looks like an extension is taken for one.
  if (/^[a-z][a-z0-9]{0,4}$/.test(extension) && !imageExtensions.includes(extension)) return 'notAnImage';
  return undefined;
}
