import { ImageGatewayError } from '../failure.ts';
import { type FailureContext, interruptedFailure } from './failureOf.ts';
import { memorySink } from './wire/byteSink.ts';
import { EventFramer } from './wire/eventFramer.ts';
import { Intake, type Taken, type WirePorts } from './wire/intake.ts';
import { errorIn, toldIn } from './toldFailure.ts';
import { wireLimits } from './wireFetch.ts';

/** One event of a server-sent stream, its data parsed; strings with pictures in them are CutTexts. */
export interface StreamEvent {
  readonly event: string | undefined;
  readonly data: unknown;
}

/**
 * Reads a server-sent event stream (WHATWG HTML, "Server-sent events") as JSON events. Comments, pings
 * and empty data are skipped; `[DONE]` ends the stream, as does its end. Pictures go to the sink while they
 * arrive; one that is not read before the next event is asked for is forgotten.
 * @throws the failure that an error inside the stream tells, malformedResponse for data that is not
 *   JSON or passes a limit, interrupted where the stream ends inside an event
 */
export async function* readStream(
  body: ReadableStream<Uint8Array>,
  context: FailureContext,
  ports: WirePorts = { sink: memorySink },
): AsyncGenerator<StreamEvent, { readonly done: boolean }> {
  const intake = createIntake(context, ports);
  const waiting: { readonly event: string | undefined; readonly taken: Taken }[] = [];
  const framer = new EventFramer({
    data: (chunk, start, end) => intake.push(chunk, start, end),
    dispatch: (event) => waiting.push({ event, taken: intake.finish() }),
  });
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) framer.end();
      else framer.push(value);
      await intake.settle();
      for (const { event, taken } of waiting.splice(0)) {
        const text = taken.text.trim();
        if (text === '') continue;
        if (text === '[DONE]') return { done: true };
        yield { event, data: parseEvent(taken, event, context, done) };
        // Else a long stream could hold a file, or memory, for each of its signatures.
        await taken.discard();
      }
      if (done) return { done: false };
    }
  } finally {
    await reader.cancel().catch(() => undefined);
    await intake.discard();
  }
}

/**
 * Reads a body that is one JSON text, as it arrives; pictures go to the sink.
 * @param use is given the text and reads its pictures; what it leaves is forgotten when it returns
 * @throws malformedResponse for a limit that is passed
 */
export async function* readBody<T>(
  body: ReadableStream<Uint8Array>,
  context: FailureContext,
  ports: WirePorts,
  use: (taken: Taken) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const intake = createIntake(context, ports);
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      intake.push(value, 0, value.length);
      await intake.settle();
    }
    const taken = intake.finish();
    await intake.settle();
    yield* use(taken);
  } finally {
    await reader.cancel().catch(() => undefined);
    await intake.discard();
  }
}

function createIntake({ gatewayName }: FailureContext, ports: WirePorts): Intake {
  const { eventText: text, picture, pictures } = wireLimits;
  return new Intake({ ...ports, gatewayName, limits: { text, picture, pictures } });
}

function parseEvent(
  taken: Taken,
  event: string | undefined,
  context: FailureContext,
  atEnd: boolean,
): unknown {
  let value: unknown;
  try {
    value = taken.parse();
  } catch {
    if (atEnd) throw interruptedFailure(context);
    // Some servers say "ping" in plain text.
    if (event !== undefined && /ping|heartbeat|keep/i.test(event)) return {};
    throw new ImageGatewayError(
      'malformedResponse',
      `${context.gatewayName} sent a stream that is not JSON from some point on; nothing after it was read. Try again without streaming.`,
    );
  }
  const error = event === 'error' ? (errorIn(value) ?? value) : errorIn(value);
  if (error !== undefined) throw toldIn(error, context);
  return value;
}
