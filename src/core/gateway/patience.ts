import { throwIfCancelled } from '../failure.ts';
import { creditCodes } from './errorWords.ts';
import { isConnectionRefused, type Refusal } from './refusal.ts';

/** How often one request is sent again after the gateway asked to wait. */
const mostWaits = 3;
/** A gateway that says "0 seconds" is not asked again at once. */
const leastWaitMs = 1000;

/** A wait before a request is sent again. */
export interface Wait {
  readonly ms: number;
  /** For the log and the progress. */
  readonly message: string;
}

/**
 * Decides whether a request that was refused before it was accepted is sent again, and when: 429 and 503 that say how
 * long to wait, and an address at which nothing listened. Anything else may have been billed, or would be refused again.
 * @param waited how often this request has waited already
 * @param mostMs a longer wait is none: the person is told instead
 */
export function waitBefore(
  thrown: unknown,
  refusal: Refusal | undefined,
  waited: number,
  mostMs: number,
): Wait | undefined {
  if (isConnectionRefused(thrown))
    return waited === 0
      ? { ms: leastWaitMs, message: 'nothing answers yet; trying again in 1 s' }
      : undefined;
  if (refusal?.retryAfterMs === undefined || (refusal.status !== 429 && refusal.status !== 503))
    return undefined;
  if (waited >= mostWaits || creditCodes.test(refusal.words.code)) return undefined;
  const ms = Math.max(leastWaitMs, refusal.retryAfterMs);
  if (ms > mostMs) return undefined;
  return { ms, message: `the gateway asks to wait; trying again in ${Math.ceil(ms / 1000)} s` };
}

/** Waits. @throws cancelled as soon as the signal says so */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  throwIfCancelled(signal);
}
