import * as vscode from 'vscode';
import type { Originals } from '../core/originals/originals.ts';
import { commandIds } from './ids.ts';
import type { Log } from './log.ts';

/** As long as a picture may be worked on before it is saved. */
const underWorkMs = 2 * 60_000;

/** Tells, once in a window, of images that were received in earlier ones and never saved. */
export class RecoveryOffer {
  private readonly originals: Originals;
  private readonly log: Log;
  /** Milliseconds since 1970. */
  private readonly startedAt = Date.now();
  private wasMade = false;

  constructor(originals: Originals, log: Log) {
    this.originals = originals;
    this.log = log;
  }

  /** Looks, and tells where there is something to tell; never rejects. Meant for when a person uses the extension. */
  async make(): Promise<void> {
    if (this.wasMade) return;
    try {
      const left = (await this.originals.list()).filter(
        ({ saved, receivedAt }) => saved === undefined && receivedAt < this.startedAt,
      );
      const now = Date.now();
      const lost = left.filter(({ receivedAt }) => now - receivedAt > underWorkMs);
      // Others may be under work in another window: they are looked at again.
      this.wasMade = lost.length > 0 || left.length === 0;
      if (lost.length > 0) await tell(lost.length);
    } catch (thrown) {
      this.log.error('The storage could not be read.', thrown);
    }
  }
}

async function tell(count: number): Promise<void> {
  const recover = vscode.l10n.t('Recover Images');
  const told =
    count === 1
      ? vscode.l10n.t('An image that was received earlier was never saved.')
      : vscode.l10n.t('{0} images that were received earlier were never saved.', count);
  if ((await vscode.window.showInformationMessage(told, recover)) === recover)
    await vscode.commands.executeCommand(commandIds.recoverImages);
}
