/** Every way a request can fail: one closed union. Their words are built where the failure is known. */
export const failureCodes = [
  'unauthorized',
  'forbidden',
  'insufficientCredits',
  'rateLimited',
  'contentFiltered',
  'noImage',
  'badRequest',
  'modelNotFound',
  'serverError',
  'network',
  'timeout',
  'malformedResponse',
  'interrupted',
  'invalidArguments',
  'untrusted',
  'budgetExceeded',
  'saveFailed',
  'cancelled',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/**
 * The one error that leaves the extension. It owns `name`, `message` and `code` and nothing else: no
 * cause, no headers, no request, no stack, because errors cross to other extensions and into logs.
 * The message is one sentence and ends with ` [code]`: VS Code drops `code` between extension hosts.
 */
export class ImageGatewayError extends Error {
  readonly code: FailureCode;

  /**
   * @param code what happened, for programs
   * @param sentence what happened and what to do next, for people; words from outside in it must have
   *   gone through `outsideWords` first
   */
  constructor(code: FailureCode, sentence: string) {
    super(`${sentence} [${code}]`);
    Object.defineProperty(this, 'name', { value: 'ImageGatewayError', enumerable: false });
    this.code = code;
    delete (this as { stack?: string }).stack;
  }
}

/** The failure of a call whose arguments or settings are wrong. @param sentence as for ImageGatewayError */
export function invalidArguments(sentence: string): ImageGatewayError {
  return new ImageGatewayError('invalidArguments', sentence);
}

/** Tells our error by its brand, not its class: the late-loaded bundle holds a copy of the class. */
export function isImageGatewayError(value: unknown): value is ImageGatewayError {
  if (!(value instanceof Error) || value.name !== 'ImageGatewayError') return false;
  return (failureCodes as readonly unknown[]).includes((value as { code?: unknown }).code);
}

/** The sentence of a failure without its ` [code]` tail, for dialogs and the panel. */
export function sentenceOf(error: ImageGatewayError): string {
  return error.message.replace(/ \[[a-zA-Z]+\]$/, '');
}

/** Throws `cancelled` when the person has cancelled. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ImageGatewayError('cancelled', 'The request was cancelled.');
}
