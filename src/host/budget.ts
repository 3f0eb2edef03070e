import { ImageGatewayError } from '../core/failure.ts';
import type { Remembered } from './memory.ts';

const hourMs = 3_600_000;

/** When images were asked for by calls with `prompt`: milliseconds since the epoch, one entry an image. */
export type BudgetRecord = readonly number[];

/** Bounds what other extensions, tasks and agents can spend in an hour (design.md, rule 6). */
export class Budget {
  private readonly record: Remembered<BudgetRecord>;
  private readonly now: () => number;
  private recent: BudgetRecord | undefined;

  constructor(record: Remembered<BudgetRecord>, now: () => number = Date.now) {
    this.record = record;
    this.now = now;
  }

  /**
   * Counts `n` images against the last hour.
   * @throws budgetExceeded when they do not fit; nothing is counted then
   */
  reserve(n: number, perHour: number): void {
    const now = this.now();
    const recent = this.since(now - hourMs, now);
    if (recent.length + n > perHour) {
      throw new ImageGatewayError(
        'budgetExceeded',
        `${recent.length} of ${perHour} images of this hour are used and ${n} more ${n === 1 ? 'was' : 'were'} asked for; wait, or raise imageGateway.request.maxImagesPerHour.`,
      );
    }
    this.recent = [...recent, ...Array.from({ length: n }, () => now)];
    void this.record.set(this.recent);
  }

  /**
   * What was asked for, as far as this window knows: the stored record is written later than twenty calls at
   * once arrive, but other windows write it, too. The longer of both has seen more.
   */
  private since(start: number, now: number): BudgetRecord {
    const [stored = [], own = []] = [this.record.get(), this.recent].map((record) =>
      record?.filter((at) => at > start && at <= now),
    );
    return stored.length > own.length ? stored : own;
  }
}

/** A stored record; entries that are no numbers are left out. */
export function parseBudgetRecord(stored: unknown): BudgetRecord {
  return Array.isArray(stored) ? stored.filter((one): one is number => typeof one === 'number') : [];
}
