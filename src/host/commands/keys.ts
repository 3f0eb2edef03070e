import * as vscode from 'vscode';
import type { GatewayConfig } from '../../core/gateway/gatewayConfig.ts';
import { commandIds } from '../ids.ts';
import type { Command, CommandParts } from './command.ts';

/** Set API Key: picks the gateway, names its host, keeps the key in SecretStorage. Takes and returns no key. */
export function setApiKeyCommand({ gateways, access }: CommandParts): Command {
  return {
    id: commandIds.setApiKey,
    run: async () => {
      const config = await pick(
        gateways.all().filter(takesKey),
        vscode.l10n.t('Set API Key'),
        gateways.all().find(isCurrent(gateways))?.id,
      );
      if (config === undefined || !(await access.enterKey(config))) return;
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The key for {0} ({1}) is stored.', config.name, config.url.host),
      );
    },
  };
}

/** Remove API Key: among all that are stored, also for gateways that are no longer configured. */
export function removeApiKeyCommand({ gateways, keys }: CommandParts): Command {
  return {
    id: commandIds.removeApiKey,
    run: async () => {
      const entries = await keys.storedEntries(gateways.all());
      if (entries.length === 0) {
        void vscode.window.showInformationMessage(vscode.l10n.t('No API key is stored.'));
        return;
      }
      const rows = entries.map((entry) => ({ label: entry.id, description: entry.host, entry }));
      const picked = await vscode.window.showQuickPick(rows, {
        title: vscode.l10n.t('Remove API Key'),
        placeHolder: vscode.l10n.t('Gateway'),
      });
      if (picked === undefined) return;
      await keys.remove(picked.entry);
      void vscode.window.showInformationMessage(
        vscode.l10n.t('The key for {0} ({1}) is removed.', picked.entry.id, picked.entry.host),
      );
    },
  };
}

function takesKey(config: GatewayConfig): boolean {
  return config.auth.kind !== 'none';
}

function isCurrent(gateways: CommandParts['gateways']): (config: GatewayConfig) => boolean {
  return (config) => config.id === gateways.currentId();
}

async function pick(
  configs: readonly GatewayConfig[],
  title: string,
  first?: string,
): Promise<GatewayConfig | undefined> {
  const rows = configs.map((config) => ({ label: config.name, description: config.url.host, config }));
  rows.sort((a, b) => Number(b.config.id === first) - Number(a.config.id === first));
  const picked = await vscode.window.showQuickPick(rows, {
    title,
    placeHolder: vscode.l10n.t('Gateway'),
    matchOnDescription: true,
  });
  return picked?.config;
}
