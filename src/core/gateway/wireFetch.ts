import { ImageGatewayError, throwIfCancelled } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';

/** Bounds of one answer, in bytes where nothing else is said, after decompression (design.md, rule 13). */
export const wireLimits = {
  error: 64 * 1024,
  models: 8 * 1024 * 1024,
  picture: 64 * 1024 * 1024,
  text: 1024 * 1024,
  /** JSON text of one event of a stream, or of a whole body, besides its pictures. */
  eventText: 8 * 1024 * 1024,
  /** Pictures of one answer: ten can be asked for, and some gateways send each twice. */
  pictures: 32,
  /** A whole answer: several pictures in base64, and what is written around them. */
  answer: 256 * 1024 * 1024,
} as const;

export interface WireOptions {
  /** What really sends: the host's fetch, or the offline gateway's. */
  readonly fetch: typeof fetch;
  /** Every request must go to this origin. */
  readonly origin: string;
  /** As it may be shown. */
  readonly host: string;
  /** The key's header and the configured ones: the only headers besides `accept` and `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without a received byte; four times that in total. */
  readonly idleMs: number;
  readonly signal: AbortSignal;
  /** Most bytes of a successful answer's body. */
  readonly maxBytes: number;
  /** Takes a line for each exchange. */
  readonly log?: (line: string) => void;
  /** To be taken out of what an answer says. */
  readonly secrets?: readonly string[];
}

/** How every request is made. A variable, because Node's types do not know `cache`. */
const guarded = {
  redirect: 'manual',
  // A browser would keep answers on its disk, and a redirect that was permanent once for ever.
  cache: 'no-store',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
} as const;

/**
 * Wraps a fetch so that nothing leaves but what we mean to send, and nothing comes back without bounds:
 * one origin, no redirects, no cookies, an allow-list of headers (so nothing that a library adds from
 * the environment gets out), an idle and a total time-out (the SDK's never end an open stream), and a
 * cap on every body.
 * @returns a fetch that throws ImageGatewayErrors of its own for redirects, time-outs and caps
 */
export function createWireFetch(options: WireOptions): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== options.origin) {
      throw new ImageGatewayError(
        'network',
        `A request to ${url.host} instead of ${options.host} was stopped.`,
      );
    }
    const clock = new WireClock(options, init?.signal ?? undefined);
    const exchange = `${init?.method ?? 'GET'} ${url.pathname}`;
    const started = performance.now();
    try {
      const response = await clock.whileWaiting(() =>
        options.fetch(url, {
          ...pick(init, ['method', 'body']),
          headers: outgoingHeaders(init?.headers, options.headers),
          ...guarded,
          signal: clock.signal,
        }),
      );
      options.log?.(
        `${exchange}: HTTP ${response.status} after ${seconds(started)}${requestIdOf(response, options.secrets)}`,
      );
      refuseRedirect(response, options);
      return boundedResponse(
        response,
        clock,
        response.ok ? options.maxBytes : wireLimits.error,
        options.host,
      );
    } catch (error) {
      clock.stop();
      const reason = clock.reasonFor(error);
      options.log?.(
        `${exchange}: ${reason instanceof Error ? reason.message : 'no answer'} after ${seconds(started)}`,
      );
      throw reason;
    }
  };
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(2)} s`;
}

/** By which the gateway's people find the request in their own log. */
const requestIdHeaders = ['x-request-id', 'request-id', 'x-generation-id', 'x-vercel-id', 'cf-ray'];

function requestIdOf({ headers }: Response, secrets: readonly string[] = []): string {
  const name = requestIdHeaders.find((one) => headers.has(one));
  return name === undefined ? '' : `, ${name} ${outsideWords(headers.get(name) ?? '', secrets, 80)}`;
}

/** One request's two timers, and the signal that ends it: the person's cancel, or a timer. */
class WireClock {
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private readonly total: ReturnType<typeof setTimeout>;
  private readonly options: WireOptions;

  constructor(options: WireOptions, requestSignal: AbortSignal | undefined) {
    this.options = options;
    const signals = [this.controller.signal, options.signal, ...(requestSignal ? [requestSignal] : [])];
    this.signal = AbortSignal.any(signals);
    this.total = setTimeout(() => this.expire(4, 'in total'), options.idleMs * 4);
  }

  /** Runs one wait for bytes under the idle timer. Between two waits the consumer is working, not the gateway. */
  async whileWaiting<T>(wait: () => Promise<T>): Promise<T> {
    throwIfCancelled(this.options.signal);
    const idle = setTimeout(() => this.expire(1, 'without a byte'), this.options.idleMs);
    try {
      return await untilAborted(wait(), this.signal);
    } finally {
      clearTimeout(idle);
    }
  }

  /** The failure to throw in place of whatever an aborted fetch throws. */
  reasonFor(error: unknown): unknown {
    if (this.options.signal.aborted) return new ImageGatewayError('cancelled', 'The request was cancelled.');
    return this.controller.signal.aborted ? (this.controller.signal.reason as unknown) : error;
  }

  stop(): void {
    clearTimeout(this.total);
  }

  private expire(factor: number, how: string): void {
    const seconds = (this.options.idleMs * factor) / 1000;
    this.controller.abort(
      new ImageGatewayError(
        'timeout',
        `${this.options.host} took more than ${seconds} seconds ${how}; the request may have been billed. Raise imageGateway.request.timeoutSeconds or try again.`,
      ),
    );
  }
}

/** Rejects as soon as the signal aborts, even where the waited-for promise ignores the signal. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function pick<K extends keyof RequestInit>(
  init: RequestInit | undefined,
  keys: readonly K[],
): Pick<RequestInit, K> {
  return Object.fromEntries(keys.flatMap((key) => (init?.[key] ? [[key, init[key]]] : []))) as Pick<
    RequestInit,
    K
  >;
}

function outgoingHeaders(given: RequestInit['headers'], ours: Readonly<Record<string, string>>): Headers {
  const asGiven = new Headers(given);
  const headers = new Headers();
  for (const name of ['accept', 'content-type']) {
    const value = asGiven.get(name);
    if (value !== null) headers.set(name, value);
  }
  for (const [name, value] of Object.entries(ours)) headers.set(name, value);
  return headers;
}

function refuseRedirect(response: Response, { host, secrets }: WireOptions): void {
  if (response.type !== 'opaqueredirect' && !(response.status >= 300 && response.status < 400)) return;
  void response.body?.cancel().catch(() => undefined);
  const location = response.headers.get('location');
  const target = location === null ? '' : ` to “${outsideWords(hostOf(location), secrets, 80)}”`;
  throw new ImageGatewayError(
    'network',
    `${host} redirects${target}, and redirects are refused because a key or a prompt could follow them. Set the gateway's baseUrl to its final address.`,
  );
}

function hostOf(location: string): string {
  try {
    return new URL(location).host;
  } catch {
    return 'another address';
  }
}

function boundedResponse(response: Response, clock: WireClock, maxBytes: number, host: string): Response {
  const { status, statusText, headers } = response;
  // Chromium gives an empty body to an answer that may have none, and then refuses to build one with it.
  if (response.body === null || status === 204 || status === 205) {
    clock.stop();
    void response.body?.cancel().catch(() => undefined);
    return new Response(null, { status: status === 200 ? 204 : status, statusText, headers });
  }
  return new Response(boundedBody(response.body, clock, maxBytes, { isError: !response.ok, host }), {
    status,
    statusText,
    headers,
  });
}

function boundedBody(
  body: ReadableStream<Uint8Array>,
  clock: WireClock,
  maxBytes: number,
  context: { readonly isError: boolean; readonly host: string },
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let received = 0;
  const end = () => {
    clock.stop();
    void reader.cancel().catch(() => undefined);
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await clock.whileWaiting(() => reader.read());
          if (done) {
            clock.stop();
            controller.close();
            return;
          }
          received += value.byteLength;
          if (received <= maxBytes) {
            controller.enqueue(value);
            return;
          }
          end();
          // What an error says stands at its beginning; a picture without its end is worth nothing.
          if (context.isError) controller.close();
          else controller.error(tooLarge(context.host, maxBytes));
        } catch (error) {
          end();
          controller.error(clock.reasonFor(error));
        }
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  );
}

function tooLarge(host: string, maxBytes: number): ImageGatewayError {
  return new ImageGatewayError(
    'malformedResponse',
    `${host} sent more than ${Math.round(maxBytes / (1024 * 1024))} MiB in one answer, and it was cut off there.`,
  );
}
