import type { ImageGatewayError } from '../failure.ts';
import { errorWords, filteredCodes } from './errorWords.ts';
import { type FailureContext, toldFailure } from './failureOf.ts';
import { asArray, asRecord } from './json.ts';

/**
 * The part of an answer that tells a failure: the answer itself, or one of its choices. Some gateways write an empty
 * `error` beside a picture.
 * @returns undefined where it tells none
 */
export function errorIn(value: unknown): unknown {
  const answer = asRecord(value);
  return [answer, ...asArray(answer?.['choices']).map(asRecord)].find((one) => isSaid(one?.['error']));
}

function isSaid(error: unknown): boolean {
  return error !== undefined && error !== null && error !== '';
}

/**
 * A failure that is told inside a successful answer: its code may be an HTTP status.
 * @param error what `errorIn` found
 */
export function toldIn(error: unknown, context: FailureContext): ImageGatewayError {
  const { code } = errorWords(error);
  const isRefusal = code.includes('invalid_request') || filteredCodes.test(code);
  const status = isRefusal ? 400 : Number(/\b([45]\d\d)\b/.exec(code)?.[1] ?? 500);
  return toldFailure(status, error, context);
}
