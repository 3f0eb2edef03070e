import { draftCount, type HistoryEntry, type HistoryPicture } from '../../core/history/entry.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { cutAtCharacter, oneLine, outsideWords } from '../../core/outsideText.ts';
import type { HistoryPictureView, HistoryRow, SavedAction } from '../../protocol/history.ts';
import type { HistoryWords } from './historyWords.ts';

/** UTF-16 units of a row's title: more than any column shows. */
const mostTitle = 200;

/** What rows are made with. */
export interface RowContext {
  readonly words: HistoryWords;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether drafts can be kept from here. */
  readonly canKeep: boolean;
  readonly isRemoved: (entryId: string) => boolean;
}

/** A generation as the list shows it. */
export function rowOf(entry: HistoryEntry, context: RowContext): HistoryRow {
  const { words, now } = context;
  const index = coverOf(entry);
  const cover = index === undefined ? undefined : pictureView(entry, index, context);
  const model = outsideWords(entry.model, [], 80);
  return {
    id: entry.id,
    day: dayOf(entry.time, now, words),
    title: titleOf(entry.prompt) || words.noPrompt,
    line: lineOf(entry, words),
    hint: [words.dateTime(entry.time), model].filter((one) => one !== '').join(' · '),
    ...(cover && { cover }),
    isRemoved: context.isRemoved(entry.id),
  };
}

/** The id of a picture. It is another one once it has a thumbnail or a file: whoever asked before asks again. */
export function pictureIdOf(entryId: string, index: number, { thumbnail, state }: HistoryPicture): string {
  return `${entryId}.${index}.${thumbnail === undefined ? '' : 't'}${state === 'kept' ? 'k' : ''}`;
}

/** A picture as the page may know it. */
export function pictureView(
  entry: HistoryEntry,
  index: number,
  { words, canKeep }: Pick<RowContext, 'words' | 'canKeep'>,
): HistoryPictureView | undefined {
  const picture = entry.pictures[index];
  if (picture === undefined) return undefined;
  const { width, height, state } = picture;
  const actions: SavedAction[] =
    state === 'kept'
      ? ['open', 'reveal', 'insertLink']
      : canKeep && state === 'draft' && picture.originalId !== undefined && !isMasked(entry)
        ? ['keep']
        : [];
  return {
    id: pictureIdOf(entry.id, index, picture),
    line: state === 'kept' ? fileNameOf(picture) : words.states[state],
    ...{ width, height, actions },
  };
}

/** Of what came the part outside the mask is not what is to be kept, and the original is not at hand any more. */
export function isMasked({ parameters, notTold }: HistoryEntry): boolean {
  return parameters.mask !== undefined || notTold.includes('mask');
}

/** What stands for a generation: its first kept picture, else its first draft. */
function coverOf({ pictures }: HistoryEntry): number | undefined {
  for (const state of ['kept', 'draft', 'discarded'] as const) {
    const index = pictures.findIndex((picture) => picture.state === state);
    if (index >= 0) return index;
  }
  return undefined;
}

/** "hero.png · kept", "3 kept · 1 draft", "2 drafts · sketch" */
function lineOf(entry: HistoryEntry, words: HistoryWords): string {
  const kept = entry.pictures.filter(({ state }) => state === 'kept');
  const [first] = kept;
  const drafts = draftCount(entry);
  const parts = [
    ...(kept.length === 1 && first ? [fileNameOf(first), words.states.kept] : []),
    ...(kept.length > 1 ? [words.keptCount(kept.length)] : []),
    ...(drafts > 0 ? [words.draftCount(drafts)] : []),
    ...(kept.length + drafts === 0 ? [words.states.discarded] : []),
    ...(entry.gateway === offlineGatewayId ? [words.sketch] : []),
  ];
  return parts.join(' · ');
}

/** The name of the file that a picture became. */
export function fileNameOf({ saved = '' }: HistoryPicture): string {
  const path = saved.replace(/[?#].*$/s, '');
  const name = path.slice(path.lastIndexOf('/') + 1);
  try {
    return outsideWords(decodeURIComponent(name), [], 120);
  } catch {
    return outsideWords(name, [], 120);
  }
}

function titleOf(prompt: string): string {
  // Only so much is looked at: a prompt can be a page.
  const line =
    prompt
      .trimStart()
      .slice(0, 4 * mostTitle)
      .split(/[\r\n\u2028\u2029]/u, 1)[0] ?? '';
  return cutAtCharacter(oneLine(line), mostTitle);
}

function dayOf(time: number, now: number, words: HistoryWords): string {
  const day = (milliseconds: number, back = 0) => {
    const date = new Date(milliseconds);
    return new Date(date.getFullYear(), date.getMonth(), date.getDate() - back).getTime();
  };
  if (day(time) === day(now)) return words.today;
  if (day(time) === day(now, 1)) return words.yesterday;
  return words.day(time, new Date(time).getFullYear() === new Date(now).getFullYear());
}
