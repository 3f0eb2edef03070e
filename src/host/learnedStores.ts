import { type GatewayConfig, gatewayKey } from '../core/gateway/gatewayConfig.ts';
import { type Learned, type LearnedStore, nothingLearned, parseLearned } from '../core/gateway/learned.ts';
import type { Remembered } from './memory.ts';

/** What gateways' refusals taught, by gateway and model. */
export type LearnedRecord = Readonly<Record<string, Learned>>;

/** The most models that are remembered; the ones learned of longest ago go first. */
const mostModels = 300;

/** Remembers, between windows, what each gateway and model takes. */
export class LearnedStores {
  private readonly record: Remembered<LearnedRecord>;

  constructor(record: Remembered<LearnedRecord>) {
    this.record = record;
  }

  /** The store of one gateway. */
  of(config: GatewayConfig): LearnedStore {
    const prefix = prefixOf(config);
    return {
      get: (model) => this.record.get()[prefix + model] ?? nothingLearned,
      set: (model, learned) => this.set(prefix + model, learned),
    };
  }

  /** Whether anything was learned of a gateway. */
  has(config: GatewayConfig): boolean {
    return Object.keys(this.record.get()).some((key) => key.startsWith(prefixOf(config)));
  }

  /** Forgets what was learned of a gateway: it may take today what it refused before. */
  async forget(config: GatewayConfig): Promise<void> {
    const left = Object.entries(this.record.get()).filter(([key]) => !key.startsWith(prefixOf(config)));
    await this.record.set(Object.fromEntries(left));
  }

  private set(key: string, learned: Learned): void {
    const { [key]: known = nothingLearned, ...others } = this.record.get();
    if (JSON.stringify(known) === JSON.stringify(learned)) return;
    const kept = Object.entries(others).slice(-(mostModels - 1));
    void this.record.set({ ...Object.fromEntries(kept), [key]: learned });
  }
}

/** A gateway's key holds no line break, nor does a model's id. */
function prefixOf(config: GatewayConfig): string {
  return `${gatewayKey(config)}\n`;
}

/** A stored record, entry by entry. */
export function parseLearnedRecord(stored: unknown): LearnedRecord {
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, parseLearned(value)]));
}
