import { addDecimals } from '../cost.ts';
import type { Cost, Usage } from '../events.ts';
import { oneLine } from '../outsideText.ts';
import type { Told } from '../receipt.ts';
import { asArray, asRecord, asString } from './json.ts';

/** Longest name that is taken for one, in UTF-16 units. */
const mostTold = 120;

/**
 * Reads by which model, and in which quality, an answer says it was made: `model` of a chat completion and of OpenRouter's
 * images, `quality` of OpenAI's images answer. Absent means that it does not say.
 */
export function readTold(value: unknown): Told | undefined {
  const answer = asRecord(value);
  const [model, quality] = [nameIn(answer?.['model']), nameIn(answer?.['quality'])];
  if (model === undefined && quality === undefined) return undefined;
  return { ...(model !== undefined && { model }), ...(quality !== undefined && { quality }) };
}

function nameIn(value: unknown): string | undefined {
  const name = asString(value)?.trim();
  return name === undefined || name === '' || name.length > mostTold ? undefined : oneLine(name);
}

/** Tokens as the gateway counts them; what is no number, and what is no name for one, is left out. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asRecord(asRecord(value)?.['usage']);
  if (usage === undefined) return undefined;
  const numbers = Object.entries(usage).filter(
    ([name, count]) => usageName.test(name) && typeof count === 'number' && Number.isFinite(count),
  );
  return numbers.length === 0 ? undefined : (Object.fromEntries(numbers.slice(0, 64)) as Usage);
}

/** Outside words are no names: they reach other extensions as members of the result. */
const usageName = /^[a-z]{1,24}(_[a-z0-9]{1,24}){0,5}$/;

/**
 * The cost, where the gateway reports one, in US dollars: Vercel's `provider_metadata.gateway.cost` (a string),
 * OpenRouter's `usage.cost` (a number), xAI's `usage.cost_in_usd_ticks` (10^10 of them are a dollar:
 * docs.x.ai, "Cost Tracking"). Absent means unknown, never zero.
 */
export function readCost(value: unknown): Cost | undefined {
  const answer = asRecord(value);
  const [choice] = asArray(answer?.['choices']).map(asRecord);
  const message = asRecord(choice?.['message'] ?? choice?.['delta']);
  const metadata = asRecord(
    answer?.['provider_metadata'] ?? answer?.['providerMetadata'] ?? message?.['provider_metadata'],
  );
  const usage = asRecord(answer?.['usage']);
  const told = asRecord(metadata?.['gateway'])?.['cost'] ?? usage?.['cost'];
  const amount = decimalOf(told) ?? ofTicks(usage?.['cost_in_usd_ticks']);
  if (amount === undefined) return undefined;
  if (usage?.['is_byok'] !== true) return { amount, currency: 'USD' };
  // With a provider's key of one's own its bill comes on top.
  const upstream = decimalOf(asRecord(usage['cost_details'])?.['upstream_inference_cost']);
  return upstream === undefined ? undefined : { amount: addDecimals(amount, upstream), currency: 'USD' };
}

/** A decimal without sign and exponent, or undefined. */
function decimalOf(value: unknown): string | undefined {
  const text = asString(value)?.trim();
  if (text !== undefined && /^\d{1,9}(\.\d{1,18})?$/.test(text)) return text;
  const number = text !== undefined && /^\d+(\.\d+)?e-?\d+$/i.test(text) ? Number(text) : value;
  if (typeof number !== 'number' || !(number >= 0) || number >= 1e9) return undefined;
  return trimmed(number.toFixed(12));
}

function ofTicks(value: unknown): string | undefined {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return undefined;
  const digits = String(value).padStart(11, '0');
  return trimmed(`${digits.slice(0, -10)}.${digits.slice(-10)}`);
}

function trimmed(decimal: string): string {
  return decimal.replace(/\.?0+$/, '');
}
