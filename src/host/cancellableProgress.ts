import * as vscode from 'vscode';
import { ImageGatewayError } from '../core/failure.ts';

/**
 * Runs a task under a progress notification with a Cancel button.
 * @param task takes the signal that Cancel aborts, and a function that tells how far it is
 */
export function withCancellableProgress<T>(
  title: string,
  task: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const controller = new AbortController();
      const listener = token.onCancellationRequested(() => {
        controller.abort(new ImageGatewayError('cancelled', 'It was cancelled.'));
      });
      try {
        return await task(controller.signal, (message) => progress.report({ message }));
      } finally {
        listener.dispose();
      }
    },
  );
}
