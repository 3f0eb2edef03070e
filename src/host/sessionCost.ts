import * as vscode from 'vscode';
import { followBill } from '../core/billing.ts';
import { addDecimals } from '../core/cost.ts';
import type { Cost, GenerationEvent } from '../core/events.ts';

/** What the requests of this window cost together, as far as the gateways said. */
export class SessionCost implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly amounts = new Map<string, string>();
  private unknown = 0;

  /** Follows one request. @returns takes its events, in their order */
  follow(): (event: GenerationEvent) => void {
    const bill = followBill();
    return (event) => {
      const cost = bill(event);
      if (cost !== undefined && cost !== 'none') this.add(cost === 'unknown' ? undefined : cost);
    };
  }

  /** One line for the panel; empty before the first request. */
  line(): string {
    const known = [...this.amounts].map(([currency, amount]) => `${amount} ${currency}`).join(' + ');
    const unknown =
      this.unknown === 1
        ? vscode.l10n.t('1 request of unknown cost')
        : vscode.l10n.t('{0} requests of unknown cost', this.unknown);
    const parts = [...(known === '' ? [] : [known]), ...(this.unknown === 0 ? [] : [unknown])];
    return parts.length === 0 ? '' : vscode.l10n.t('This session: {0}', parts.join(' + '));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private add(cost: Cost | undefined): void {
    if (cost === undefined) this.unknown++;
    else this.amounts.set(cost.currency, addDecimals(this.amounts.get(cost.currency) ?? '0', cost.amount));
    this.changed.fire();
  }
}
