import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import { isPrivateHost } from '../../../core/gateway/baseUrl.ts';

/**
 * A fetch by way of `node:http` and `node:https`, which wait as long as they are let: undici's gives up after 300 s
 * without headers, or without a byte, and VS Code replaces its dispatcher. Covers what the client of a gateway uses:
 * method, headers, body and signal. Redirects are not followed, and nothing but an identical body is asked for.
 * @throws the signal's reason, or the socket's error as the `cause` of a TypeError, as fetch does
 */
export const nodeFetch: typeof fetch = createNodeFetch();

/**
 * As nodeFetch, but it connects to public addresses only. The check is made on the address that is connected to: a name
 * that pointed elsewhere when it was looked up before cannot lead into a private network.
 */
export const publicFetch: typeof fetch = createNodeFetch(publicLookup);

/** @param lookupName finds the address of a host name; where a proxy is used, the proxy does that */
export function createNodeFetch(lookupName?: LookupFunction): typeof fetch {
  return (input, init) => fetchByNode(input, init, lookupName);
}

function publicLookup(...[hostname, options, callback]: Parameters<LookupFunction>): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const isPrivate = addresses.length === 0 || addresses.some(({ address }) => isPrivateHost(address));
    if (error !== null) callback(error, '');
    else if (isPrivate) callback(new Error(`${hostname} is no public address`), '');
    else if (options.all === true) callback(null, addresses);
    else callback(null, addresses[0]?.address ?? '', addresses[0]?.family);
  });
}

async function fetchByNode(
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  lookupName: LookupFunction | undefined,
): Promise<Response> {
  const request = new Request(input, init);
  const signal = init?.signal ?? request.signal;
  signal.throwIfAborted();
  // A form becomes bytes, with a boundary in its type.
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const url = new URL(request.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    signal,
    ...(lookupName && { lookup: lookupName }),
  };
  return new Promise<Response>((resolve, reject) => {
    const sent = send(url, options);
    sent.once('response', (message) => {
      try {
        resolve(responseOf(message));
      } catch (error) {
        // A status that no Response can have.
        message.destroy();
        reject(new TypeError('fetch failed', { cause: error }));
      }
    });
    sent.once('error', (error) => reject(failureOf(error, signal)));
    end(sent, body);
  });
}

function end(sent: ClientRequest, body: Buffer | undefined): void {
  if (body === undefined) sent.end();
  else {
    sent.setHeader('content-length', body.byteLength);
    sent.end(body);
  }
}

function failureOf(error: Error, signal: AbortSignal): Error {
  return signal.aborted ? (signal.reason as Error) : new TypeError('fetch failed', { cause: error });
}

function responseOf(message: IncomingMessage): Response {
  const status = message.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  if (!hasBody) message.resume();
  const body = hasBody ? (Readable.toWeb(message) as ReadableStream<Uint8Array>) : null;
  return new Response(body, { status, headers });
}
