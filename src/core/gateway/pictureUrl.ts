import { ImageGatewayError, isImageGatewayError } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';
import { isPrivateHost } from './baseUrl.ts';
import type { FailureContext } from './failureOf.ts';
import { createWireFetch, wireLimits } from './wireFetch.ts';

export interface PictureFetchOptions {
  readonly fetch: typeof fetch;
  /** Used for other origins than the gateway's own; connects to public addresses only. */
  readonly publicFetch?: typeof fetch;
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>;
  readonly idleMs: number;
  readonly signal: AbortSignal;
  /** The gateway's own origin. */
  readonly origin: string;
  readonly context: FailureContext;
}

/**
 * Fetches a picture that an answer names by URL, at once (such URLs expire): over https from a public
 * address, or at the gateway's exact origin; without any credential, without redirects, within bounds
 * (design.md, rule 4).
 * @throws malformedResponse for a URL that is refused or does not answer with a picture
 */
export async function fetchPicture(
  text: string,
  options: PictureFetchOptions,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType?: string }> {
  const url = parseUrl(text);
  if (url === undefined || !(await isAllowed(url, options))) {
    throw new ImageGatewayError(
      'malformedResponse',
      `${options.context.gatewayName} names its image by a URL that is neither https at a public address nor at the gateway itself, so it was not fetched.`,
    );
  }
  try {
    // It is there and paid for, so that its download, unlike the request, is tried once more.
    return await download(url, options).catch((thrown: unknown) => {
      if (isFinal(thrown)) throw thrown;
      return download(url, options);
    });
  } catch (thrown) {
    if (isImageGatewayError(thrown)) throw thrown;
    throw new ImageGatewayError(
      'network',
      `${options.context.gatewayName} names its image by a URL at “${outsideWords(url.host, options.context.secrets, 80)}”, which cannot be reached; the request may have been billed.`,
    );
  }
}

/** Whether a second try would end the same way: cancelled, refused, too large, or not there. */
function isFinal(thrown: unknown): boolean {
  return isImageGatewayError(thrown) && thrown.code !== 'serverError';
}

async function download(
  url: URL,
  options: PictureFetchOptions,
): Promise<{ readonly bytes: Uint8Array; readonly mediaType?: string }> {
  const { host, origin } = url;
  const fetch = origin === options.origin ? options.fetch : (options.publicFetch ?? options.fetch);
  const send = createWireFetch({
    ...options,
    fetch,
    origin,
    host,
    headers: {},
    maxBytes: wireLimits.picture,
  });
  const response = await send(url, { headers: { accept: 'image/png,image/jpeg,image/webp,image/avif' } });
  if (!response.ok) {
    await response.body?.cancel();
    throw new ImageGatewayError(
      response.status >= 500 ? 'serverError' : 'malformedResponse',
      `${options.context.gatewayName} names its image by a URL at “${outsideWords(host, options.context.secrets, 80)}” that answers HTTP ${response.status}; the request may have been billed.`,
    );
  }
  const mediaType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
}

function parseUrl(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.username === '' && url.password === '' ? url : undefined;
  } catch {
    return undefined;
  }
}

async function isAllowed(url: URL, { origin, resolveHost }: PictureFetchOptions): Promise<boolean> {
  if (url.origin === origin) return url.protocol === 'https:' || url.protocol === 'http:';
  if (url.protocol !== 'https:' || isPrivateHost(url.hostname)) return false;
  const isAddress = url.hostname.startsWith('[') || /^[\d.]+$/.test(url.hostname);
  if (isAddress || resolveHost === undefined) return true;
  // A public name can point into a private network.
  const addresses = await resolveHost(url.hostname).catch(() => []);
  return addresses.length > 0 && !addresses.some(isPrivateHost);
}
