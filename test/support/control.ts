import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlApi, GatewayApi } from './controlApi.ts';
import { GatewayServer, withPictures } from './gatewayServer.ts';
import { pngBase64 } from './gatewayReply.ts';

/** The control server of a test run. */
export interface ControlServer {
  readonly url: string;
  /** Without it nothing is answered: other users of the machine reach loopback, too. */
  readonly token: string;
  stop(): Promise<void>;
}

type Methods = Record<string, ((...args: unknown[]) => unknown) | undefined>;

/** Serves the apis on a loopback port, to the Node extension host and (CORS) to the browser's. */
export async function startControl(apis: ControlApi): Promise<ControlServer> {
  const token = randomBytes(24).toString('hex');
  const server = createServer({ keepAliveTimeout: 600_000 }, (request, response) => {
    void answer(request, response, apis, token);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/call`,
    token,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  apis: ControlApi,
  token: string,
): Promise<void> {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-headers', 'content-type, x-control-token');
  if (request.method === 'OPTIONS') {
    response.writeHead(204).end();
    return;
  }
  if (!isSame(String(request.headers['x-control-token']), token)) {
    response.writeHead(403).end('{"error":"wrong token"}');
    return;
  }
  const outcome = await readText(request)
    .then((text) => invoke(apis, text))
    .then(
      (value) => ({ value: value ?? null }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(outcome));
}

function invoke(apis: ControlApi, text: string): unknown {
  const { api, method, args } = JSON.parse(text) as {
    api: keyof ControlApi;
    method: string;
    args: unknown[];
  };
  if (!Object.hasOwn(apis, api)) throw new Error(`no api ${api}`);
  const methods = apis[api] as unknown as Methods;
  const call = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (call === undefined) throw new Error(`no method ${api}.${method}`);
  // JSON has no undefined; no method takes null.
  return call(...args.map((arg) => arg ?? undefined));
}

async function readText(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

/** The gateways of a run. */
export class Gateways {
  readonly #started = new Map<string, Promise<GatewayServer>>();

  /** The gateway of that name, started by the first call. */
  get(name: string): Promise<GatewayServer> {
    const known = this.#started.get(name) ?? GatewayServer.start();
    this.#started.set(name, known);
    return known;
  }

  /** Ends them all. */
  async stop(): Promise<void> {
    for (const one of this.#started.values()) await (await one).stop();
  }

  /** What tests may do with them. */
  api(): GatewayApi {
    return {
      start: async (name) => {
        const { origin, baseUrl } = await this.get(name);
        return { origin, baseUrl };
      },
      reply: async (name, path, reply) => (await this.get(name)).reply(path, reply),
      queue: async (name, path, replies) => (await this.get(name)).queue(path, ...replies),
      play: async (name, fault) => (await this.get(name)).play(fault),
      requests: async (name, path) => (await this.get(name)).requests(path),
      preflights: async (name) => (await this.get(name)).preflights,
      servePicture: async (name, file, picture) => {
        const base64 = 'size' in picture ? withPictures(pngBase64(picture.size)) : picture.base64;
        const mediaType = 'size' in picture ? 'image/png' : picture.mediaType;
        return (await this.get(name)).servePicture(file, Buffer.from(base64, 'base64'), mediaType);
      },
      png: (size) => Promise.resolve(withPictures(pngBase64(size))),
      release: async (name) => (await this.get(name)).release(),
      reset: async (name) => (await this.get(name)).reset(),
    };
  }
}
