import { dollarWords, parseDollars } from './dollars.ts';
import { asArray, asRecord, asString } from './json.ts';

type Pricing = Readonly<Record<string, unknown>>;

/** Prices of tokens are listed for one and told for a million. */
const million = 1_000_000n;

/** The most price lines of one model that are looked at. */
const mostLines = 100;

/**
 * Says in a short phrase what a gateway's list says of a model's price, in US dollars as every documented list has
 * them: Vercel (`image`, `image_dimension_quality_pricing`, `input`/`output` of a token), OpenRouter and Agnic
 * (`prompt`/`completion` of a token, `image_output`, `request`), and OpenRouter's lines of image models.
 * @param pricing the entry's member, unchecked
 * @returns undefined where the list says nothing that can be relied on: zero stands for "does not apply" as often
 *   as for "free", and -1 for "varies"
 */
export function priceWords(pricing: unknown): string | undefined {
  if (Array.isArray(pricing)) return joined(lineWords(pricing as unknown[]));
  const record = asRecord(pricing);
  if (record === undefined) return undefined;
  // Of OpenRouter's shape `image` is the price of a picture that is sent, not of one that is made.
  const isPerPrompt = 'prompt' in record || 'completion' in record;
  return joined(isPerPrompt ? promptWords(record) : imageWords(record));
}

/**
 * Says what several pictures cost that are asked for one by one, never a sum that nobody promised.
 * @param words of `priceWords` @param count of pictures
 * @returns `3 × $0.04 per image`; a rate (of tokens, of megapixels) as it is: nobody knows how many there will be
 */
export function countedPriceWords(words: string, count: number): string {
  // What is counted stands first.
  return count > 1 && /^[^,]* per (image|request)(,|$)/.test(words) ? `${count} × ${words}` : words;
}

function imageWords(pricing: Pricing): (string | undefined)[] {
  const variants = [pricing['image_dimension_quality_pricing'], pricing['image_gen_pricing']]
    .flatMap(asArray)
    .slice(0, mostLines)
    .map((one) => asRecord(one)?.['cost']);
  return [
    range(
      [pricing['image'], ...variants].map((one) => price(one)),
      'per image',
    ),
    tokenWords(pricing['input'], pricing['output']),
  ];
}

function promptWords(pricing: Pricing): (string | undefined)[] {
  return [
    range([price(pricing['request'])], 'per request'),
    tokenWords(pricing['prompt'], pricing['completion']),
    range([price(pricing['image_output'], million)], 'per M image tokens'),
  ];
}

/** Lines `{billable, unit, cost_usd}`; what is sent costs, too, but does not compare models. */
function lineWords(lines: readonly unknown[]): (string | undefined)[] {
  const made = lines
    .slice(0, mostLines)
    .map((one) => asRecord(one) ?? {})
    .filter((line) => /^(output_image|image_output|image)$/.test(asString(line['billable']) ?? ''));
  const of = (unit: string, times = 1n) =>
    made.filter((line) => line['unit'] === unit).map((line) => price(line['cost_usd'], times));
  return [
    range(of('image'), 'per image'),
    range(of('megapixel'), 'per megapixel'),
    range(of('token', million), 'per M image tokens'),
  ];
}

function tokenWords(input: unknown, output: unknown): string | undefined {
  const sent = price(input, million);
  const made = price(output, million);
  if (sent !== undefined && made !== undefined)
    return `${dollarWords(sent)} / ${dollarWords(made)} per M tokens`;
  return range([sent], 'per M input tokens') ?? range([made], 'per M output tokens');
}

/** A price that says something: more than nothing. */
function price(value: unknown, times = 1n): bigint | undefined {
  const millionths = parseDollars(value, times);
  return millionths !== undefined && millionths > 0n ? millionths : undefined;
}

function range(prices: readonly (bigint | undefined)[], unit: string): string | undefined {
  const known = prices.filter((one) => one !== undefined);
  const [first] = known;
  if (first === undefined) return undefined;
  const least = known.reduce((one, other) => (other < one ? other : one), first);
  const most = known.reduce((one, other) => (other > one ? other : one), first);
  return `${dollarWords(least)}${most > least ? `–${dollarWords(most)}` : ''} ${unit}`;
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  const said = parts.filter((one) => one !== undefined);
  return said.length > 0 ? said.join(', ') : undefined;
}
