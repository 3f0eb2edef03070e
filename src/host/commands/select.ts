import * as vscode from 'vscode';
import { isImageGatewayError } from '../../core/failure.ts';
import type { GatewayConfig } from '../../core/gateway/gatewayConfig.ts';
import { imageModels, type ModelEntry } from '../../core/gateway/models.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { commandIds } from '../ids.ts';
import { readOutputSettings, writeGateway } from '../settings.ts';
import type { Command, CommandParts } from './command.ts';
import { showFailure } from './runCommand.ts';

/** Select Gateway: writes the person's own setting `imageGateway.gateway`. */
export function selectGatewayCommand({ gateways, access }: CommandParts): Command {
  return {
    id: commandIds.selectGateway,
    run: async () => {
      const config = await access.pickGateway(gateways.currentId());
      if (config === undefined || (await writeGateway(config.id))) return;
      await tellNotWritten(config.id);
    },
  };
}

async function tellNotWritten(id: string): Promise<void> {
  const open = vscode.l10n.t('Open User Settings');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'The settings of this remote machine hold imageGateway.gateway, so the choice was written there, where it does not count. Set it to {0} in your own settings.',
      id,
    ),
    open,
  );
  if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettingsJson');
}

/** Select Model: from the gateway's live list, image models first; remembered for this gateway. */
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

async function selectModel({ gateways, access, panel }: CommandParts): Promise<void> {
  const config = await access.chooseUsable(gateways.find(), true);
  const models = await listWithProgress(gateways, config);
  const current = gateways.rememberedModel(config);
  const title = vscode.l10n.t('Select Model of {0}', config.name);
  const id =
    models === undefined
      ? await vscode.window.showInputBox({
          title,
          prompt: vscode.l10n.t('{0} has no list of models. Name one.', config.name),
          value: current,
        })
      : await pickModel(models, title, current);
  if (id === undefined || id.trim() === '') return;
  await gateways.rememberModel(config, id.trim());
  panel.refresh();
  if (readOutputSettings(undefined).model !== '') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The setting imageGateway.model overrides this choice.'),
    );
  }
}

function listWithProgress(
  gateways: CommandParts['gateways'],
  config: GatewayConfig,
): Thenable<readonly ModelEntry[] | undefined> {
  const title = vscode.l10n.t('Asking {0} for its models', config.name);
  return withCancellableProgress(title, async (signal) =>
    gateways.listModels(config, await gateways.open(config), signal, true),
  );
}

async function pickModel(
  models: readonly ModelEntry[],
  title: string,
  current: string,
): Promise<string | undefined> {
  const likely = new Set(imageModels(models));
  const others = models.filter((model) => model.makesImages === 'unknown' && !likely.has(model));
  const rows = [
    ...(likely.size > 0 ? [separator(vscode.l10n.t('image models'))] : []),
    ...[...likely].map((model) => row(model, current)),
    ...(others.length > 0 ? [separator(vscode.l10n.t('the list does not say'))] : []),
    ...others.map((model) => row(model, current)),
  ];
  const picked = await vscode.window.showQuickPick(rows, {
    title,
    placeHolder: vscode.l10n.t('Model to ask for images'),
    matchOnDescription: true,
  });
  return picked?.id;
}

function separator(label: string): vscode.QuickPickItem & { readonly id?: string } {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function row(model: ModelEntry, current: string): vscode.QuickPickItem & { readonly id?: string } {
  const label = withoutIcons(model.name);
  return {
    label: model.id === current ? `$(check) ${label}` : label,
    description: model.name === model.id ? '' : withoutIcons(model.id),
    id: model.id,
  };
}

/** $(name) would be drawn as an icon in a row, and the words are from outside. */
function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$ (');
}
