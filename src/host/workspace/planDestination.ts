import * as vscode from 'vscode';
import type { ImageCall, PreparedCall } from '../imageCall.ts';
import type { Platform } from '../platform/platform.ts';
import type { OutputSettings } from '../settings.ts';
import { destinationAt } from './exactDestination.ts';
import { destinationByDialog, destinationIn, type DestinationRequest } from './destination.ts';

/**
 * Decides where the pictures of a call go, and asks where there is no folder.
 * @param folder undefined: a save dialog asks
 * @returns where they go once the model's id, which a template may hold, is known
 * @throws invalidArguments for a place that is refused, cancelled
 */
export async function planDestination(
  call: ImageCall,
  settings: OutputSettings,
  folder: vscode.WorkspaceFolder | undefined,
  platform: Platform,
): Promise<PreparedCall['destinationFor']> {
  if (call.target !== undefined) {
    const exact = await destinationAt(call.target, platform);
    return () => Promise.resolve(exact);
  }
  if (folder === undefined) {
    const chosen = await destinationByDialog(requestOf(call, settings, 'model'), platform);
    return () => Promise.resolve(chosen);
  }
  const at = (model: string) => destinationIn(folder, requestOf(call, settings, model), platform);
  // Once before anything is sent.
  await at(call.args.model ?? 'model');
  return at;
}

function requestOf(call: ImageCall, settings: OutputSettings, model: string): DestinationRequest {
  const { prompt, interactive, document, args } = call;
  const { directory, fileName } = args;
  return { prompt, model, settings, interactive, document, directory, fileName };
}

/** Whose settings count: the directory's, the document's where it is in a workspace folder, else the folder's. */
export function settingsScope(
  { args, document }: ImageCall,
  folder: vscode.WorkspaceFolder | undefined,
): vscode.Uri | undefined {
  if (args.directory instanceof vscode.Uri) return args.directory;
  if (document !== undefined && vscode.workspace.getWorkspaceFolder(document) !== undefined) return document;
  return folder?.uri ?? document;
}
