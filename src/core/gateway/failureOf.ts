import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { type FailureCode, ImageGatewayError, isImageGatewayError, sentenceOf } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';
import { creditCodes, type ErrorWords, errorWords, filteredCodes } from './errorWords.ts';
import { retryAfterIn } from './retryAfter.ts';

/** What a failure's sentence needs to know. */
export interface FailureContext {
  readonly gatewayName: string;
  readonly host: string;
  readonly secrets: readonly string[];
  readonly model?: string;
}

/**
 * Turns whatever the SDK, fetch or a parser threw into one of our failures; ours pass as they are.
 * Nothing of the thrown error is kept: it can hold headers and the request.
 */
export function failureOf(thrown: unknown, context: FailureContext): ImageGatewayError {
  const own = ownFailureIn(thrown);
  // Made anew: what it passed through on its way (an abort, the SDK) may have put a stack or a cause on it.
  if (own !== undefined) return new ImageGatewayError(own.code, sentenceOf(own));
  if (thrown instanceof APIUserAbortError)
    return new ImageGatewayError('cancelled', 'The request was cancelled.');
  if (thrown instanceof APIConnectionTimeoutError || codeIn(thrown).endsWith('_TIMEOUT'))
    return timeoutFailure(context);
  if (thrown instanceof APIConnectionError) return networkFailure(thrown, context);
  if (thrown instanceof APIError && typeof thrown.status === 'number') {
    const body: unknown = thrown.error ?? thrown.message;
    return statusFailure(thrown.status, body, context, retryAfterIn(thrown, Date.now()));
  }
  if (thrown instanceof SyntaxError) {
    return new ImageGatewayError(
      'malformedResponse',
      `${context.gatewayName} sent an answer that is not JSON. Check the gateway's baseUrl.`,
    );
  }
  // undici ends a cut connection with a TypeError "terminated".
  if (thrown instanceof TypeError) return interruptedFailure(context);
  return new ImageGatewayError(
    'malformedResponse',
    `${context.gatewayName} sent an answer that could not be read. See the log.`,
  );
}

/** Looks for our own failure in an error and its causes: the SDK wraps what a fetch throws. */
function ownFailureIn(thrown: unknown): ImageGatewayError | undefined {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    if (isImageGatewayError(error)) return error;
  }
  return undefined;
}

/** The system's code of what went wrong (`ECONNREFUSED`), in an error or its causes; empty where there is none. */
export function codeIn(thrown: unknown): string {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++) {
    const code = (error as { code?: unknown }).code;
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,40}$/.test(code)) return code;
  }
  return '';
}

function timeoutFailure({ host }: FailureContext): ImageGatewayError {
  return new ImageGatewayError(
    'timeout',
    `${host} did not answer in time; the request may have been billed. Raise imageGateway.request.timeoutSeconds or try again.`,
  );
}

/** The connection ended before the answer did. */
export function interruptedFailure({ host }: FailureContext): ImageGatewayError {
  return new ImageGatewayError(
    'interrupted',
    `The answer of ${host} broke off before the image was complete; the request may have been billed. Try again.`,
  );
}

function networkFailure(thrown: unknown, { host }: FailureContext): ImageGatewayError {
  const code = codeIn(thrown);
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET') {
    return new ImageGatewayError(
      'interrupted',
      `${host} closed the connection before it answered; the request may have been billed. Try again.`,
    );
  }
  if (code === 'ECONNREFUSED') {
    return new ImageGatewayError(
      'network',
      `Nothing answers at ${host}; start the server there, or check the gateway's baseUrl.`,
    );
  }
  // A browser tells no more: not whether anybody heard the request.
  if (code === '') {
    return new ImageGatewayError(
      'network',
      `${host} cannot be reached or broke the connection off; if it heard the request, it may have been billed. Check the network, the proxy and the gateway's baseUrl.`,
    );
  }
  return new ImageGatewayError(
    'network',
    `${host} cannot be reached (${code}). Check the network, the proxy and the gateway's baseUrl.`,
  );
}

/**
 * Maps an HTTP status and an error body of any documented shape to a failure.
 * @param body the parsed body, or its text
 * @param retryAfterMs how long the gateway asks to wait, where it says so
 */
export function statusFailure(
  status: number,
  body: unknown,
  context: FailureContext,
  retryAfterMs?: number,
): ImageGatewayError {
  return failureBy(status, `HTTP ${status}`, body, context, retryAfterMs);
}

/**
 * A failure told inside an answer whose status was 200: its code decides, and no status is claimed.
 * @param status what the code stands for
 */
export function toldFailure(status: number, body: unknown, context: FailureContext): ImageGatewayError {
  return failureBy(status, 'in its answer', body, context);
}

function failureBy(
  status: number,
  where: string,
  body: unknown,
  context: FailureContext,
  retryAfterMs?: number,
): ImageGatewayError {
  const said = errorWords(body);
  const words = outsideWords(said.message, context.secrets);
  const code = codeOfStatus(status, said);
  const quoted = words === '' ? where : `“${words}” (${where})`;
  return new ImageGatewayError(
    code,
    `${sentenceStart(code, context)}: ${quoted}; ${nextStepAfter(code, retryAfterMs)}.`,
  );
}

function codeOfStatus(status: number, said: ErrorWords): FailureCode {
  if (filteredCodes.test(said.code) && status < 500) return 'contentFiltered';
  if (status === 402 || creditCodes.test(said.code)) return 'insufficientCredits';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 && /model/i.test(`${said.code} ${said.message}`)) return 'modelNotFound';
  if (status === 408 || status === 504 || status === 524) return 'timeout';
  if (status === 429) return 'rateLimited';
  // 424: what the gateway itself asked has failed.
  return status >= 500 || status === 424 ? 'serverError' : 'badRequest';
}

function sentenceStart(code: FailureCode, { gatewayName, model }: FailureContext): string {
  switch (code) {
    case 'unauthorized':
      return `${gatewayName} refused the API key`;
    case 'forbidden':
      return `${gatewayName} does not allow this`;
    case 'insufficientCredits':
      return `${gatewayName} wants credit first`;
    case 'rateLimited':
      return `${gatewayName} asks to wait`;
    case 'contentFiltered':
      return 'The prompt or its picture was declined';
    case 'modelNotFound':
      return `${gatewayName} does not know the model ${outsideWords(model ?? '', [], 80)}`.trimEnd();
    case 'timeout':
      return `${gatewayName} gave up waiting, and may have billed the request`;
    case 'serverError':
      return `${gatewayName} failed`;
    default:
      return `${gatewayName} did not accept the request`;
  }
}

function nextStepAfter(code: FailureCode, retryAfterMs: number | undefined): string {
  const isTimed = retryAfterMs !== undefined && (code === 'rateLimited' || code === 'serverError');
  return isTimed ? `try again in ${Math.ceil(retryAfterMs / 1000)} s` : (nextStep[code] ?? 'see the log');
}

const nextStep: Partial<Record<FailureCode, string>> = {
  unauthorized: 'run Image Gateway: Set API Key',
  forbidden: 'check what the key and the account may do',
  insufficientCredits: 'top up the account or choose another gateway',
  rateLimited: 'try again in a while',
  contentFiltered: 'change the prompt',
  modelNotFound: 'run Image Gateway: Select Model',
  timeout: 'try again later',
  serverError: 'try again later or choose another model',
  badRequest: 'change the arguments or the model',
};
