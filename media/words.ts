import { byteWords } from '../src/protocol/byteWords.ts';
import type { PanelImage } from '../src/protocol/panel.ts';
import type { PageState } from './state.ts';

/** Puts values into a string of the host: `{0}` is the first. */
export function fill(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

const formatNames: ReadonlyMap<string, string> = new Map([
  ['image/png', 'PNG'],
  ['image/jpeg', 'JPEG'],
  ['image/webp', 'WebP'],
  ['image/avif', 'AVIF'],
]);

/** Whether bytes of this media type may be shown: nothing but the four kinds that are ever saved. */
export function isShowable(mediaType: string): boolean {
  return formatNames.has(mediaType);
}

/** "1200 × 630 · PNG · 412 kB"; what is not known is left out. */
export function factsLine(image: PanelImage): string {
  const parts = [
    image.width > 0 && image.height > 0 ? `${image.width} × ${image.height}` : '',
    formatNames.get(image.mediaType) ?? '',
    image.byteLength > 0 ? byteWords(image.byteLength) : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** Whole seconds since the request began; never negative, because host and page may differ in time. */
export function elapsedSeconds(startedAt: number, now: number): number {
  return Math.max(0, Math.floor((now - startedAt) / 1000));
}

/** What a listener hears of a change. Progress may be said less often; a result always is. */
export interface Announcement {
  readonly kind: 'progress' | 'result';
  readonly words: string;
}

/** Words for the live region on the way from one state to the next; undefined when nothing is worth it. */
export function announcementOf(before: PageState, after: PageState): Announcement | undefined {
  const { strings, panel } = after;
  if (!strings || !before.strings) return undefined;
  const known = new Set(before.panel.images.map((image) => image.id));
  const words = panel.images
    .filter((image) => !known.has(image.id))
    .map((image) => fill(strings.saved, image.path));
  if (panel.status !== before.panel.status) {
    if (panel.status === 'running') words.push(strings.waiting);
    if (panel.status === 'failed') words.push(`${strings.failed} ${panel.failure}`);
    if (panel.status === 'cancelled') words.push(strings.cancelled);
    if (panel.status === 'finished') words.push(...panel.notices);
  }
  if (words.length > 0) return { kind: 'result', words: words.join(' ') };
  if (!after.frame || after.frame === before.frame) return undefined;
  return { kind: 'progress', words: fill(strings.receivingFrame, after.frame.number) };
}
