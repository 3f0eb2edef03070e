import { createParser } from 'eventsource-parser';
import { ImageGatewayError } from '../failure.ts';
import {
  errorWords,
  type FailureContext,
  filteredCodes,
  interruptedFailure,
  toldFailure,
} from './failureOf.ts';
import { asRecord } from './json.ts';

/** One event of a server-sent stream, its data parsed. */
export interface StreamEvent {
  readonly event: string | undefined;
  readonly data: unknown;
}

/**
 * Reads a server-sent event stream (WHATWG HTML, "Server-sent events") as JSON events. Comments, pings
 * and empty data are skipped; `[DONE]` ends the stream, as does its end.
 * @throws the failure that an error inside the stream tells, malformedResponse for data that is not
 *   JSON, interrupted where the stream ends inside an event
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  context: FailureContext,
): AsyncGenerator<StreamEvent, { readonly done: boolean }> {
  const waiting: { event: string | undefined; data: string }[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => waiting.push({ event, data }),
    onError: () => undefined,
  });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (!done) {
        const text = decoder.decode(value, { stream: true });
        parser.feed(text);
      } else {
        // A stream may end without its last blank line; what is whole then still counts.
        parser.feed('\n\n');
      }
      for (const { event, data } of waiting.splice(0)) {
        if (data.trim() === '') continue;
        if (data.trim() === '[DONE]') return { done: true };
        yield { event, data: parseEvent(data, event, context, done) };
      }
      if (done) return { done: false };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseEvent(
  data: string,
  event: string | undefined,
  context: FailureContext,
  atEnd: boolean,
): unknown {
  let value: unknown;
  try {
    value = JSON.parse(data) as unknown;
  } catch {
    if (atEnd) throw interruptedFailure(context);
    // Some servers say "ping" in plain text.
    if (event !== undefined && /ping|heartbeat|keep/i.test(event)) return {};
    throw new ImageGatewayError(
      'malformedResponse',
      `${context.gatewayName} sent a stream that is not JSON from some point on; nothing after it was read. Try again without streaming.`,
    );
  }
  if (event === 'error' || hasError(value)) throw streamFailure(value, context);
  return value;
}

/** Whether an answer tells a failure; some gateways write an empty `error` beside a picture. */
export function hasError(value: unknown): boolean {
  const error = asRecord(value)?.['error'];
  return error !== undefined && error !== null && error !== '';
}

/** A failure that is told inside a successful answer: its code may be an HTTP status. */
export function streamFailure(value: unknown, context: FailureContext): ImageGatewayError {
  const { code } = errorWords(value);
  const isRefusal = code.includes('invalid_request') || filteredCodes.test(code);
  const status = isRefusal ? 400 : Number(/\b([45]\d\d)\b/.exec(code)?.[1] ?? 500);
  return toldFailure(status, value, context);
}
