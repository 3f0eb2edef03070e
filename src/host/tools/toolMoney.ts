import { l10n } from 'vscode';
import { type AgentLimits, money } from '../../core/agent/agentJournal.ts';
import type { Bill } from '../../core/billing.ts';
import { countedPriceWords } from '../../core/gateway/prices.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { isImageGatewayError } from '../../core/failure.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { Gateways } from '../gateways.ts';
import type { PreparedCall } from '../imageCall.ts';

/** A model that will be asked. */
export interface AskedModel {
  /** Empty: nobody knows yet. */
  readonly id: string;
  /** What its list says. */
  readonly price: string | undefined;
}

/** A person waits for the question: what a list says later is not in it. */
const mostWaitMs = 8000;

/**
 * Which model a call will ask, and its price: the list of models is asked for where it is not known, which is free.
 * @throws modelNotFound
 */
export async function askedModel(
  { config, gateway, wantedModel }: Pick<PreparedCall, 'config' | 'gateway' | 'wantedModel'>,
  gateways: Gateways,
): Promise<AskedModel> {
  try {
    const signal = AbortSignal.timeout(mostWaitMs);
    const { entry } = await gateways.chooseModel(config, gateway, wantedModel, signal);
    return { id: entry.id, price: entry.price };
  } catch (thrown) {
    if (isImageGatewayError(thrown) && thrown.code === 'modelNotFound') throw thrown;
    return { id: wantedModel === '' ? gateways.rememberedModel(config) : wantedModel, price: undefined };
  }
}

/**
 * What images will cost, in words, as far as it is known, and what they take from the budget until then.
 * @param each what one image counts as, in millionths of a dollar
 */
export function costWords(
  { config }: Pick<PreparedCall, 'config'>,
  price: string | undefined,
  count: number,
  each: number,
): string {
  if (config.id === offlineGatewayId) return l10n.t('nothing: it is drawn on this machine');
  const counted = money(each * count);
  if (price === undefined)
    return l10n.t('unknown; counts as {0} of the budget until the gateway says', counted);
  const listed = countedPriceWords(price, count);
  return l10n.t(
    '{0} by the gateway’s list; counts as {1} of the budget until the gateway says',
    listed,
    counted,
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
