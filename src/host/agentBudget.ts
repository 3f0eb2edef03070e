import * as vscode from 'vscode';
import {
  type AgentEntry,
  type AgentJournal,
  type AgentLimits,
  budgetProblem,
  dayUse,
  mergedJournal,
  money,
  pruned,
  sessionUse,
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
    if (problem !== undefined) throw new ImageGatewayError('budgetExceeded', problem);
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
      ...{ id: crypto.randomUUID(), at: this.now(), workspace, images, cost: images * costEach },
      isKnown: false,
    };
    this.own.set(entry.id, entry);
    try {
      await this.write();
    } catch {
      this.own.delete(entry.id);
      throw new ImageGatewayError(
        'saveFailed',
        'The budget of agents could not be written down; nothing was sent.',
      );
    }
    return {
      settle: async (bill, came) => {
        const now = settled(entry, bill, came);
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

  /** One line for the panel; empty where no agent has used anything in the last 24 hours. */
  line(limits: AgentLimits): string {
    const { images, cost, isKnown } = this.uses().day;
    if (images === 0 && cost === 0) return '';
    const counted = images === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', images);
    const spent = isKnown ? money(cost) : vscode.l10n.t('at most {0}', money(cost));
    return vscode.l10n.t(
      'Agents in the last 24 hours: {0}, {1} of {2}',
      counted,
      spent,
      money(limits.costPerDay),
    );
  }

  dispose(): void {
    this.changed.dispose();
  }

  private uses() {
    const journal = mergedJournal(this.record.get(), this.own.values());
    const now = this.now();
    return { session: sessionUse(journal, this.workspace.get(), now), day: dayUse(journal, now) };
  }

  private workspaceId(): string {
    const known = this.workspace.get();
    if (known !== '') return known;
    const id = crypto.randomUUID();
    void this.workspace.set(id);
    return id;
  }

  private async write(): Promise<void> {
    const journal = mergedJournal(this.record.get(), this.own.values());
    await this.record.set(pruned(journal, this.now()));
    this.changed.fire();
  }
}

/** What a gateway says in dollars is what it costs; anything else counts as the most that was assumed. */
function settled(entry: AgentEntry, bill: Bill, came: number): AgentEntry {
  if (bill === 'none') return { ...entry, images: 0, cost: 0, isKnown: true };
  const images = came > 0 ? came : entry.images;
  const told = bill === 'unknown' || bill.currency !== 'USD' ? undefined : parseDollars(bill.amount);
  if (told !== undefined && told >= 0n) return { ...entry, images, cost: Number(told), isKnown: true };
  // More came than was asked for: each counts.
  return { ...entry, images, cost: Math.max(entry.cost, (entry.cost / entry.images) * images) };
}
