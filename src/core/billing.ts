import type { Cost, GenerationEvent } from './events.ts';
import type { FailureCode } from './failure.ts';

/** Failures that cost nothing where they come before a gateway accepts a request; they can come later, too. */
const neverBilled: ReadonlySet<FailureCode> = new Set([
  'unauthorized',
  'forbidden',
  'insufficientCredits',
  'rateLimited',
  'badRequest',
  'modelNotFound',
  'network',
  'invalidArguments',
  'untrusted',
  'budgetExceeded',
]);

/** What a request that is over cost: nothing was billed, or so much, or nobody knows how much. */
export type Bill = 'none' | 'unknown' | Cost;

/**
 * Follows one request.
 * @returns takes its events, in their order, and says with the last one what it cost; else undefined
 */
export function followBill(): (event: GenerationEvent) => Bill | undefined {
  let cost: Cost | undefined;
  let [isSent, isBillable] = [false, false];
  return (event) => {
    if (event.type === 'started') isSent = true;
    else if (event.type === 'usage') cost = event.cost;
    else if (event.type === 'billable') isBillable = true;
    const isOver = event.type === 'finished' || event.type === 'failed' || event.type === 'cancelled';
    if (!isOver) return undefined;
    if (!isSent) return 'none';
    const isRefused =
      !isBillable && cost === undefined && event.type === 'failed' && neverBilled.has(event.error.code);
    return isRefused ? 'none' : (cost ?? 'unknown');
  };
}
