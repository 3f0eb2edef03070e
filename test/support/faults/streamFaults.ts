import { chatChunk, chatImage, pngBase64, type Reply, type ReplyEvent } from '../gatewayReply.ts';
import { chatPath, type Fault, imagesPath } from './fault.ts';

const done: ReplyEvent = { data: '[DONE]' };
const picture = (colour = '#2878c8') => chatChunk({ images: [chatImage(`64x48 ${colour}`)] });
const last = chatChunk({}, 'stop');
const chat = (number: number, reply: Reply): Fault => ({ number, always: { [chatPath]: reply } });
const images = (number: number, reply: Reply): Fault => ({ number, always: { [imagesPath]: reply } });
/** A stream whose text is written out: line ends and all. */
const raw = (...lines: readonly string[]): Reply => ({
  headers: { 'content-type': 'text/event-stream' },
  body: lines.join(''),
});
const line = (event: ReplyEvent) => `data: ${JSON.stringify(event.data)}`;
const partial = (withType: boolean): ReplyEvent => ({
  data: {
    ...(withType && { type: 'image_generation.partial_image' }),
    b64_json: pngBase64('64x48 #111111'),
    partial_image_index: 0,
  },
});
const completed = (withType = true): ReplyEvent => ({
  data: { ...(withType && { type: 'image_generation.completed' }), b64_json: pngBase64('64x48 #ff0000') },
});
const problem = { message: 'Provider disconnected', code: 'server_error' };

/** Faults 22 to 29: streams. */
export const streamFaults = {
  errorInTheMiddle: chat(22, {
    sse: [chatChunk({ content: 'A ' }), { data: { error: { code: 502, message: 'boom' } } }],
  }),
  errorAfterAnImage: chat(22, {
    sse: [
      picture(),
      { data: { error: problem, choices: [{ index: 0, delta: {}, finish_reason: 'error' }] } },
    ],
  }),
  errorEvent: images(22, {
    sse: [
      { event: 'error', data: { type: 'image_generation_server_error', code: 'server_error', message: 'x' } },
    ],
  }),
  errorEventAfterAnImage: images(22, { sse: [completed(), { event: 'error', data: { error: problem } }] }),
  finishedWithAnError: chat(22, { sse: [chatChunk({ content: 'Hm.' }, 'error'), done] }),
  errorInAChoice: chat(22, {
    sse: [
      picture(),
      { data: { choices: [{ index: 0, delta: {}, finish_reason: 'error', error: problem }] } },
    ],
  }),
  cutAfterTheEnd: chat(
    25,
    raw(`${line(picture())}\n\n`, `${line(last)}\n\n`, 'data: {"choices":[],"usage":{"total_tok'),
  ),
  partialsThenDone: images(28, { sse: [partial(true), { data: '[DONE]' }] }),
  comments: chat(
    23,
    raw(
      ': OPENROUTER PROCESSING\n\n',
      `${line(picture())}\n\n`,
      ': ping\n\n',
      `${line(last)}\n\n`,
      'data: [DONE]\n\n',
    ),
  ),
  crlf: chat(23, raw(`${line(picture())}\r\n\r\n`, `${line(last)}\r\n\r\n`, 'data: [DONE]\r\n\r\n')),
  bareCr: chat(23, raw(`${line(picture())}\r\r`, `${line(last)}\r\r`, 'data: [DONE]\r\r')),
  noSpaceAndMark: chat(
    23,
    raw('\ufeff', `${line(picture()).replace('data: ', 'data:')}\n\n`, 'data:[DONE]\n\n'),
  ),
  dataOverLines: chat(
    23,
    raw(`${line(picture()).replace('"choices":', '\ndata: "choices":')}\n\n`, 'data: [DONE]\n\n'),
  ),
  noDone: chat(24, { sse: [picture(), last] }),
  noFinalBlankLine: chat(24, raw(`${line(picture())}\n\n`, line(last))),
  dataAfterDone: chat(24, { sse: [picture(), done, chatChunk({ content: 'late' })] }),
  cutInsideData: chat(
    25,
    raw(
      `${line(chatChunk({ content: 'A ' }))}\n\n`,
      'data: {"choices":[{"delta":{"images":[{"image_url":{"url":"data:image/png;base64,iVBORw0K',
    ),
  ),
  cutAfterAnImage: chat(
    25,
    raw(
      `${line(picture())}\n\n`,
      'data: {"choices":[{"delta":{"images":[{"image_url":{"url":"data:image/png;base64,iVBORw0K',
    ),
  ),
  connectionCut: chat(25, {
    // A browser drops what it has not read yet when the connection breaks.
    sse: [picture(), { ...chatChunk({ content: 'and' }), delayMs: 400 }],
    cut: true,
  }),
  emptyDataAndPings: chat(
    26,
    raw(
      'data:\n\n',
      'event: ping\ndata: {"type":"ping"}\n\n',
      `${line(picture())}\n\n`,
      'data: {"choices":[],"usage":{"total_tokens":7,"cost":0.02}}\n\n',
      'data: [DONE]\n\n',
    ),
  ),
  namesInEventsOnly: images(27, {
    sse: [
      { event: 'image_generation.partial_image', ...partial(false) },
      { event: 'image_generation.completed', ...completed(false) },
    ],
  }),
  namesDropped: images(27, { sse: [partial(false), completed(false)] }),
  finalBeforePartials: images(28, { sse: [completed(), partial(true), partial(true)] }),
  partialsOnly: images(28, { sse: [partial(true), partial(true)] }),
  openAfterCompleted: images(28, { sse: [completed()], hang: 'after' }),
  closesAtTheEnd: images(28, {
    // Not at once: a browser would drop the end that it has not read yet, as in `connectionCut`.
    sse: [completed(), { data: { type: 'ping' }, delayMs: 400 }],
    cut: true,
  }),
  interimImages: chat(29, {
    sse: [picture('#111111'), picture('#888888'), picture('#888888'), picture('#ff0000'), last, done],
  }),
} satisfies Record<string, Fault>;
