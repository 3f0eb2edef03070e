import type { GatewayConfig } from './gatewayConfig.ts';
import type { Learned } from './learned.ts';
import type { ModelEntry, Route } from './models.ts';

/** Why an argument does nothing: the route has no member for it, or the gateway refused it before. */
export type Absence = 'noMember' | 'refused';

/** Arguments that are for the gateway alone: size, format and transparency are seen to here, whatever it takes. */
export const gatewayArguments = ['quality', 'seed'] as const;
export type GatewayArgument = (typeof gatewayArguments)[number];

/**
 * The arguments that would do nothing for a model, so that nobody is offered them.
 * @param route over which it is asked
 */
export function absentArguments(
  entry: ModelEntry,
  route: Route,
  { dialect }: Pick<GatewayConfig, 'dialect'>,
  learned: Learned,
): ReadonlyMap<GatewayArgument, Absence> {
  const absent = new Map<GatewayArgument, Absence>();
  // The chat route has a member for a seed, and none for a quality.
  if (route === 'chat') absent.set('quality', 'noMember');
  // OpenRouter's own route says what a model takes: what is not in its list is refused or ignored.
  const tells =
    route === 'images' && dialect?.imagesPath !== undefined && entry.supportedParameters.length > 0;
  for (const name of gatewayArguments) {
    if (learned.refused.includes(name)) absent.set(name, 'refused');
    else if (tells && !entry.supportedParameters.includes(name)) absent.set(name, 'noMember');
  }
  return absent;
}
