import * as vscode from 'vscode';
import { checkGatewayCommand } from './checkGateway.ts';
import { clearStorageCommand } from './clearStorage.ts';
import type { Command, CommandParts } from './command.ts';
import { createIconSetCommand } from './createIconSet.ts';
import { editCommand } from './edit.ts';
import { exportSizesCommand } from './exportSizes.ts';
import { fillReferenceCommand } from './fillReference.ts';
import { generateCommand } from './generate.ts';
import { generateMissingCommand } from './generateMissing.ts';
import { generateFromSelectionCommand } from './generateFromSelection.ts';
import { removeApiKeyCommand, setApiKeyCommand } from './keys.ts';
import { openPanelCommand } from './openPanel.ts';
import { copyPromptFromImageCommand, generateAgainFromImageCommand } from './promptOfImage.ts';
import { recoverImagesCommand } from './recoverImages.ts';
import { restorePreviousCommand } from './restorePrevious.ts';
import { selectGatewayCommand, selectModelCommand } from './select.ts';
import { showLogCommand } from './showLog.ts';

/** Every command, one list. */
const commands: readonly ((parts: CommandParts) => Command)[] = [
  generateCommand,
  generateMissingCommand,
  generateFromSelectionCommand,
  editCommand,
  fillReferenceCommand,
  openPanelCommand,
  setApiKeyCommand,
  removeApiKeyCommand,
  selectGatewayCommand,
  selectModelCommand,
  checkGatewayCommand,
  createIconSetCommand,
  exportSizesCommand,
  copyPromptFromImageCommand,
  generateAgainFromImageCommand,
  restorePreviousCommand,
  recoverImagesCommand,
  clearStorageCommand,
  showLogCommand,
];

/** Registers all commands; dispose what it returns to take them back. */
export function registerCommands(parts: CommandParts): vscode.Disposable {
  const registrations = commands.map((create) => {
    const { id, run } = create(parts);
    return vscode.commands.registerCommand(id, (...args: unknown[]) => run(...args));
  });
  return vscode.Disposable.from(...registrations);
}
