import * as vscode from 'vscode';
import { isImageGatewayError } from '../../core/failure.ts';
import { askModel } from '../askModel.ts';
import { commandIds } from '../ids.ts';
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
  const title = vscode.l10n.t('Select Model of {0}', config.name);
  const id = (await askModel(parts, config, title, gateways.rememberedModel(config)))?.trim() ?? '';
  if (id === '') return;
  await gateways.rememberModel(config, id);
  panel.refresh();
  if (readOutputSettings(undefined).model !== '') {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('The setting imageGateway.model overrides this choice.'),
    );
  }
}
