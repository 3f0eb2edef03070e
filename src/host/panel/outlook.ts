import { l10n } from 'vscode';
import { absentArguments, type Absence, type GatewayArgument } from '../../core/gateway/abilities.ts';
import { routeOf } from '../../core/gateway/chooseModel.ts';
import { countedPriceWords } from '../../core/gateway/prices.ts';
import { takesMask } from '../../core/gateway/wireCall.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import type { PanelState } from '../../protocol/panel.ts';
import type { Gateways } from '../gateways.ts';

/** What can be said of the next request before it is sent. */
export type Outlook = Pick<PanelState, 'absent' | 'priceLine'>;

/**
 * Looks at what is known of the models: nothing is asked for.
 * @param models ids; one may be empty, the gateway's own choice @param count of pictures of each
 */
export function outlookOf(gateways: Gateways, models: readonly string[], count: number): Outlook {
  const config = gateways.current();
  if (config === undefined) return { absent: {}, priceLine: '' };
  if (config.id === offlineGatewayId) return { absent: absentOffline(), priceLine: l10n.t('no cost') };
  const entries = models.map((id) => gateways.knownList(config)?.models?.find((one) => one.id === id));
  const absences = entries.flatMap((entry) => {
    if (entry === undefined) return [];
    const learned = gateways.learnedOf(config, entry.id);
    return [absentArguments(entry, routeOf(entry, config, learned.route), config, learned)];
  });
  // A control is shown where any of the models has a use for it, or may have.
  const absent = Object.fromEntries(
    (['quality', 'seed'] as const).flatMap((name) => {
      const why = absences.map((one) => one.get(name));
      const isAbsent = absences.length === models.length && why.every((one) => one !== undefined);
      return isAbsent && why[0] !== undefined ? [[name, reason(name, why[0])]] : [];
    }),
  );
  return {
    absent,
    priceLine: priceLine(
      entries.map((entry) => entry?.price),
      count,
    ),
  };
}

/** What the route of a model makes of what is marked in a picture; empty where it takes a mask, or is not known yet. */
export function maskHint(gateways: Gateways, model: string): string {
  const config = gateways.current();
  const entry = config && gateways.knownList(config)?.models?.find((one) => one.id === model);
  if (config === undefined || entry === undefined || config.id === offlineGatewayId) return '';
  const learned = gateways.learnedOf(config, entry.id);
  const route = routeOf(entry, config, learned.route);
  return takesMask({ route, config, learned })
    ? ''
    : l10n.t(
        'This model takes no mask: what is marked is described to it, and the rest is put back afterwards.',
      );
}

function reason(name: GatewayArgument, why: Absence): string {
  const words = { quality: l10n.t('quality'), seed: l10n.t('seed') }[name];
  return why === 'refused'
    ? l10n.t('The gateway refused a {0} for this model before.', words)
    : l10n.t('The model’s route has no place for a {0}.', words);
}

/** The sketch draws by size and background, and by nothing else. */
function absentOffline(): PanelState['absent'] {
  const why = l10n.t('A sketch has no such thing.');
  return { quality: why, seed: why };
}

/** What the list says of each model. */
function priceLine(prices: readonly (string | undefined)[], count: number): string {
  const known = prices.filter((price) => price !== undefined);
  if (known.length < prices.length || known.length === 0) return l10n.t('cost unknown');
  return known.map((price) => countedPriceWords(price, count)).join(' + ');
}
