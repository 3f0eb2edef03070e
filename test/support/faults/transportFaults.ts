import { chatChunk, chatImage, errorReply, pngBase64, type Reply } from '../gatewayReply.ts';
import { chatPath, type Fault, imagesPath } from './fault.ts';

const both = (reply: Reply) => ({ [chatPath]: reply, [imagesPath]: reply });
const onceOnBoth = (...replies: readonly Reply[]) => ({ [chatPath]: replies, [imagesPath]: replies });

function asksToWait(status: number, retryAfter: string): Reply {
  return {
    ...errorReply(status, 'Slow down.', 'rate_limit_exceeded'),
    headers: { 'retry-after': retryAfter },
  };
}

function redirect(status: number): Fault {
  return {
    number: 9,
    always: both({ status, headers: { location: 'https://elsewhere.example/v1' }, body: '' }),
  };
}

/** Faults 1 to 10: the way to the gateway and back, and repeating. */
export const transportFaults = {
  serverError: { number: 1, always: both(errorReply(500, 'boom')) },
  conflict: { number: 1, always: both(errorReply(409, 'Try again.')) },
  unavailableWithoutTime: { number: 1, always: both(errorReply(503, 'Overloaded.')) },
  rateLimitedWithoutTime: { number: 2, always: both(errorReply(429, 'Slow down.')) },
  rateLimitedOnce: { number: 2, once: onceOnBoth(asksToWait(429, '1')) },
  unavailableOnce: { number: 2, once: onceOnBoth(asksToWait(503, '1')) },
  rateLimitedZeroSeconds: { number: 2, once: onceOnBoth(asksToWait(429, '0')) },
  rateLimitedTwoMinutes: { number: 2, always: both(asksToWait(429, '120')) },
  rateLimitedForADay: { number: 2, always: both(asksToWait(429, '86400')) },
  streamStalls: {
    number: 3,
    always: { [chatPath]: { sse: [chatChunk({ content: 'One moment.' })], hang: 'after' } },
  },
  bodyStalls: {
    number: 6,
    always: {
      [imagesPath]: {
        headers: { 'content-type': 'application/json' },
        chunks: [{ text: '{"data":[{"b64_json":"iVBORw0KGgo' }],
        hang: 'after',
      },
    },
  },
  neverAnswers: { number: 5, always: both({ hang: 'before' }) },
  proxyTimeOut: {
    number: 7,
    always: both({
      status: 524,
      headers: { 'content-type': 'text/html' },
      body: '<html><title>524: A timeout occurred</title></html>',
    }),
  },
  processing: {
    number: 8,
    always: { [imagesPath]: { processing: 2, json: { data: [{ b64_json: pngBase64('64x48') }] } } },
  },
  leadingNewlines: {
    number: 8,
    always: {
      [imagesPath]: {
        headers: { 'content-type': 'application/json' },
        body: `\n\n  \n{"data":[{"b64_json":"${pngBase64('64x48')}"}]}`,
      },
      [chatPath]: { sse: [{ data: '' }, chatChunk({ images: [chatImage()] }, 'stop'), { data: '[DONE]' }] },
    },
  },
  movedPermanently: redirect(301),
  found: redirect(302),
  temporaryRedirect: redirect(307),
  permanentRedirect: redirect(308),
  closesBeforeItAnswers: { number: 6, always: both({ closesAtOnce: true }) },
} satisfies Record<string, Fault>;
