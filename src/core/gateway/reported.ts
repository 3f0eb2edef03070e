import type { Cost, Usage } from '../events.ts';
import { asRecord, asString } from './json.ts';

/** Tokens as the gateway counts them; members that are not numbers are left out. */
export function readUsage(value: unknown): Usage | undefined {
  const usage = asRecord(asRecord(value)?.['usage']);
  if (usage === undefined) return undefined;
  const numbers = Object.entries(usage).filter(
    ([, count]) => typeof count === 'number' && Number.isFinite(count),
  );
  return numbers.length === 0 ? undefined : (Object.fromEntries(numbers) as Usage);
}

/**
 * The cost, where the gateway reports one, in US dollars: Vercel's `provider_metadata.gateway.cost` (a string),
 * OpenRouter's `usage.cost` (a number), xAI's `usage.cost_in_usd_ticks` (10^10 of them are a dollar:
 * docs.x.ai, "Cost Tracking"). Absent means unknown, never zero.
 */
export function readCost(value: unknown): Cost | undefined {
  const answer = asRecord(value);
  const metadata = asRecord(answer?.['provider_metadata'] ?? answer?.['providerMetadata']);
  const usage = asRecord(answer?.['usage']);
  const told = asRecord(metadata?.['gateway'])?.['cost'] ?? usage?.['cost'];
  const amount = decimalOf(told) ?? ofTicks(usage?.['cost_in_usd_ticks']);
  return amount === undefined ? undefined : { amount, currency: 'USD' };
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
