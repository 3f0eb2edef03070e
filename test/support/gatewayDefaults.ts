import { chatChunk, chatImage, pngBase64, type Reply } from './gatewayReply.ts';

/** The list that the test gateway shows, in Vercel's form. */
export const models = [
  model('acme/painter', 'image', ['image-generation']),
  model('acme/chatty', 'language', ['image-generation']),
  model('acme/words', 'language', ['tool-use']),
];

const colours = ['#2878c8', '#c85028', '#28a050', '#8040b0', '#c0a020'];

/** What the gateway answers where a test said nothing; undefined for a path it does not have. */
export function defaultReply(method: string, path: string, body: unknown): Reply | undefined {
  if (method === 'GET' && path === '/models') return { json: { object: 'list', data: models } };
  if (method === 'POST' && path === '/chat/completions') return chatReply(body);
  if (method === 'POST' && (path === '/images/generations' || path === '/images')) return imagesReply(body);
  return undefined;
}

function chatReply(body: unknown): Reply {
  const text = 'Here is a picture of it.';
  const usage = { prompt_tokens: 15, completion_tokens: 28, total_tokens: 43 };
  const id = member(body, 'model') ?? 'acme/chatty';
  if (member(body, 'stream') === true) {
    const last = chatChunk({}, 'stop');
    return {
      sse: [
        chatChunk({ role: 'assistant', content: 'Here is a ' }),
        chatChunk({ content: 'picture of it.' }),
        chatChunk({ images: [chatImage()] }),
        { data: { ...(last.data as object), usage } },
        { data: '[DONE]' },
      ],
    };
  }
  const message = { role: 'assistant', content: text, images: [chatImage()] };
  const choices = [{ index: 0, message, finish_reason: 'stop' }];
  return {
    json: { id: 'chatcmpl-123', object: 'chat.completion', created: 1677652288, model: id, choices, usage },
  };
}

function imagesReply(body: unknown): Reply {
  const asked = member(body, 'n');
  const count = typeof asked === 'number' ? asked : 1;
  const size = member(body, 'size');
  const pixels = typeof size === 'string' && /^\d+x\d+$/.test(size) ? size : '64x48';
  const data = Array.from({ length: count }, (_, index) => ({
    b64_json: pngBase64(`${pixels} ${colours[index % colours.length]!}`),
  }));
  return { json: { created: 1677652288, data } };
}

function model(id: string, type: string, tags: readonly string[]) {
  return {
    id,
    object: 'model',
    created: 1755815280,
    owned_by: 'acme',
    name: id.slice(id.indexOf('/') + 1),
    description: `The test model ${id}.`,
    type,
    tags,
    pricing: { input: '0.0000003', output: '0.0000025' },
  };
}

function member(body: unknown, name: string): unknown {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}
