import type { PanelReference, ReferencesStrings } from '../src/protocol/references.ts';
import { fill } from './words.ts';

/** The name of a picture's button: "fox.png, Style, reference 1 of 3". @param index from 0 */
export function referenceName(
  { name, role }: PanelReference,
  index: number,
  count: number,
  strings: ReferencesStrings,
): string {
  const words = role === 'none' ? strings.reference : strings.referenceWithRole;
  return fill(words, name, strings[role], index + 1, count);
}

/** What a listener hears of a change, in a sentence or several; empty where nothing is worth it. */
export function referenceNews(
  before: readonly PanelReference[],
  after: readonly PanelReference[],
  strings: ReferencesStrings,
): string {
  const without = (all: readonly PanelReference[], others: readonly PanelReference[]) =>
    all.filter(({ id }) => !others.some((one) => one.id === id));
  const news = [
    ...without(after, before).map(({ name }) => fill(strings.added, name)),
    ...without(before, after).map(({ name }) => fill(strings.removed, name)),
    ...after.flatMap((one) => roleNews(before, one, strings)),
  ];
  return news.length > 0 ? news.join(' ') : moveNews(before, after, strings);
}

function roleNews(
  before: readonly PanelReference[],
  { id, name, role }: PanelReference,
  strings: ReferencesStrings,
): readonly string[] {
  const old = before.find((one) => one.id === id);
  if (old === undefined || old.role === role) return [];
  return [role === 'none' ? fill(strings.roleCleared, name) : fill(strings.roleSet, name, strings[role])];
}

/** Which of the two that changed places was meant, nobody can tell; the one that came first now is said. */
function moveNews(
  before: readonly PanelReference[],
  after: readonly PanelReference[],
  strings: ReferencesStrings,
): string {
  const index = after.findIndex(({ id }, at) => id !== before[at]?.id);
  const moved = after[index];
  return moved === undefined ? '' : fill(strings.moved, moved.name, index + 1, after.length);
}
