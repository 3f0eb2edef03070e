import type { GatewayConfig } from './gatewayConfig.ts';
import { offlineBaseUrl } from './offline/offlineBaseUrl.ts';

/** Vercel's own origin, to which VERCEL_OIDC_TOKEN may go. */
export const vercelOrigin = 'https://ai-gateway.vercel.sh';

/** The id of the preset that needs neither key nor network. */
export const offlineGatewayId = 'offline';

/** A gateway that comes with the extension. */
export interface Preset extends Omit<GatewayConfig, 'url' | 'headers'> {
  readonly baseUrl: string;
}

/** The presets of the contract, in the order in which they are offered. */
export const presets: readonly Preset[] = [
  {
    id: 'vercel',
    name: 'Vercel AI Gateway',
    baseUrl: 'https://ai-gateway.vercel.sh/v1',
    route: 'auto',
    auth: { kind: 'bearer' },
    preferredModel: 'google/gemini-3-pro-image',
    unknownModelRoute: 'chat',
    modalities: ['text', 'image'],
    streamsChat: true,
    account: 'credits',
  },
  {
    // The guide shows chat completions only, without streaming, modalities in this order.
    id: 'agnic',
    name: 'Agnic',
    baseUrl: 'https://api.agnic.ai/v1',
    route: 'auto',
    auth: { kind: 'bearer' },
    // The guides send a bearer token; the reference keeps that for OAuth2 and names this header for API tokens.
    otherKeyHeader: 'X-Agnic-Token',
    preferredModel: 'google/gemini-2.0-flash',
    unknownModelRoute: 'chat',
    modalities: ['image', 'text'],
  },
  {
    id: 'openrouter',
    name: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    route: 'auto',
    auth: { kind: 'bearer' },
    preferredModel: 'google/gemini-3-pro-image',
    unknownModelRoute: 'chat',
    modalities: ['image', 'text'],
    streamsChat: true,
    dialect: { imagesPath: '/images', references: 'inputReferences' },
    // Without it the list holds text models only.
    modelsQuery: { output_modalities: 'image' },
    // Its /credits wants a management key.
    account: 'key',
  },
  {
    id: 'openai',
    name: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    route: 'images',
    auth: { kind: 'bearer' },
    preferredModel: 'gpt-image-2',
    unknownModelRoute: 'images',
    modalities: ['text', 'image'],
  },
  {
    id: 'localai',
    name: 'LocalAI',
    baseUrl: 'http://localhost:8080/v1',
    route: 'auto',
    auth: { kind: 'optional' },
    unknownModelRoute: 'images',
    modalities: ['text', 'image'],
    dialect: { references: 'refImages' },
  },
  {
    id: offlineGatewayId,
    name: 'Offline sketch',
    baseUrl: offlineBaseUrl,
    route: 'auto',
    auth: { kind: 'none' },
    preferredModel: 'offline/sketch',
    unknownModelRoute: 'images',
    modalities: ['text', 'image'],
    streamsChat: true,
  },
];
