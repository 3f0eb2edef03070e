import type { ImageGatewayError } from '../../core/failure.ts';
import { invalidArguments, isImageGatewayError } from '../../core/failure.ts';
import type { GatewayConfig } from '../../core/gateway/gatewayConfig.ts';
import type { ModelEntry } from '../../core/gateway/models.ts';
import { parseGateways } from '../../core/gateway/parseGateways.ts';
import type { Gateways } from '../gateways.ts';

/** How the key of a new gateway travels, as the setting writes it; absent: as the address suggests. */
export type AuthSetting = 'bearer' | 'none' | { readonly header: string };

/** What came of asking a gateway that is not in the settings yet for its models. */
export type Probe =
  | { readonly kind: 'listed'; readonly config: GatewayConfig; readonly models: readonly ModelEntry[] }
  | { readonly kind: 'noList'; readonly config: GatewayConfig }
  | { readonly kind: 'failed'; readonly config: GatewayConfig; readonly error: ImageGatewayError };

/** Builds a gateway by the rules of the settings. @throws invalidArguments saying what they refuse */
export function draftGateway(id: string, baseUrl: string, auth: AuthSetting | undefined): GatewayConfig {
  const { gateways, problems } = parseGateways({ [id]: { baseUrl, ...(auth !== undefined && { auth }) } });
  const problem = problems.find((one) => one.id === id);
  const found = gateways.find((one) => one.id === id);
  if (problem !== undefined || found === undefined)
    throw invalidArguments(`The gateway cannot be used: ${problem?.problem ?? 'it is refused'}.`);
  return found;
}

/**
 * Asks for the models at each address in turn, until one has a list or refuses for another reason than that there is
 * nothing (404, or a page that is no list).
 * @param configs the same gateway at the addresses it may have, the likeliest first
 * @throws cancelled
 */
export async function probeGateway(
  gateways: Gateways,
  configs: readonly [GatewayConfig, ...GatewayConfig[]],
  signal: AbortSignal,
): Promise<Probe> {
  let first: Probe | undefined;
  for (const config of configs) {
    const probe = await probeOne(gateways, config, signal);
    const isNothing =
      probe.kind === 'noList' || (probe.kind === 'failed' && probe.error.code === 'malformedResponse');
    if (!isNothing) return probe;
    first ??= probe;
  }
  return first ?? { kind: 'noList', config: configs[0] };
}

async function probeOne(gateways: Gateways, config: GatewayConfig, signal: AbortSignal): Promise<Probe> {
  try {
    const models = await gateways.listModels(config, await gateways.open(config), signal, true);
    return models === undefined ? { kind: 'noList', config } : { kind: 'listed', config, models };
  } catch (error) {
    if (!isImageGatewayError(error) || error.code === 'cancelled') throw error;
    return { kind: 'failed', config, error };
  }
}
