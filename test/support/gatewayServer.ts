import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults/fault.ts';
import { type FaultName, faults } from './faults/faults.ts';
import { defaultReply } from './gatewayDefaults.ts';
import { chatChunk, type RecordedRequest, type Reply } from './gatewayReply.ts';
import { makePng, type Rgba } from './png.ts';

type Recorded = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': '*',
  // `*` does not cover Authorization.
  'access-control-allow-headers': '*, authorization',
  'access-control-expose-headers': '*',
  'access-control-max-age': '600',
};

/** An OpenAI-compatible gateway on loopback that answers what a test tells it and records what it is asked. */
export class GatewayServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** What goes into the setting: `<origin>/v1`. */
  readonly baseUrl: string;
  /** CORS preflights: they are no requests of the extension's. */
  preflights = 0;
  readonly #server: Server;
  readonly #requests: Recorded[] = [];
  readonly #fixed = new Map<string, Reply>();
  readonly #queued = new Map<string, Reply[]>();
  readonly #pictures = new Map<string, { bytes: Uint8Array; mediaType: string }>();
  readonly #held: (() => void)[] = [];
  #isReleased = false;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${port}`;
    this.baseUrl = `${this.origin}/v1`;
    server.on('request', (request, response) => {
      void this.#answer(request, response).catch(() => response.destroy());
    });
  }

  /** Starts one on a free port. */
  static async start(): Promise<GatewayServer> {
    // Longer than any client keeps a connection: one that the server closes first can swallow a request.
    const server = createServer({ keepAliveTimeout: 600_000 });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new GatewayServer(server, (server.address() as AddressInfo).port);
  }

  /** Answers every request to `path` so (`/images/generations`, from the base URL, or from the origin). */
  reply(path: string, reply: Reply): void {
    this.#fixed.set(path, reply);
  }

  /** Answers the next requests to `path` so, one each; afterwards as before. */
  queue(path: string, ...replies: readonly Reply[]): void {
    this.#queued.set(path, [...(this.#queued.get(path) ?? []), ...replies]);
  }

  /** Goes wrong as the fault of that name does. */
  play(name: FaultName): void {
    const { once = {}, always = {} }: Fault = faults[name];
    for (const [path, reply] of Object.entries(always)) this.reply(path, reply);
    for (const [path, replies] of Object.entries(once)) this.queue(path, ...replies);
  }

  /** Serves bytes at `/picture/<name>` and returns the address. */
  servePicture(name: string, bytes: Uint8Array, mediaType = 'image/png'): string {
    this.#pictures.set(name, { bytes, mediaType });
    return `${this.origin}/picture/${name}`;
  }

  /** What was asked so far, oldest first, except preflights and pictures of `/picture`. */
  requests(path?: string): RecordedRequest[] {
    return this.#requests.filter((one) => path === undefined || this.#names(one.path).includes(path));
  }

  /** Gives the answers that hang `untilReleased`, and the next of the pieces that are held. */
  async release(): Promise<void> {
    this.#isReleased = true;
    // What a test has just brought about may not have come to the place where it is held.
    for (const end = Date.now() + 5000; this.#held.length === 0 && Date.now() < end;) await sleep(10);
    this.#letGo();
  }

  /** Forgets requests, replies and pictures. */
  reset(): void {
    this.#letGo();
    this.#isReleased = false;
    this.#requests.length = 0;
    this.preflights = 0;
    for (const map of [this.#fixed, this.#queued, this.#pictures]) map.clear();
  }

  /** Ends it, open answers included. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #letGo(): void {
    for (const answer of this.#held.splice(0)) answer();
  }

  /** Every way a test may name the path of a request. */
  #names(path: string): string[] {
    const { pathname } = new URL(path, this.origin);
    return pathname.startsWith('/v1/') ? [pathname.slice(3), pathname] : [pathname];
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(corsHeaders)) response.setHeader(name, value);
    if (request.method === 'OPTIONS') {
      this.preflights++;
      response.writeHead(204).end();
      return;
    }
    const recorded = await record(request, response);
    this.#requests.push(recorded);
    const reply = this.#choose(recorded);
    const hold = () => new Promise<void>((resolve) => this.#held.push(resolve));
    if (reply.hang === 'untilReleased' && !this.#isReleased) await hold();
    await send(response, reply, hold);
  }

  #choose(request: Recorded): Reply {
    const names = this.#names(request.path);
    for (const name of names) {
      const reply = this.#queued.get(name)?.shift() ?? this.#fixed.get(name);
      if (reply !== undefined) return reply;
    }
    const picture = this.#pictures.get(/^\/picture\/(.*)$/.exec(names[0]!)?.[1] ?? '');
    if (picture !== undefined) {
      const base64 = Buffer.from(picture.bytes).toString('base64');
      return { headers: { 'content-type': picture.mediaType }, chunks: [{ base64 }] };
    }
    const missing = {
      message: `No ${request.path} here`,
      type: 'invalid_request_error',
      code: null,
      param: null,
    };
    return defaultReply(request.method, names[0]!, request.body) ?? { status: 404, json: { error: missing } };
  }
}

async function record(request: IncomingMessage, response: ServerResponse): Promise<Recorded> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const bytes = Buffer.concat(pieces);
  const utf8 = bytes.toString('utf8');
  const recorded: Recorded = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    bodyText: Buffer.from(utf8).equals(bytes) ? utf8 : bytes.toString('latin1'),
    closedEarly: false,
    answered: false,
    receivedAt: Date.now(),
  };
  try {
    recorded.body = JSON.parse(recorded.bodyText);
  } catch {
    // No JSON: `bodyText` has it.
  }
  response.once('finish', () => (recorded.answered = true));
  response.once('close', () => (recorded.closedEarly = !recorded.answered && !isCut(response)));
  return recorded;
}

const cutByUs = new WeakSet<ServerResponse>();
const isCut = (response: ServerResponse) => cutByUs.has(response);

async function send(response: ServerResponse, reply: Reply, hold: () => Promise<void>): Promise<void> {
  if (reply.hang === 'before') return;
  if (reply.delayMs !== undefined) await sleep(reply.delayMs);
  if (reply.closesAtOnce === true) {
    cutByUs.add(response);
    response.destroy();
    return;
  }
  for (let count = 0; count < (reply.processing ?? 0); count++) response.writeProcessing();
  const pieces = [...bodyPieces(reply)];
  const isStream = reply.sse !== undefined || reply.dribble !== undefined;
  const mediaType = !isStream ? 'application/json' : 'text/event-stream; charset=utf-8';
  response.writeHead(reply.status ?? 200, { 'content-type': mediaType, ...reply.headers });
  response.flushHeaders();
  for (const { bytes, delayMs, held } of pieces) {
    if (held === true) await hold();
    if (delayMs !== undefined) await sleep(delayMs);
    if (response.destroyed) return;
    await new Promise<void>((resolve) => response.write(bytes, () => resolve()));
  }
  if (reply.hang === 'after') return;
  if (reply.cut === true) {
    cutByUs.add(response);
    response.destroy();
  } else response.end();
}

interface BodyPiece {
  readonly bytes: Buffer;
  readonly delayMs?: number | undefined;
  readonly held?: boolean | undefined;
}

function* bodyPieces(reply: Reply): Generator<BodyPiece> {
  const text = (value: string, written?: (base64: string) => string) =>
    Buffer.from(withPictures(value, written));
  if (reply.body !== undefined) yield { bytes: text(reply.body) };
  if (reply.json !== undefined) yield { bytes: text(JSON.stringify(reply.json)) };
  if (reply.escaped !== undefined) yield { bytes: text(reply.escaped, escapedPicture) };
  for (const words of (reply.dribble === undefined ? '' : withPictures(reply.dribble)).match(/[^]{1,3}/g) ??
    [])
    yield { bytes: text(`data: ${JSON.stringify(chatChunk({ content: words }).data)}\n\n`) };
  for (const { data, event, delayMs, held } of reply.sse ?? []) {
    const name = event === undefined ? '' : `event: ${event}\n`;
    yield {
      bytes: text(`${name}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`),
      delayMs,
      held,
    };
  }
  for (const { text: words, base64, delayMs, held } of reply.chunks ?? []) {
    yield { bytes: words === undefined ? Buffer.from(base64 ?? '', 'base64') : text(words), delayMs, held };
  }
}

/** Puts real PNGs where a reply has placeholders. */
export function withPictures(text: string, written = (base64: string) => base64): string {
  return text.replace(/\{\{png (\d+)x(\d+)(?: #([0-9a-f]{6}))?\}\}/g, (_, width, height, colour?: string) => {
    const rgb =
      colour === undefined ? undefined : [0, 2, 4].map((at) => parseInt(colour.slice(at, at + 2), 16));
    const rgba = rgb === undefined ? undefined : ([...rgb, 255] as unknown as Rgba);
    return written(Buffer.from(makePng(Number(width), Number(height), rgba)).toString('base64'));
  });
}

function escapedPicture(base64: string): string {
  return base64.replaceAll('/', '\\/').replaceAll('+', '\\u002B');
}
