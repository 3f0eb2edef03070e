import type * as vscode from 'vscode';
import { sha256Hex } from '../../core/files/sha256.ts';
import type { PreparedCall } from '../imageCall.ts';
import type { AskedModel } from './toolMoney.ts';

/** What a call comes to, as far as anything but its input decides it: to be compared, not to be shown. */
export async function callFacts(
  { config, references, mask, destinationFor, call }: PreparedCall,
  model: AskedModel,
  document: vscode.TextDocument | undefined,
): Promise<string> {
  // The name may hold the time; a number behind it is told.
  const { directory } = (await destinationFor(model.id)).target(1, 'png');
  const pictures = [...references, ...(mask === undefined ? [] : [mask])];
  const sums = await Promise.all(pictures.map(({ bytes }) => sha256Hex(bytes)));
  return JSON.stringify([
    ...[config.id, config.url.href, model.id, model.price ?? ''],
    ...[directory.toString(), document?.uri.toString() ?? '', call.args.outputFormat ?? '', sums],
  ]);
}
