import OpenAI from 'openai';
import { type GatewayConfig, secretsOf } from './gatewayConfig.ts';
import { createWireFetch, type WireOptions } from './wireFetch.ts';

export interface ClientOptions extends Omit<WireOptions, 'origin' | 'host' | 'headers' | 'maxBytes'> {
  readonly key: string | undefined;
  readonly maxBytes: number;
  /** The key goes into the preset's other header. */
  readonly usesOtherKeyHeader: boolean;
}

/**
 * Builds the SDK's client for a gateway. Everything that the SDK would read from the environment by
 * itself (keys, organization, project, extra headers, log level) is given, and the fetch below lets only
 * our own headers out: a user's OpenAI key never reaches another gateway.
 */
export function createClient(config: GatewayConfig, options: ClientOptions): OpenAI {
  return new OpenAI({
    baseURL: config.url.href,
    // The SDK wants one; the header it makes of it never passes the allow-list of createWireFetch.
    apiKey: 'unused',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    // One click is one POST: nothing that may have been billed is repeated.
    maxRetries: 0,
    timeout: options.idleMs * 4 + 1000,
    // The key lives in the extension host, never in a page.
    dangerouslyAllowBrowser: true,
    defaultHeaders: { Authorization: null },
    fetch: createWireFetch({
      ...options,
      origin: config.url.origin,
      host: config.url.host,
      headers: { ...config.headers, ...keyHeader(config, options) },
      secrets: secretsOf(config, options.key),
    }),
  });
}

/** The one header that carries the key, or none. */
function keyHeader(
  { auth, otherKeyHeader }: GatewayConfig,
  { key, usesOtherKeyHeader }: ClientOptions,
): Record<string, string> {
  if (key === undefined || auth.kind === 'none') return {};
  if (usesOtherKeyHeader && otherKeyHeader !== undefined) return { [otherKeyHeader]: key };
  return auth.kind === 'header' ? { [auth.header]: key } : { authorization: `Bearer ${key}` };
}
