import { dollarWords } from '../gateway/dollars.ts';

/** A session of an agent in a workspace ends so many milliseconds after its last call: four hours. */
export const sessionPauseMs = 4 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** How long a call is remembered, and how many are. */
const keptMs = 7 * dayMs;
const mostEntries = 5000;

/** One call of an agent that was, or may be, paid for. */
export interface AgentEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Which workspace's; an id without meaning. */
  readonly workspace: string;
  readonly images: number;
  /** Millionths of a dollar. */
  readonly cost: number;
  /** Whether the gateway has said that it costs so much; else it is the most that is assumed. */
  readonly isKnown: boolean;
}

/** Every call that still counts, oldest first. */
export type AgentJournal = readonly AgentEntry[];

/** What agents used: images, and millionths of a dollar. */
export interface AgentUse {
  readonly images: number;
  readonly cost: number;
  /** Whether all of the cost is what gateways said. */
  readonly isKnown: boolean;
}

/** The person's bounds, in images and in millionths of a dollar. */
export interface AgentLimits {
  readonly imagesPerSession: number;
  readonly imagesPerDay: number;
  readonly costPerSession: number;
  readonly costPerDay: number;
  /** What an image of unknown cost counts as. */
  readonly assumedCost: number;
}

/**
 * What the calls of this workspace used since the last pause that ended a session. A session goes on over a reload of
 * the window: it is of the workspace, and of nothing that lives in a window.
 */
export function sessionUse(journal: AgentJournal, workspace: string, now: number): AgentUse {
  const own = journal.filter((entry) => entry.workspace === workspace).sort((a, b) => b.at - a.at);
  const session: AgentEntry[] = [];
  let until = now;
  for (const entry of own) {
    if (until - entry.at >= sessionPauseMs) break;
    session.push(entry);
    until = entry.at;
  }
  return sum(session);
}

/** What all agents used in the last 24 hours, in every workspace. */
export function dayUse(journal: AgentJournal, now: number): AgentUse {
  return sum(journal.filter(({ at }) => at > now - dayMs));
}

function sum(entries: readonly AgentEntry[]): AgentUse {
  return {
    images: entries.reduce((total, { images }) => total + images, 0),
    cost: entries.reduce((total, { cost }) => total + cost, 0),
    isKnown: entries.every(({ isKnown }) => isKnown),
  };
}

/**
 * Whether a further call fits into every bound.
 * @param images that it asks for @param cost that it may have, in millionths of a dollar
 * @returns one sentence naming what is left and the setting that says so; undefined where it fits
 */
export function budgetProblem(
  { session, day }: { readonly session: AgentUse; readonly day: AgentUse },
  { images, cost }: { readonly images: number; readonly cost: number },
  limits: AgentLimits,
): string | undefined {
  const counts = [
    ['session', session.images, limits.imagesPerSession, 'maxImagesPerSession'],
    ['day', day.images, limits.imagesPerDay, 'maxImagesPerDay'],
  ] as const;
  for (const [period, used, most, setting] of counts) {
    if (used + images <= most) continue;
    const left = Math.max(0, most - used);
    return `Agents have used ${used} of ${most} images of this ${period}: ${left} left, ${images} asked for. ${whatNow(period, setting)}`;
  }
  const amounts = [
    ['session', session.cost, limits.costPerSession, 'maxCostPerSession'],
    ['day', day.cost, limits.costPerDay, 'maxCostPerDay'],
  ] as const;
  for (const [period, used, most, setting] of amounts) {
    if (used + cost <= most) continue;
    const left = money(Math.max(0, most - used));
    return `Agents have used ${money(used)} of ${money(most)} of this ${period}: ${left} left, and this may cost ${money(cost)}. ${whatNow(period, setting)}`;
  }
  return undefined;
}

function whatNow(period: 'session' | 'day', setting: string): string {
  const end =
    period === 'session' ? '4 hours after its last call a session ends' : 'a day is the last 24 hours';
  return `Tell the person, who can raise imageGateway.agent.${setting}; ${end}.`;
}

/** "$0.25", of millionths of a dollar. */
export function money(millionths: number): string {
  return dollarWords(BigInt(Math.ceil(millionths)));
}

/** The journal without what no longer counts. */
export function pruned(journal: AgentJournal, now: number): AgentJournal {
  return [...journal]
    .filter(({ at }) => at > now - keptMs)
    .sort((a, b) => a.at - b.at)
    .slice(-mostEntries);
}

/**
 * Two records of the same journal as one: what other windows stored, and what this one knows. Of an entry in both, this
 * window's is newer.
 */
export function mergedJournal(stored: AgentJournal, own: Iterable<AgentEntry>): AgentJournal {
  const byId = new Map(stored.map((entry) => [entry.id, entry]));
  for (const entry of own) byId.set(entry.id, entry);
  return [...byId.values()];
}

/** A stored journal; what is no entry is left out. */
export function parseAgentJournal(stored: unknown): AgentJournal {
  if (!Array.isArray(stored)) return [];
  return (stored as unknown[]).flatMap((one) => {
    if (typeof one !== 'object' || one === null) return [];
    const { id, at, workspace, images, cost, isKnown } = one as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof workspace !== 'string') return [];
    if (!isAmount(at) || !isAmount(images) || !isAmount(cost)) return [];
    return [{ id, at, workspace, images, cost, isKnown: isKnown === true }];
  });
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
