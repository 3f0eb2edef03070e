import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** An answer without bounds: a beginning, and then the same again and again. */
export interface Flood {
  readonly head?: string;
  /** Absent: nothing follows. */
  readonly block?: string;
  /** How often; absent: for ever. Whoever reads has to end it. */
  readonly times?: number;
  /** Sent last. */
  readonly tail?: string;
  /** Waited before each block. */
  readonly delayMs?: number;
  /** `text/event-stream` where absent. */
  readonly mediaType?: string;
  readonly status?: number;
}

/** A gateway on loopback that floods whoever asks it for an image, as fast as it is read. */
export class FloodServer {
  readonly baseUrl: string;
  /** What the next requests are answered with. */
  flood: Flood = {};
  /** Bytes that left for the answer before this one was cut off. */
  sent = 0;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  }

  /** Starts one on a free port. */
  static async start(): Promise<FloodServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const flooding = new FloodServer(server);
    server.on('request', (request, response) => {
      if (request.method === 'GET') response.writeHead(404).end('{}');
      else void flooding.#answer(response).catch(() => response.destroy());
    });
    return flooding;
  }

  /** Ends it, open answers included. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(response: ServerResponse): Promise<void> {
    const {
      head = '',
      tail = '',
      block,
      times = Infinity,
      delayMs,
      mediaType = 'text/event-stream',
      status,
    } = this.flood;
    const bytes = Buffer.from(block ?? '');
    this.sent = 0;
    response.writeHead(status ?? 200, { 'content-type': mediaType });
    response.write(head);
    if (block === undefined) return;
    const closed = once(response, 'close');
    for (let count = 0; count < times && !response.destroyed; count++) {
      if (delayMs !== undefined) await sleep(delayMs);
      this.sent += bytes.length;
      if (!response.write(bytes)) await Promise.race([once(response, 'drain'), closed]);
    }
    response.end(tail);
  }
}
