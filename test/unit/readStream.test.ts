import assert from 'node:assert/strict';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { readStream, type StreamEvent } from '../../src/core/gateway/readStream.ts';

const context = { gatewayName: 'Corp', host: 'ai.corp.example', secrets: ['key-1234'] };

interface Read {
  readonly events: readonly StreamEvent[];
  readonly done: boolean | undefined;
  readonly code: string | undefined;
  readonly message: string;
  readonly cancelled: boolean;
}

/** Reads a stream that arrives in these pieces. */
async function read(pieces: readonly (string | Uint8Array)[]): Promise<Read> {
  const waiting = pieces.map((one) => (typeof one === 'string' ? new TextEncoder().encode(one) : one));
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const next = waiting.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
    cancel: () => void (cancelled = true),
  });
  const events: StreamEvent[] = [];
  const reader = readStream(body, context);
  try {
    for (;;) {
      const next = await reader.next();
      if (next.done === true)
        return { events, done: next.value.done, code: undefined, message: '', cancelled };
      events.push(next.value);
    }
  } catch (error) {
    assert.ok(isImageGatewayError(error), String(error));
    return { events, done: undefined, code: error.code, message: error.message, cancelled };
  }
}

const dataOf = ({ events }: Read) => events.map(({ data }) => data);

describe('2.4 server-sent streams', () => {
  for (const [title, text] of [
    ['LF', 'data: {"a":1}\n\ndata: [DONE]\n\n'],
    ['CRLF', 'data: {"a":1}\r\n\r\ndata: [DONE]\r\n\r\n'],
    ['CR', 'data: {"a":1}\r\rdata: [DONE]\r\r'],
    ['no space after the colon', 'data:{"a":1}\n\ndata:[DONE]\n\n'],
    ['a byte order mark', '\ufeffdata: {"a":1}\n\ndata: [DONE]\n\n'],
    ['comments and pings', ': OPENROUTER PROCESSING\n\n: ping\ndata: {"a":1}\n\n:\n\ndata: [DONE]\n\n'],
    ['ids and retry times', 'id: 7\nretry: 1\ndata: {"a":1}\n\ndata: [DONE]\n\n'],
    ['data over several lines', 'data: {"a":\ndata: 1}\n\ndata: [DONE]\n\n'],
    ['empty data', 'data:\n\ndata: {"a":1}\n\ndata: [DONE]\n\n'],
    ['a ping in plain text', 'event: ping\ndata: hi\n\ndata: {"a":1}\n\ndata: [DONE]\n\n'],
    ['more after the end', 'data: {"a":1}\n\ndata: [DONE]\n\ndata: {"b":2}\n\n'],
  ] as const) {
    it(`2.4 reads ${title}, however it is cut into pieces`, async () => {
      for (const size of [1, 2, 7, text.length]) {
        const bytes = new TextEncoder().encode(text);
        const pieces = [];
        for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
        const result = await read(pieces);
        assert.equal(result.done, true, `${size}: ${result.message}`);
        assert.deepEqual(
          dataOf(result).filter((one) => JSON.stringify(one) !== '{}'),
          [{ a: 1 }],
        );
      }
    });
  }

  it('2.4 keeps a character whole that is cut between two pieces', async () => {
    const bytes = new TextEncoder().encode('data: {"a":"狐🦊"}\n\ndata: [DONE]\n\n');
    const result = await read([bytes.slice(0, 14), bytes.slice(14, 17), bytes.slice(17)]);
    assert.deepEqual(dataOf(result), [{ a: '狐🦊' }]);
  });

  it('2.4 hands on the name of an event', async () => {
    const { events } = await read(['event: image_generation.completed\ndata: {"a":1}\n\n']);
    assert.equal(events[0]?.event, 'image_generation.completed');
  });

  it('2.4 takes what is whole of a stream without [DONE], and says that it did not come', async () => {
    const result = await read(['data: {"a":1}\n\n', 'data: {"b":2}']);
    assert.deepEqual(dataOf(result), [{ a: 1 }, { b: 2 }]);
    assert.equal(result.done, false);
  });

  it('2.4 is interrupted where the stream ends inside an event', async () => {
    const result = await read(['data: {"a":1}\n\n', 'data: {"b":"iVBORw0KGg']);
    assert.deepEqual(dataOf(result), [{ a: 1 }]);
    assert.equal(result.code, 'interrupted');
  });

  it('2.4 is malformed where an event in the middle is not JSON', async () => {
    const result = await read(['data: {"a":1}\n\n', 'data: <html>\n\n', 'data: {"b":2}\n\n']);
    assert.equal(result.code, 'malformedResponse');
    assert.deepEqual(dataOf(result), [{ a: 1 }]);
    assert.equal(result.cancelled, true);
  });

  it('2.4 stops reading at [DONE], and lets the connection go', async () => {
    const result = await read(['data: [DONE]\n\n', 'data: {"a":1}\n\n', 'data: {"a":1}\n\n']);
    assert.equal(result.done, true);
    assert.equal(result.cancelled, true);
  });

  for (const [title, text, code] of [
    ['OpenAI’s event', 'event: error\ndata: {"message":"no","code":"server_error"}\n\n', 'serverError'],
    [
      'a moderation event',
      'event: error\ndata: {"error":{"code":"moderation_blocked","message":"no"}}\n\n',
      'contentFiltered',
    ],
    [
      'OpenRouter’s chunk',
      'data: {"error":{"code":429,"message":"slow"},"choices":[{"finish_reason":"error"}]}\n\n',
      'rateLimited',
    ],
    [
      'LiteLLM’s strings',
      'data: {"error":{"message":"no","type":"None","code":"402"}}\n\n',
      'insufficientCredits',
    ],
    ['an error that is a string', 'data: {"error":"boom"}\n\n', 'serverError'],
    [
      'a refused request',
      'data: {"error":{"type":"invalid_request_error","message":"no"}}\n\n',
      'badRequest',
    ],
  ] as const) {
    it(`2.9 ends at the error that a stream tells: ${title}`, async () => {
      const result = await read(['data: {"a":1}\n\n', text]);
      assert.deepEqual(dataOf(result), [{ a: 1 }]);
      assert.equal(result.code, code, result.message);
    });
  }

  it('2.9 takes an empty error for none', async () => {
    assert.equal((await read(['data: {"error":null}\n\ndata: {"error":""}\n\n'])).events.length, 2);
  });

  it('2.3 takes the key out of an error inside a stream', async () => {
    const { message } = await read(['data: {"error":{"message":"bad key-1234"}}\n\n']);
    assert.match(message, /bad •••/);
  });
});
