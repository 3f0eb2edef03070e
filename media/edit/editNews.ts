import type { EditState } from '../../src/protocol/edit.ts';
import type { EditViewStrings } from '../../src/protocol/editStrings.ts';

/** What of an edit is worth being said. */
export type EditNews = 'arrived' | 'waiting' | 'cancelled' | 'failed';

/**
 * What happened between two states, apart from a result that arrived.
 * @param wasRunning a request was under way, or asked for
 */
export function newsOf(before: EditState, after: EditState, wasRunning: boolean): EditNews | undefined {
  switch (after.status) {
    case 'running':
      return before.status === 'running' ? undefined : 'waiting';
    case 'ready':
      return before.status === 'running' ? 'cancelled' : undefined;
    case 'failed': {
      const isNew = wasRunning || before.status !== 'failed' || before.failure !== after.failure;
      return isNew ? 'failed' : undefined;
    }
  }
}

/** The news in words. */
export function newsWords(news: EditNews, state: EditState, strings: EditViewStrings): string {
  const more = { arrived: state.notices, failed: [state.failure], waiting: [], cancelled: [] }[news];
  return [strings[news], ...more].join(' ');
}
