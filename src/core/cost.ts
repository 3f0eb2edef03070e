import type { Cost, Usage } from './events.ts';

const fraction = 18;

/**
 * Adds decimal strings exactly, without the noise of binary fractions.
 * @param one, other digits with an optional fraction of at most 18 digits, no sign, no exponent
 */
export function addDecimals(one: string, other: string): string {
  const digits = (scaled(one) + scaled(other)).toString().padStart(fraction + 1, '0');
  return `${digits.slice(0, -fraction)}.${digits.slice(-fraction)}`.replace(/\.?0+$/, '');
}

function scaled(decimal: string): bigint {
  const [whole = '', part = ''] = decimal.split('.');
  return BigInt(whole + part.slice(0, fraction).padEnd(fraction, '0'));
}

/**
 * The usage and cost of several answers together. A sum in which one answer's cost is missing is not the cost: it is
 * unknown then.
 */
export class UsageTotal {
  private usage: Usage | undefined;
  private amount: string | undefined = '0';
  private currency: string | undefined;
  private answers = 0;

  /** Adds what one answer reported, if it reported anything. */
  add(reported: { readonly usage?: Usage; readonly cost?: Cost } | undefined): void {
    this.answers++;
    if (reported?.usage !== undefined) this.usage = addUsage(this.usage, reported.usage);
    const { cost } = reported ?? {};
    const isSame = this.currency === undefined || this.currency === cost?.currency;
    this.amount =
      cost && isSame && this.amount !== undefined ? addDecimals(this.amount, cost.amount) : undefined;
    this.currency ??= cost?.currency;
  }

  /** What is known of all answers together; undefined where nothing was reported. */
  get total(): { readonly usage?: Usage; readonly cost?: Cost } | undefined {
    const { usage, amount, currency } = this;
    const cost =
      this.answers > 0 && amount !== undefined && currency !== undefined ? { amount, currency } : undefined;
    if (usage === undefined && cost === undefined) return undefined;
    return { ...(usage && { usage }), ...(cost && { cost }) };
  }
}

function addUsage(one: Usage | undefined, other: Usage): Usage {
  if (one === undefined) return other;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  const count = (usage: Usage, name: string) => (Object.hasOwn(usage, name) ? (usage[name] ?? 0) : 0);
  return Object.fromEntries([...names].map((name) => [name, count(one, name) + count(other, name)]));
}
