import * as vscode from 'vscode';

/** Says that a choice of gateway does not count, because a remote machine's settings took it. */
export function tellNotWritten(id: string): Promise<void> {
  return offerSettings(
    vscode.l10n.t(
      'The settings of this remote machine hold imageGateway.gateway, so the choice was written there, where it does not count. Set it to {0} in your own settings.',
      id,
    ),
  );
}

/** Says the same of a new gateway. */
export function tellNotAdded(id: string): Promise<void> {
  return offerSettings(
    vscode.l10n.t(
      'The settings of this remote machine hold imageGateway.gateways, so {0} was written there, where it does not count. Move it into your own settings.',
      id,
    ),
  );
}

async function offerSettings(message: string): Promise<void> {
  const open = vscode.l10n.t('Open User Settings');
  const answer = await vscode.window.showWarningMessage(message, open);
  if (answer === open) await vscode.commands.executeCommand('workbench.action.openSettingsJson');
}
