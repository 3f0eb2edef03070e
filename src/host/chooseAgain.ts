import * as vscode from 'vscode';
import { outsideWords } from '../core/outsideText.ts';
import { tellNotWritten } from './commands/tellNotWritten.ts';
import type { Gateways } from './gateways.ts';
import { writeGateway } from './settings.ts';

/**
 * Chooses a gateway and one of its models once more, as an earlier generation had them.
 * @param gatewayId @param model an id; empty: the gateway's own choice then, and now
 * @returns whether the next request asks that gateway, and that model
 */
export async function chooseAgain(gateways: Gateways, gatewayId: string, model: string): Promise<boolean> {
  const config = gateways.all().find(({ id }) => id === gatewayId);
  if (config === undefined) {
    const name = outsideWords(gatewayId, [], 60);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('There is no gateway {0} any more; the other settings are loaded.', name),
    );
    return false;
  }
  if (gateways.currentId() !== config.id && !(await writeGateway(config.id))) {
    await tellNotWritten(config.id);
    return false;
  }
  if (model !== '' && gateways.rememberedModel(config) !== model) await gateways.rememberModel(config, model);
  if (gateways.wantedModel() === model) return true;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('The setting imageGateway.model names another model; the other settings are loaded.'),
  );
  return false;
}
