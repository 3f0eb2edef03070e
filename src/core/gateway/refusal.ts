import { APIConnectionError, APIError } from 'openai';
import { creditCodes, type ErrorWords, errorWords, filteredCodes } from './errorWords.ts';
import { codeIn } from './failureOf.ts';
import { retryAfterIn } from './retryAfter.ts';

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
  const retryAfterMs = retryAfterIn(thrown, now);
  return {
    status: thrown.status,
    words: errorWords(thrown.error ?? thrown.message),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** Whether nothing listened at the address: the request cannot have been seen by anybody. */
export function isConnectionRefused(thrown: unknown): boolean {
  return thrown instanceof APIConnectionError && codeIn(thrown) === 'ECONNREFUSED';
}

/** The system's codes of a connection that never came about. */
const unheardCodes: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);

/**
 * Whether it is certain that nothing is billed: nobody heard the request, or it was refused for what it is. A server
 * that broke, that gave up waiting, or that minds the picture may have made it.
 */
export function isNeverBilled(thrown: unknown): boolean {
  if (thrown instanceof APIConnectionError) return unheardCodes.has(codeIn(thrown));
  const { status, words } = refusalOf(thrown) ?? {};
  if (status === undefined || words === undefined || filteredCodes.test(words.code)) return false;
  return creditCodes.test(words.code) || (status < 500 && status !== 408 && status !== 424);
}

/** Whether a status says that there is no such route. */
export function isMissingRoute(status: number | undefined): boolean {
  return status === 404 || status === 405 || status === 501;
}
