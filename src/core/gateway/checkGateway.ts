import { type FailureCode, isImageGatewayError, sentenceOf, throwIfCancelled } from '../failure.ts';
import type { Account } from './account.ts';
import type { Gateway } from './gateway.ts';
import type { ModelEntry } from './models.ts';

/** What went wrong with one step, for people and for programs. */
export interface CheckFailure {
  readonly code: FailureCode;
  readonly sentence: string;
}

/** What is known of the key. Only what was shown counts: a list that everybody gets proves nothing. */
export type KeyCheck =
  | { readonly kind: 'works'; readonly shownBy: 'account' | 'list' }
  | { readonly kind: 'refused'; readonly failure: CheckFailure }
  | {
      readonly kind: 'notTested';
      readonly why: 'notNeeded' | 'noKey' | 'noAnswer' | 'noPlace' | 'publicList' | 'unclear';
    };

/** What a free check of a gateway found out. */
export interface GatewayCheck {
  /** How long the list of models took to come, or why nothing came. */
  readonly reached: { readonly milliseconds: number } | CheckFailure;
  /** `none` where the gateway has no list. */
  readonly list: readonly ModelEntry[] | 'none' | CheckFailure;
  readonly key: KeyCheck;
  /** Absent where the gateway does not tell. */
  readonly account?: Account | CheckFailure;
}

export interface CheckParts {
  readonly gateway: Pick<Gateway, 'listModels' | 'readAccount'>;
  /** The same gateway asked without the key: whether everybody gets the list. */
  readonly keyless: Pick<Gateway, 'listModels'>;
  readonly hasKey: boolean;
  readonly takesKey: boolean;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock. */
  readonly now: () => number;
}

/**
 * Checks a gateway without spending anything: GET /models, and where there is a key GET of its account, else GET
 * /models once more without the key.
 * @throws cancelled, and nothing else: every failure is a finding
 */
export async function checkGateway(parts: CheckParts): Promise<GatewayCheck> {
  const { gateway, hasKey, signal, now } = parts;
  const before = now();
  const listed = await settle(gateway.listModels(signal), signal);
  const milliseconds = Math.max(0, Math.round(now() - before));
  const list = 'failure' in listed ? listed.failure : (listed.value ?? 'none');
  if (isFailure(list) && isUnreachable(list))
    return { reached: list, list, key: untested(parts, 'noAnswer') };
  const reached = { milliseconds };
  if (!hasKey) return { reached, list, key: untested(parts, 'noKey') };
  const told = await settle(gateway.readAccount(signal), signal);
  const account = 'failure' in told ? told.failure : told.value;
  const key = keyByAccount(account) ?? (await keyByList(list, parts));
  return { reached, list, key, ...(account !== undefined && { account }) };
}

/** Tells a failure from what was found. */
export function isFailure(found: unknown): found is CheckFailure {
  return typeof found === 'object' && found !== null && 'code' in found && 'sentence' in found;
}

function keyByAccount(account: Account | CheckFailure | undefined): KeyCheck | undefined {
  if (account === undefined) return undefined;
  if (!isFailure(account)) return { kind: 'works', shownBy: 'account' };
  return isKeyRefused(account) ? { kind: 'refused', failure: account } : undefined;
}

async function keyByList(list: GatewayCheck['list'], parts: CheckParts): Promise<KeyCheck> {
  if (list === 'none') return { kind: 'notTested', why: 'noPlace' };
  if (isFailure(list))
    return isKeyRefused(list) ? { kind: 'refused', failure: list } : { kind: 'notTested', why: 'unclear' };
  const without = await settle(parts.keyless.listModels(parts.signal), parts.signal);
  if (!('failure' in without)) return { kind: 'notTested', why: 'publicList' };
  return isKeyRefused(without.failure)
    ? { kind: 'works', shownBy: 'list' }
    : { kind: 'notTested', why: 'unclear' };
}

function untested({ takesKey }: CheckParts, why: 'noKey' | 'noAnswer'): KeyCheck {
  return { kind: 'notTested', why: takesKey ? why : 'notNeeded' };
}

function isKeyRefused({ code }: CheckFailure): boolean {
  return code === 'unauthorized' || code === 'forbidden';
}

function isUnreachable({ code }: CheckFailure): boolean {
  return code === 'network' || code === 'timeout' || code === 'interrupted';
}

async function settle<T>(
  asked: Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly value: T } | { readonly failure: CheckFailure }> {
  try {
    return { value: await asked };
  } catch (thrown) {
    throwIfCancelled(signal);
    if (!isImageGatewayError(thrown)) throw thrown;
    return { failure: { code: thrown.code, sentence: sentenceOf(thrown) } };
  }
}
