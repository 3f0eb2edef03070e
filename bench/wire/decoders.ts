import { jsonSchema, parseJsonEventStream } from '@ai-sdk/provider-utils';
import { createParser } from 'eventsource-parser';
import { Stream } from 'openai/core/streaming';
import { readChatPiece, readImagesAnswer } from '../../src/core/gateway/answer.ts';
import type { WirePicture } from '../../src/core/gateway/pictures.ts';
import { readBody, readStream } from '../../src/core/gateway/readStream.ts';
import { memorySink } from '../../src/core/gateway/wire/byteSink.ts';
import type { WirePorts } from '../../src/core/gateway/wire/intake.ts';
import { decodeByBuffer } from '../../src/host/platform/node/decodeByBuffer.ts';
import { createFileSink } from '../../src/host/platform/node/fileSink.ts';

/** Reads an answer to its end and gives its one picture. */
export type Decoder = (response: Response, folder: string) => Promise<Uint8Array>;

const context = { gatewayName: 'bench', host: 'bench', secrets: [] };

interface ChatChunk {
  readonly choices: readonly {
    readonly delta: { readonly images: readonly { readonly image_url: { readonly url: string } }[] };
  }[];
}
const fromChunk = (chunk: unknown) => (chunk as ChatChunk).choices[0]!.delta.images[0]!.image_url.url;
const fromUrl = (url: string) => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
const fromBody = (body: unknown) =>
  Buffer.from((body as { data: readonly { b64_json: string }[] }).data[0]!.b64_json, 'base64');

async function stored(picture: WirePicture | undefined): Promise<Uint8Array> {
  if (picture?.kind !== 'stored') throw new Error('no picture was cut out');
  return picture.stored.read();
}

const ours =
  (portsIn: (folder: string) => WirePorts): Decoder =>
  async (response, folder) => {
    for await (const { data } of readStream(response.body!, context, portsIn(folder))) {
      const [part] = readChatPiece(data).parts;
      if (typeof part === 'object' && 'picture' in part) return stored(part.picture);
    }
    throw new Error('no event');
  };

const oursBody =
  (portsIn: (folder: string) => WirePorts): Decoder =>
  async (response, folder) => {
    const pictures = readBody(response.body!, context, portsIn(folder), async function* (taken) {
      yield await stored(readImagesAnswer(taken.parse())[0]);
    });
    for await (const picture of pictures) return picture;
    throw new Error('no picture');
  };

/** What a straightforward client does: everything in memory, then parsed, then decoded. */
async function floor(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body! as AsyncIterable<Uint8Array>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString();
  return fromUrl(fromChunk(JSON.parse(text.slice(6, text.indexOf('\n')))));
}

async function floorBody(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of response.body! as AsyncIterable<Uint8Array>) pieces.push(piece);
  return fromBody(JSON.parse(Buffer.concat(pieces).toString()));
}

async function openai(response: Response): Promise<Uint8Array> {
  for await (const chunk of Stream.fromSSEResponse<unknown>(response, new AbortController()))
    return fromUrl(fromChunk(chunk));
  throw new Error('no event');
}

async function eventsourceParser(response: Response): Promise<Uint8Array> {
  let url = '';
  const parser = createParser({
    onEvent: ({ data }) => data !== '[DONE]' && (url = fromChunk(JSON.parse(data))),
  });
  const decoder = new TextDecoder();
  for await (const piece of response.body! as AsyncIterable<Uint8Array>)
    parser.feed(decoder.decode(piece, { stream: true }));
  return fromUrl(url);
}

async function aiSdk(response: Response): Promise<Uint8Array> {
  const schema = jsonSchema({}, { validate: (value) => ({ success: true, value }) });
  const events = parseJsonEventStream({ stream: response.body!, schema });
  for await (const event of events as unknown as AsyncIterable<{ success: boolean; value: unknown }>)
    if (event.success) return fromUrl(fromChunk(event.value));
  throw new Error('no event');
}

/** As in the Node host, and as in a browser. */
const sinks = new Map<string, WirePorts>();
/** One for the window's life, as the extension has it. */
function node(folder: string): WirePorts {
  const ports = sinks.get(folder) ?? { sink: createFileSink(folder), decodeBlock: decodeByBuffer };
  sinks.set(folder, ports);
  return ports;
}
const browser = (): WirePorts => ({ sink: memorySink });

/** What is compared, by the name in the table; the floor first. */
export const decoders: Readonly<Record<'sse' | 'json', Readonly<Record<string, Decoder>>>> = {
  sse: {
    'floor: concat + JSON.parse + Buffer.from': floor,
    'this reader, Node host': ours(node),
    'this reader, browser host': ours(browser),
    'eventsource-parser': eventsourceParser,
    'AI SDK parseJsonEventStream': aiSdk,
    'openai Stream.fromSSEResponse': openai,
  },
  json: {
    'floor: concat + JSON.parse + Buffer.from': floorBody,
    'this reader, Node host': oursBody(node),
    'this reader, browser host': oursBody(browser),
    'response.json() + Buffer.from': async (response) => fromBody(await response.json()),
  },
};
