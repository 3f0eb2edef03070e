import * as vscode from 'vscode';
import type { Gateways } from '../gateways.ts';
import { outlookOf } from '../panel/outlook.ts';

/** More images than these are not asked for with one key: a list may be longer than what is seen of it. */
export const mostUnasked = 20;

/** Asks whether that many images may be asked for, and says of whom and for how much, as far as that is known. */
export async function confirmImages(gateways: Gateways, count: number): Promise<boolean> {
  const { name } = gateways.find(undefined);
  const { priceLine: detail } = outlookOf(gateways, [gateways.wantedModel()], count);
  const generate = vscode.l10n.t('Generate');
  const question = vscode.l10n.t('Generate {0} images with {1}?', count, name);
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, generate)) === generate;
}
