import * as vscode from 'vscode';
import {
  type AgentEntry,
  type AgentJournal,
  type AgentLimits,
  budgetProblem,
  dayUse,
  liesAhead,
  mergedJournal,
  money,
  pruned,
  sessionUse,
  timeOfNext,
} from '../core/agent/agentJournal.ts';
import type { Bill } from '../core/billing.ts';
import { ImageGatewayError } from '../core/failure.ts';
import { parseDollars } from '../core/gateway/dollars.ts';
import type { Remembered } from './memory.ts';

/** What one call may use, taken from the budget before anything is sent. */
export interface AgentReservation {
  /**
   * Puts what it really used in its place.
   * @param came how many pictures came
   * @returns what it counts as now, in millionths of a dollar
   */
  settle(bill: Bill, came: number): Promise<number>;
}

/** Entries that a window keeps for itself. */
const mostOwn = 1000;

/** Bounds what chat agents use of images and money, in one session and in one day, whatever they were allowed. */
export class AgentBudget implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly record: Remembered<AgentJournal>;
  private readonly workspace: Remembered<string>;
  private readonly now: () => number;
  /**
   * What this window took. The stored journal is written later than twenty calls at once arrive, and another window can
   * write it in between.
   */
  private readonly own = new Map<string, AgentEntry>();
  /** Of a workspace that has none written down yet. */
  private newWorkspace: string | undefined;

  /** @param workspace an id without meaning that this workspace keeps; empty: none yet */
  constructor(record: Remembered<AgentJournal>, workspace: Remembered<string>, now: () => number = Date.now) {
    this.record = record;
    this.workspace = workspace;
    this.now = now;
  }

  /**
   * Whether so many images fit, without taking anything.
   * @throws budgetExceeded
   */
  check(images: number, costEach: number, limits: AgentLimits): void {
    const problem = budgetProblem(this.uses(), { images, cost: images * costEach }, limits);
    if (problem === undefined) return;
    // Nothing else would be written now, and what lies ahead would count for ever.
    if (liesAhead(this.journal(), this.now())) void this.write().catch(() => undefined);
    throw new ImageGatewayError('budgetExceeded', problem);
  }

  /**
   * Takes images and what they may cost from the budget, and has it written down before it returns.
   * @param costEach millionths of a dollar
   * @throws budgetExceeded; saveFailed where it cannot be written down: then nothing may be sent
   */
  async reserve(images: number, costEach: number, limits: AgentLimits): Promise<AgentReservation> {
    // Up to the first `await` nobody comes between: what was looked at is what is taken from.
    this.check(images, costEach, limits);
    const workspace = this.workspaceId();
    const entry: AgentEntry = {
      ...{ id: crypto.randomUUID(), ...timeOfNext(this.journal(), this.now()) },
      ...{ workspace, images, cost: images * costEach, isKnown: false },
    };
    this.own.set(entry.id, entry);
    try {
      // Without it, what was used would be of another session after a reload.
      if (this.workspace.get() !== workspace) await this.workspace.set(workspace);
      await this.write();
    } catch {
      // What is kept in memory may hold it all the same.
      this.own.set(entry.id, { ...entry, images: 0, cost: 0, isKnown: true });
      throw new ImageGatewayError(
        'saveFailed',
        'The budget of agents could not be written down; nothing was sent.',
      );
    }
    return {
      settle: async (bill, came) => {
        const now = settled(this.own.get(entry.id) ?? entry, bill, came);
        this.own.set(entry.id, now);
        // The picture is there and paid for. What stays written down is the most that it may have cost.
        await this.write().catch(() => undefined);
        return now.cost;
      },
    };
  }

  /** What is left of the session, for whoever asks or is told. */
  left(limits: AgentLimits): { readonly images: number; readonly cost: string } {
    const { session, day } = this.uses();
    return {
      images: Math.max(
        0,
        Math.min(limits.imagesPerSession - session.images, limits.imagesPerDay - day.images),
      ),
      cost: money(Math.max(0, Math.min(limits.costPerSession - session.cost, limits.costPerDay - day.cost))),
    };
  }

  /** One line for the panel, of what was used and what is left; empty where no agent has used anything in 24 hours. */
  line(limits: AgentLimits): string {
    const { images, cost, isKnown } = this.uses().day;
    if (images === 0 && cost === 0) return '';
    const spent = isKnown ? money(cost) : vscode.l10n.t('at most {0}', money(cost));
    const left = this.left(limits);
    return vscode.l10n.t(
      'Agents in the last 24 hours: {0}, {1} of {2}; left in this session: {3}, {4}',
      ...[imageCount(images), spent, money(limits.costPerDay), imageCount(left.images), left.cost],
    );
  }

  dispose(): void {
    this.changed.dispose();
  }

  private uses() {
    const [journal, now] = [this.journal(), this.now()];
    return { session: sessionUse(journal, this.workspaceId(), now), day: dayUse(journal, now) };
  }

  private journal(): AgentJournal {
    return mergedJournal(this.record.get(), this.own.values());
  }

  private workspaceId(): string {
    const known = this.workspace.get();
    return known === '' ? (this.newWorkspace ??= crypto.randomUUID()) : known;
  }

  private async write(): Promise<void> {
    const written = [...this.own.values()];
    const journal = pruned(this.journal(), this.now());
    await this.record.set(journal);
    const kept = new Map(journal.map((entry) => [entry.id, entry]));
    for (const entry of written) {
      // What was settled in the meantime is newer than what was written.
      if (this.own.get(entry.id) !== entry) continue;
      const now = kept.get(entry.id);
      // What cost nothing stays known here: what the editor tells of the record may still be what it was before.
      if (now !== undefined) this.own.set(entry.id, now);
      else if (entry.images > 0 || entry.cost > 0 || this.own.size > mostOwn) this.own.delete(entry.id);
    }
    this.changed.fire();
  }
}

function imageCount(images: number): string {
  return images === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', images);
}

/** What a gateway says in dollars is what it costs; anything else counts as the most that was assumed. */
function settled(entry: AgentEntry, bill: Bill, came: number): AgentEntry {
  if (bill === 'none') return { ...entry, images: 0, cost: 0, isKnown: true };
  // What was asked for is paid for, also where equal pictures came, or it was cancelled after the first.
  const images = Math.max(entry.images, came);
  const told = bill === 'unknown' || bill.currency !== 'USD' ? undefined : parseDollars(bill.amount);
  if (told !== undefined && told >= 0n) return { ...entry, images, cost: Number(told), isKnown: true };
  // More came than was asked for: each counts.
  return { ...entry, images, cost: Math.max(entry.cost, (entry.cost / entry.images) * images) };
}
