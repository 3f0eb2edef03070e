import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import type { PreparedCall } from '../imageCall.ts';

/**
 * Waits for what may be asking the person something (for a key, say). Cancelled, it takes back the question, too: it
 * would stay open, because the focus is in the panel.
 */
export async function untilCancelled(
  prepare: () => Promise<PreparedCall>,
  signal: AbortSignal,
): Promise<PreparedCall> {
  if (signal.aborted) throw new ImageGatewayError('cancelled', 'The request was cancelled.');
  return new Promise<PreparedCall>((resolve, reject) => {
    const cancel = () => {
      reject(new ImageGatewayError('cancelled', 'The request was cancelled.'));
      void vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    };
    signal.addEventListener('abort', cancel, { once: true });
    prepare()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', cancel));
  });
}
