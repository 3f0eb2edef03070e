import { dollarWords } from '../gateway/dollars.ts';

/** A session of an agent in a workspace ends so many milliseconds after its last call: four hours. */
export const sessionPauseMs = 4 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** How many calls are remembered: so many of the last seven days, and fewer whatever their age, because clocks err. */
const keptMs = 7 * dayMs;
const mostEntries = 5000;
const keptAnyway = 1000;

/** One call of an agent that was, or may be, paid for. */
export interface AgentEntry {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** When a clock first stood before `at`: it was ahead then, or is behind now. */
  readonly seen?: number;
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
  const own = journal.filter((entry) => entry.workspace === workspace);
  const session: AgentEntry[] = [];
  let until = now;
  for (const entry of own.sort((a, b) => countedAt(b, now) - countedAt(a, now))) {
    if (until - countedAt(entry, now) >= sessionPauseMs) break;
    session.push(entry);
    until = countedAt(entry, now);
  }
  return sum(session);
}

/** What all agents used in the last 24 hours, in every workspace. */
export function dayUse(journal: AgentJournal, now: number): AgentUse {
  return sum(journal.filter((entry) => countedAt(entry, now) > now - dayMs));
}

/** When a call counts as made: one that lies ahead, when that was first seen. */
function countedAt({ at, seen }: AgentEntry, now: number): number {
  return at <= now ? at : Math.min(seen ?? now, now);
}

/** The time of a new call: a clock that was set back makes it no older than those that were there before it. */
export function timeOfNext(journal: AgentJournal, now: number): Pick<AgentEntry, 'at' | 'seen'> {
  const at = journal.reduce((latest, entry) => Math.max(latest, entry.at), now);
  return at > now ? { at, seen: now } : { at };
}

/** Whether calls lie ahead of which it is not written down since when: without that they would count until then. */
export function liesAhead(journal: AgentJournal, now: number): boolean {
  return journal.some(({ at, seen }) => at > now && (seen === undefined || seen > now));
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

/** The journal without what no longer counts, oldest first; what lies ahead is marked as seen. */
export function pruned(journal: AgentJournal, now: number): AgentJournal {
  return journal
    .filter(({ images, cost }) => images > 0 || cost > 0)
    .map((entry) => (liesAhead([entry], now) ? { ...entry, seen: now } : entry))
    .sort((a, b) => countedAt(a, now) - countedAt(b, now))
    .slice(-mostEntries)
    .filter(
      (entry, index, { length }) => index >= length - keptAnyway || countedAt(entry, now) > now - keptMs,
    );
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
    const { id, at, seen, workspace, images, cost, isKnown } = one as Readonly<Record<string, unknown>>;
    if (typeof id !== 'string' || typeof workspace !== 'string') return [];
    if (!isAmount(at) || !isAmount(images) || !isAmount(cost)) return [];
    return [{ id, at, ...(isAmount(seen) && { seen }), workspace, images, cost, isKnown: isKnown === true }];
  });
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
