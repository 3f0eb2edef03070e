import type * as vscode from 'vscode';
import { cleanLine } from '../core/outsideText.ts';

/** The extension's log. Keys and base64 are taken out of every line; the channel is made on first use. */
export class Log implements vscode.Disposable {
  private channel: vscode.LogOutputChannel | undefined;
  private readonly secrets = new Set<string>();
  private readonly createChannel: () => vscode.LogOutputChannel;

  constructor(createChannel: () => vscode.LogOutputChannel) {
    this.createChannel = createChannel;
  }

  /** Remembers a secret for as long as the window lives, so that no line can hold it. */
  addSecret(secret: string): void {
    this.secrets.add(secret);
  }

  info(message: string): void {
    this.open().info(this.clean(message));
  }

  warn(message: string): void {
    this.open().warn(this.clean(message));
  }

  /** Logs a failure with what caused it: the name and message only, never the object. */
  error(message: string, cause?: unknown): void {
    const why = cause instanceof Error ? ` (${cause.name}: ${cause.message})` : '';
    this.open().error(this.clean(message + why));
  }

  show(): void {
    this.open().show(true);
  }

  dispose(): void {
    this.channel?.dispose();
  }

  private open(): vscode.LogOutputChannel {
    return (this.channel ??= this.createChannel());
  }

  private clean(message: string): string {
    return cleanLine(message, [...this.secrets]).slice(0, 4000);
  }
}
