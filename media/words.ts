import { byteWords } from '../src/protocol/byteWords.ts';
import type { PanelPicture, PanelStrings, PanelTile } from '../src/protocol/panel.ts';
import { isRunning, type PageState, picturesOf } from './state.ts';

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
export function factsLine(image: PanelPicture): string {
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
  const known = new Map(picturesOf(before.panel).map(({ id, state }) => [id, state]));
  const words = picturesOf(panel).flatMap(({ id, state, path }) => {
    if (known.get(id) === state) return [];
    return { kept: fill(strings.saved, path), draft: strings.draft, discarded: strings.discarded }[state];
  });
  if (isRunning(after) && !isRunning(before)) words.push(strings.waiting);
  const statuses = new Map(before.panel.sheet.tiles.map(({ id, status }) => [id, status]));
  for (const { id, status, startedAt, failure, notices } of panel.sheet.tiles) {
    if (statuses.get(id) === status || !statuses.has(id)) continue;
    if (status === 'failed') words.push(`${strings.failed} ${failure}`);
    if (status === 'cancelled') words.push(cancelledWords({ startedAt }, strings));
    if (status === 'finished') words.push(...notices);
  }
  if (words.length > 0) return { kind: 'result', words: words.join(' ') };
  for (const [id, frame] of after.frames)
    if (before.frames.get(id) !== frame)
      return { kind: 'progress', words: fill(strings.receivingFrame, frame.number) };
  return undefined;
}

/** What is said of a tile that was cancelled: what never had its turn was not sent. */
export function cancelledWords({ startedAt }: Pick<PanelTile, 'startedAt'>, strings: PanelStrings): string {
  return startedAt === 0 ? strings.cancelledUnsent : strings.cancelled;
}
