import type { AccountRoute } from './account.ts';
import type { BaseUrl } from './baseUrl.ts';
import type { Dialect } from './dialect.ts';

export type RouteChoice = 'auto' | 'chat' | 'images';

/** How a gateway wants its key. `optional`: a bearer key where one is stored, else none (this machine). */
export type GatewayAuth =
  | { readonly kind: 'bearer' }
  | { readonly kind: 'optional' }
  | { readonly kind: 'none' }
  | { readonly kind: 'header'; readonly header: string };

/** A gateway to call: a preset, a preset changed by the settings, or a custom one. */
export interface GatewayConfig {
  readonly id: string;
  readonly name: string;
  readonly url: BaseUrl;
  readonly route: RouteChoice;
  readonly auth: GatewayAuth;
  /** Extra headers of the settings; never secrets. */
  readonly headers: Readonly<Record<string, string>>;
  /** What is taken when no model was chosen and it is listed. */
  readonly preferredModel?: string;
  /** The route of a model whose entry in /models says nothing about it. */
  readonly unknownModelRoute: 'chat' | 'images';
  /** The order in which the gateway's documents write `modalities`. */
  readonly modalities: readonly ('text' | 'image')[];
  /** Whether chat answers are streamed where the call does not say; absent: the member is not sent. */
  readonly streamsChat?: true;
  /** Set where the environment, which a repository can set, decided the URL: asked for once before use. */
  readonly fromEnvironment?: true;
  /** What is known beforehand of its own way with images. */
  readonly dialect?: Dialect;
  /** Another header that takes the key where the usual one is refused (401). */
  readonly otherKeyHeader?: string;
  /** Query of GET /models. */
  readonly modelsQuery?: Readonly<Record<string, string>>;
  /** Where it tells what is left of the account; absent: nowhere that is known. */
  readonly account?: AccountRoute;
}

/**
 * What a gateway's key, models and choices are kept under: a gateway whose URL changes is another one.
 * @returns `<id>@<origin>`
 */
export function gatewayKey({ id, url }: GatewayConfig): string {
  return `${id}@${url.origin}`;
}

/** What must never be shown or logged of a gateway: its key and the values of its configured headers. */
export function secretsOf(config: GatewayConfig, key: string | undefined): readonly string[] {
  return [...(key === undefined ? [] : [key]), ...Object.values(config.headers)];
}
