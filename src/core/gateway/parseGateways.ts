import { type BaseUrl, parseBaseUrl } from './baseUrl.ts';
import { dialectOf } from './dialect.ts';
import type { GatewayAuth, GatewayConfig } from './gatewayConfig.ts';
import { offlineGatewayId, type Preset, presets } from './presets.ts';

/** One gateway of the settings that cannot be used, with the reason as a sentence. */
export interface GatewayProblem {
  readonly id: string;
  readonly problem: string;
}

/**
 * Builds the list of gateways from the presets, the setting `imageGateway.gateways` and the base URL
 * that the environment gives the preset vercel (a setting for that preset wins over it).
 * @param setting the person's own value, unchecked
 */
export function parseGateways(
  setting: unknown,
  environmentBaseUrl?: string,
): { readonly gateways: readonly GatewayConfig[]; readonly problems: readonly GatewayProblem[] } {
  const gateways = new Map<string, GatewayConfig>();
  const problems: GatewayProblem[] = [];
  const custom = isRecord(setting) ? setting : {};
  for (const preset of presets) {
    const fromEnvironment = preset.id === 'vercel' ? environmentBaseUrl : undefined;
    const result = configFrom(preset.id, { baseUrl: fromEnvironment ?? preset.baseUrl }, preset);
    if ('problem' in result)
      problems.push({ id: preset.id, problem: `AI_GATEWAY_BASE_OPENAI_COMPAT_URL: ${result.problem}` });
    else gateways.set(preset.id, markEnvironment(result, fromEnvironment));
  }
  for (const [id, value] of Object.entries(custom)) {
    const result = customConfig(id, value, environmentBaseUrl);
    if ('problem' in result) {
      // A gateway whose settings are wrong is not there at all: half of them could send a key elsewhere.
      // The offline gateway sends nothing and cannot be changed: it stays as it is.
      if (id !== offlineGatewayId) gateways.delete(id);
      problems.push({ id, problem: result.problem });
    } else gateways.set(id, result);
  }
  return { gateways: [...gateways.values()], problems };
}

function customConfig(
  id: string,
  value: unknown,
  environmentBaseUrl: string | undefined,
): GatewayConfig | { readonly problem: string } {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id))
    return { problem: 'its id may hold letters, digits, dots, dashes and underscores only' };
  if (id === offlineGatewayId) return { problem: 'the offline gateway cannot be changed' };
  if (!isRecord(value)) return { problem: 'it must be an object' };
  const preset = presets.find((one) => one.id === id);
  const fallback = (id === 'vercel' ? environmentBaseUrl : undefined) ?? preset?.baseUrl;
  const config = configFrom(id, { ...value, baseUrl: value['baseUrl'] ?? fallback }, preset);
  if ('problem' in config || value['baseUrl'] !== undefined) return config;
  return markEnvironment(config, id === 'vercel' ? environmentBaseUrl : undefined);
}

function markEnvironment(config: GatewayConfig, environmentBaseUrl: string | undefined): GatewayConfig {
  return environmentBaseUrl === undefined ? config : { ...config, fromEnvironment: true };
}

function configFrom(
  id: string,
  value: Readonly<Record<string, unknown>>,
  preset: Preset | undefined,
): GatewayConfig | { readonly problem: string } {
  const { name, baseUrl, route, auth, headers } = value;
  if (typeof baseUrl !== 'string') return { problem: 'its baseUrl is missing' };
  const url = parseBaseUrl(baseUrl);
  if ('problem' in url) return { problem: `its baseUrl is refused: ${url.problem}` };
  if (name !== undefined && typeof name !== 'string') return { problem: 'its name must be a string' };
  if (route !== undefined && route !== 'auto' && route !== 'chat' && route !== 'images')
    return { problem: 'its route must be auto, chat or images' };
  const parsedAuth = auth === undefined ? (preset?.auth ?? defaultAuth(url)) : parseAuth(auth);
  if ('problem' in parsedAuth) return parsedAuth;
  const parsedHeaders = parseHeaders(headers);
  if ('problem' in parsedHeaders) return parsedHeaders;
  const base = preset ?? {
    id,
    name: id,
    unknownModelRoute: 'images',
    modalities: ['text', 'image'],
    streamsChat: true,
  };
  const { baseUrl: _baseUrl, ...rest } = base as Preset;
  const dialect = preset?.dialect ?? dialectOf(new URL(url.href).hostname);
  return {
    ...rest,
    ...(dialect && { dialect }),
    name: name ?? base.name,
    url,
    route: route ?? preset?.route ?? 'auto',
    auth: parsedAuth,
    headers: parsedHeaders.headers,
  };
}

/** On this machine a server without a key is common, elsewhere it is a mistake. */
function defaultAuth(url: BaseUrl): GatewayAuth {
  return url.isLoopback ? { kind: 'optional' } : { kind: 'bearer' };
}

function parseAuth(value: unknown): GatewayAuth | { readonly problem: string } {
  if (value === 'bearer' || value === 'none') return { kind: value };
  const header = isRecord(value) ? value['header'] : undefined;
  if (typeof header === 'string' && headerName.test(header) && !ownHeaders.has(header.toLowerCase())) {
    return { kind: 'header', header };
  }
  return { problem: 'its auth must be "bearer", "none" or { "header": "<name>" }' };
}

// RFC 9110, section 5.6.2: a field name is a token.
const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
// What the client sends itself, and what would change how a request is framed.
const ownHeaders = new Set([
  'host',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'cookie',
  'accept',
  'origin',
]);

function parseHeaders(
  value: unknown,
): { readonly headers: Readonly<Record<string, string>> } | { readonly problem: string } {
  if (value === undefined) return { headers: {} };
  if (!isRecord(value)) return { problem: 'its headers must be an object of strings' };
  const headers: Record<string, string> = {};
  for (const [name, content] of Object.entries(value)) {
    if (!headerName.test(name) || ownHeaders.has(name.toLowerCase()))
      return { problem: 'one of its header names is refused' };
    // Secrets live in SecretStorage only: settings are synced, shared and committed.
    if (/authorization|cookie|key|token|secret/i.test(name))
      return { problem: `its header ${name} is refused: keys are set with the command Set API Key` };
    if (typeof content !== 'string' || !/^[\t\x20-\x7e]{0,2048}$/.test(content))
      return { problem: `its header ${name} must be plain text` };
    headers[name] = content;
  }
  return { headers };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
