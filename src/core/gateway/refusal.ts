import { APIConnectionError, APIError } from 'openai';
import { type ErrorWords, errorWords } from './failureOf.ts';
import { parseRetryAfter } from './retryAfter.ts';

/** An HTTP error that came in place of an answer: nothing was made, and nothing is billed. */
export interface Refusal {
  readonly status: number;
  readonly words: ErrorWords;
  /** How long the gateway asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** Reads the refusal in what the SDK throws; undefined where it is anything else. */
export function refusalOf(thrown: unknown, now: number = Date.now()): Refusal | undefined {
  if (!(thrown instanceof APIError) || typeof thrown.status !== 'number') return undefined;
  const retryAfterMs = parseRetryAfter(
    (thrown.headers as Headers | undefined)?.get('retry-after') ?? null,
    now,
  );
  return {
    status: thrown.status,
    words: errorWords(thrown.error ?? thrown.message),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Whether nothing listened at the address: the request cannot have been seen by anybody. */
export function isConnectionRefused(thrown: unknown): boolean {
  if (!(thrown instanceof APIConnectionError)) return false;
  for (
    let error: unknown = thrown, depth = 0;
    error instanceof Error && depth < 5;
    error = error.cause, depth++
  ) {
    if ((error as { code?: unknown }).code === 'ECONNREFUSED') return true;
  }
  return false;
}
