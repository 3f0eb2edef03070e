import { ImageGatewayError } from '../failure.ts';
import { dollarWords, parseDollars } from './dollars.ts';
import { asRecord } from './json.ts';

/** Where a gateway tells its account: Vercel's GET /credits, OpenRouter's GET /key. Neither costs anything. */
export type AccountRoute = 'credits' | 'key';

/** What a gateway says of the account behind a key. Amounts are written out, in US dollars; absent: not said. */
export interface Account {
  /** Whose figures these are: of the account's credit, or of what this one key may spend. */
  readonly of: 'credit' | 'keyLimit';
  readonly left?: string;
  readonly used?: string;
  /** Of a key; `none` where it has no limit of its own. */
  readonly limit?: string;
  readonly isFreeTier?: boolean;
}

/**
 * Reads what a gateway says of its account.
 * @param text the body of the answer
 * @throws malformedResponse where it says nothing of the kind: a login page with status 200 shows no key to work
 */
export function parseAccount(route: AccountRoute, text: string, gatewayName: string): Account {
  const account = route === 'credits' ? readCredits(parseJson(text)) : readKey(parseJson(text));
  if (account !== undefined) return account;
  throw new ImageGatewayError(
    'malformedResponse',
    `${gatewayName} said nothing of the account that is known.`,
  );
}

/** `{balance: "95.50", total_used: "4.50"}`; the documents write numbers, the wire strings. */
function readCredits(answer: unknown): Account | undefined {
  const record = asRecord(answer);
  const left = amount(record?.['balance']);
  const used = amount(record?.['total_used']);
  if (left === undefined && used === undefined) return undefined;
  return { of: 'credit', ...(left !== undefined && { left }), ...(used !== undefined && { used }) };
}

/** `{data: {usage, limit, limit_remaining, is_free_tier, label …}}`; the label shows parts of the key and is left out. */
function readKey(answer: unknown): Account | undefined {
  const data = asRecord(asRecord(answer)?.['data']);
  if (data === undefined) return undefined;
  const used = amount(data['usage']);
  const left = amount(data['limit_remaining']);
  const limit = data['limit'] === null ? 'none' : amount(data['limit']);
  const isFreeTier = data['is_free_tier'];
  if (used === undefined && left === undefined && limit === undefined) return undefined;
  return {
    of: 'keyLimit',
    ...(left !== undefined && { left }),
    ...(used !== undefined && { used }),
    ...(limit !== undefined && { limit }),
    ...(typeof isFreeTier === 'boolean' && { isFreeTier }),
  };
}

function amount(value: unknown): string | undefined {
  const millionths = parseDollars(value);
  return millionths === undefined ? undefined : dollarWords(millionths);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
