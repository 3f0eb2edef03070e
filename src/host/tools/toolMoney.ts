import { l10n } from 'vscode';
import { type AgentLimits, money } from '../../core/agent/agentJournal.ts';
import type { Bill } from '../../core/billing.ts';
import { countedPriceWords } from '../../core/gateway/prices.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { Gateways } from '../gateways.ts';
import type { PreparedCall } from '../imageCall.ts';

/** Which model the next request would ask, and what its list says of the price; nothing is asked for. */
export function knownModel(
  { config, wantedModel }: Pick<PreparedCall, 'config' | 'wantedModel'>,
  gateways: Gateways,
): { readonly id: string; readonly price: string | undefined } {
  const id = wantedModel === '' ? gateways.rememberedModel(config) : wantedModel;
  const price = gateways.knownList(config)?.models?.find((one) => one.id === id)?.price;
  return { id, price };
}

/** What images will cost, in words, as far as it is known. */
export function costWords(
  { config }: Pick<PreparedCall, 'config'>,
  price: string | undefined,
  count: number,
  limits: AgentLimits,
): string {
  if (config.id === offlineGatewayId) return l10n.t('nothing: it is drawn on this machine');
  if (price !== undefined) return l10n.t('{0} by the gateway’s list', countedPriceWords(price, count));
  return l10n.t(
    'unknown; counts as {0} of the budget until the gateway says',
    money(limits.assumedCost * count),
  );
}

/** What a request cost, for the model. @param counted what it takes from the budget, in millionths of a dollar */
export function billWords(bill: Bill, counted: number): string {
  if (bill === 'none') return 'none';
  if (bill !== 'unknown') return outsideWords(`${bill.amount} ${bill.currency}`, [], 60);
  return `unknown, the gateway did not say; counted as ${money(counted)}`;
}

/** What one image takes from the budget until its cost is known: the most that is assumed, or that the list says. */
export function costEach(listed: number | undefined, limits: AgentLimits): number {
  return Math.max(limits.assumedCost, listed ?? 0);
}
