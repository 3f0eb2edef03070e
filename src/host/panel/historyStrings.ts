import { env, l10n } from 'vscode';
import type { HistoryStrings } from '../../protocol/history.ts';
import type { HistoryWords } from './historyWords.ts';
import { receiptTopicNames } from './panelStrings.ts';

/** Everything the list on the page says, in the person's language. */
export function historyStrings(): HistoryStrings {
  return {
    history: l10n.t('History'),
    search: l10n.t('Search prompts'),
    keptOnly: l10n.t('Kept only'),
    model: l10n.t('Model'),
    allModels: l10n.t('All models'),
    empty: l10n.t('What you generate in this workspace is listed here.'),
    nothingFound: l10n.t('Nothing found.'),
    clearFilter: l10n.t('Show All'),
    oneFound: l10n.t('1 generation'),
    manyFound: l10n.t('{0} generations'),
    unreadable: l10n.t('The history could not be read.'),
    tryAgain: l10n.t('Try Again'),
    actionsFor: l10n.t('Actions for {0}'),
    removedRow: l10n.t('Removed'),
    removed: l10n.t('Removed from the history. Files in the workspace stay.'),
    restored: l10n.t('Back in the history.'),
    undo: l10n.t('Undo'),
    fileGone: l10n.t('{0} is no longer there'),
    back: l10n.t('Back'),
    details: l10n.t('Settings and cost'),
    loadSettings: l10n.t('Load Settings'),
    generateAgain: l10n.t('Generate Again'),
    open: l10n.t('Open'),
    reveal: l10n.t('Reveal'),
    insertLink: l10n.t('Insert Link'),
    keep: l10n.t('Keep'),
    remove: l10n.t('Remove'),
  };
}

/** What the host says in its rows, in the person's language. */
export function historyWords(): HistoryWords {
  const day = formatter({ day: 'numeric', month: 'long' });
  const dayOfYear = formatter({ day: 'numeric', month: 'long', year: 'numeric' });
  return {
    ...{ today: l10n.t('Today'), yesterday: l10n.t('Yesterday') },
    day: (time, isThisYear) => (isThisYear ? day(time) : dayOfYear(time)),
    dateTime: formatter({ dateStyle: 'medium', timeStyle: 'short' }),
    states: { draft: l10n.t('draft'), kept: l10n.t('kept'), discarded: l10n.t('discarded') },
    keptCount: (count) => l10n.t('{0} kept', count),
    draftCount: (count) => (count === 1 ? l10n.t('1 draft') : l10n.t('{0} drafts', count)),
    sketch: l10n.t('sketch'),
    noPrompt: l10n.t('(no prompt)'),
    costUnknown: l10n.t('unknown'),
    notTold: l10n.t('given, not kept'),
    facts: {
      made: l10n.t('Made'),
      gateway: l10n.t('Gateway'),
      model: l10n.t('Model'),
      cost: l10n.t('Cost'),
      n: l10n.t('Images'),
      size: l10n.t('Size'),
      aspectRatio: l10n.t('Aspect ratio'),
      quality: l10n.t('Quality'),
      background: l10n.t('Background'),
      outputFormat: l10n.t('Format'),
      seed: l10n.t('Seed'),
      references: l10n.t('References'),
      mask: l10n.t('Mask'),
      providerOptions: l10n.t('Provider options'),
      extraBody: l10n.t('Extra body'),
    },
    topics: receiptTopicNames(),
  };
}

/** @returns makes words of a time; making this takes longer than using it */
function formatter(options: Intl.DateTimeFormatOptions): (time: number) => string {
  let format: Intl.DateTimeFormat;
  // What the editor calls its language need not be one that JavaScript knows.
  try {
    format = new Intl.DateTimeFormat(env.language, options);
  } catch {
    format = new Intl.DateTimeFormat(undefined, options);
  }
  return (time) => format.format(time);
}
