import { altText } from '../../core/document/markdownLink.ts';
import type { HistoryEntry } from '../../core/history/entry.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { HistoryDetails } from '../../protocol/history.ts';
import { pictureView, type RowContext, rowOf } from './historyRows.ts';
import type { HistoryFact } from './historyWords.ts';

/** Everything of a generation, in words. */
export function detailsOf(entry: HistoryEntry, context: RowContext): HistoryDetails {
  const { topics } = context.words;
  const pictures = entry.pictures.map((_, index) => pictureView(entry, index, context));
  return {
    row: rowOf(entry, context),
    prompt: entry.prompt,
    alt: altText(entry.prompt),
    facts: factsOf(entry, context),
    receipt: entry.receipt.map((row) => ({ ...row, topic: topics[row.topic] })),
    notices: entry.notices
      .filter(({ code }) => code !== 'sketch')
      .map(({ message }) => message.slice(0, 1000)),
    pictures: pictures.filter((picture) => picture !== undefined),
  };
}

function factsOf(entry: HistoryEntry, { words }: RowContext): HistoryDetails['facts'] {
  const { parameters, cost } = entry;
  const { n, size, aspectRatio, quality, background, outputFormat, seed, references, mask } = parameters;
  const facts: readonly (readonly [HistoryFact, string | number | undefined])[] = [
    ['made', words.dateTime(entry.time)],
    ['gateway', entry.gateway],
    ['model', entry.model],
    ['cost', cost === undefined ? words.costUnknown : `${cost.amount} ${cost.currency}`],
    ['n', n],
    ['size', size],
    ['aspectRatio', aspectRatio],
    ['quality', quality],
    ['background', background],
    ['outputFormat', outputFormat],
    ['seed', seed],
    ['references', references?.length],
    ['mask', mask === undefined ? undefined : 1],
    ...entry.notTold.map((name) => [name as HistoryFact, words.notTold] as const),
  ];
  return facts.flatMap(([fact, value]) =>
    value === undefined || value === ''
      ? []
      : [{ name: words.facts[fact], value: outsideWords(String(value), [], 120) }],
  );
}
