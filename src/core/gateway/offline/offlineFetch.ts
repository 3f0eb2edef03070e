import {
  type Answering,
  type Pieces,
  chatAnswer,
  chatStream,
  imagesAnswer,
  imagesStream,
} from './offlineAnswer.ts';
import { offlineBaseUrl } from './offlineBaseUrl.ts';
import { OfflineFailure } from './offlineFailure.ts';
import { modelsResponse } from './offlineModels.ts';
import { parseChatRequest, parseImagesRequest } from './offlineRequest.ts';
import { createPace } from './pace.ts';

export interface OfflineOptions {
  /** Between two events of a stream; 0 in tests. */
  readonly pauseMs?: number;
}

type Handler = (request: Request, answer: Answer) => Promise<Response>;

/** What a handler needs to answer: the signal that ends it, and how to stop when nobody reads on. */
interface Answer {
  readonly stop: AbortController;
  readonly signal: AbortSignal;
  readonly pauseMs: number;
}

const routes: Readonly<Record<string, readonly ['GET' | 'POST', Handler]>> = {
  '/models': ['GET', () => Promise.resolve(modelsResponse())],
  '/chat/completions': ['POST', answerChat],
  '/images/generations': ['POST', (request, answer) => answerImages(request, answer, false)],
  '/images/edits': ['POST', (request, answer) => answerImages(request, answer, true)],
};

/**
 * Makes a `fetch` that is a gateway of its own: it speaks the wire of an OpenAI-compatible gateway under
 * `offlineBaseUrl`, sends nothing anywhere and draws its pictures itself. It heeds the signal at every
 * step: before the answer the promise rejects with the signal's reason, after it the body fails with it.
 */
export function createOfflineFetch({ pauseMs = 14 }: OfflineOptions = {}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    // The caller's own signal where there is one: a Request's copy is told of an abort, but only later.
    const given = init?.signal ?? request.signal;
    given.throwIfAborted();
    const stop = new AbortController();
    const signal = AbortSignal.any([given, stop.signal]);
    try {
      return await route(request, { stop, signal, pauseMs });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof OfflineFailure) return error.toResponse();
      throw error;
    }
  };
}

function route(request: Request, answer: Answer): Promise<Response> {
  const { origin, pathname } = new URL(request.url);
  const base = new URL(offlineBaseUrl);
  const path = pathname.startsWith(base.pathname) ? pathname.slice(base.pathname.length) : '';
  const found = origin === base.origin && Object.hasOwn(routes, path) ? routes[path] : undefined;
  if (!found) throw new OfflineFailure(404, 'not_found', 'The offline gateway has no such path.');
  const [method, handler] = found;
  if (request.method === method) return handler(request, answer);
  throw new OfflineFailure(405, 'method_not_allowed', `Only ${method} is allowed here.`);
}

async function answerChat(request: Request, answer: Answer): Promise<Response> {
  const answering = started(await parseChatRequest(request), answer);
  if (answering.request.stream) return respond(chatStream(answering), answer, 'text/event-stream');
  return respond(await chatAnswer(answering), answer, 'application/json');
}

async function answerImages(request: Request, answer: Answer, isEdit: boolean): Promise<Response> {
  const answering = started(await parseImagesRequest(request, isEdit), answer);
  const kind = isEdit ? 'image_edit' : 'image_generation';
  if (answering.request.stream) return respond(imagesStream(answering, kind), answer, 'text/event-stream');
  return respond(await imagesAnswer(answering), answer, 'application/json');
}

function started(request: Answering['request'], { signal, pauseMs }: Answer): Answering {
  return { request, pace: createPace(signal), pauseMs };
}

/** Answers with text that is made while it is read, and no longer than it is read. */
function respond(pieces: Pieces, { stop, signal }: Answer, type: string): Response {
  const encoder = new TextEncoder();
  let fail: () => void;
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        fail = () => controller.error(signal.reason);
        signal.addEventListener('abort', fail, { once: true });
      },
      async pull(controller) {
        try {
          const next = await pieces.next();
          if (signal.aborted) return;
          if (next.done !== true) controller.enqueue(encoder.encode(next.value));
          else {
            signal.removeEventListener('abort', fail);
            controller.close();
          }
        } catch (error) {
          if (!signal.aborted) controller.error(error);
        }
      },
      cancel(reason) {
        signal.removeEventListener('abort', fail);
        stop.abort(reason);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
