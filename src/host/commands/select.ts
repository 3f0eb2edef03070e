import * as vscode from 'vscode';
import { isImageGatewayError } from '../../core/failure.ts';
import type { GatewayConfig } from '../../core/gateway/gatewayConfig.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import { pickModel } from '../modelPicker.ts';
import { readOutputSettings, writeGateway } from '../settings.ts';
import { addGateway } from './addGateway.ts';
import type { Command, CommandParts } from './command.ts';
import { showFailure } from './runCommand.ts';
import { tellNotWritten } from './tellNotWritten.ts';

/** Select Gateway: writes the person's own setting `imageGateway.gateway`; the last row adds one. */
export function selectGatewayCommand(parts: CommandParts): Command {
  const { gateways, access } = parts;
  return {
    id: commandIds.selectGateway,
    run: async () => {
      const add = { label: vscode.l10n.t('$(add) Add a gateway…'), value: 'add' as const };
      const picked = await access.pickGateway(gateways.currentId(), [add]);
      if (picked === undefined) return;
      if (picked === 'add') await addGateway(parts);
      else if (!(await writeGateway(picked.id))) await tellNotWritten(picked.id);
    },
  };
}

/** Select Model: from the gateway's list, image models first; remembered for this gateway. */
export function selectModelCommand(parts: CommandParts): Command {
  return {
    id: commandIds.selectModel,
    run: async () => {
      try {
        await selectModel(parts);
      } catch (thrown) {
        if (!isImageGatewayError(thrown)) throw thrown;
        showFailure(thrown, parts.log);
      }
    },
  };
}

async function selectModel(parts: CommandParts): Promise<void> {
  const { gateways, access, panel } = parts;
  const config = await access.chooseUsable(gateways.find(), true);
  const id = (await askModel(parts, config))?.trim() ?? '';
  if (id === '') return;
  await gateways.rememberModel(config, id);
  panel.refresh();
  if (readOutputSettings(undefined).model !== '') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The setting imageGateway.model overrides this choice.'),
    );
  }
}

/** From the list that is known already, refreshed behind; else from a new one; typed where there is none. */
async function askModel({ gateways, log }: CommandParts, config: GatewayConfig): Promise<string | undefined> {
  const title = vscode.l10n.t('Select Model of {0}', config.name);
  const current = gateways.rememberedModel(config);
  const known = gateways.knownList(config)?.models;
  const ask = async (signal: AbortSignal) =>
    gateways.listModels(config, await gateways.open(config), signal, true);
  const learnedRoute = (model: string) => gateways.learnedRoute(config, model);
  const shared = { config, title, current, learnedRoute, ...forgetButton(gateways, config), log };
  if (known !== undefined) return pickModel({ ...shared, models: known, refresh: ask });
  const models = await withCancellableProgress(vscode.l10n.t('Asking {0} for its models', config.name), ask);
  if (models !== undefined) return pickModel({ ...shared, models });
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('{0} has no list of models. Name one.', config.name),
    value: current,
  });
}

/** Where refusals taught something: a button that forgets it, because a gateway may take today what it refused once. */
function forgetButton(gateways: CommandParts['gateways'], config: GatewayConfig) {
  if (!gateways.hasLearned(config)) return {};
  const tooltip = vscode.l10n.t('Forget what {0} was seen to refuse', config.name);
  return {
    buttons: [{ iconPath: new vscode.ThemeIcon('discard'), tooltip }],
    onButton: () => {
      void gateways.forgetLearned(config);
      const told = vscode.l10n.t('Forgotten: {0} is asked with everything again.', config.name);
      void vscode.window.showInformationMessage(told);
    },
  };
}
