import * as vscode from 'vscode';
import { isImageGatewayError } from '../core/failure.ts';
import type { GatewayConfig } from '../core/gateway/gatewayConfig.ts';
import { modelRows, type ModelRowWords } from '../core/gateway/modelRows.ts';
import type { ModelEntry } from '../core/gateway/models.ts';
import type { Log } from './log.ts';

type Item = vscode.QuickPickItem & { readonly id?: string };

export interface ModelPickerOptions {
  readonly config: GatewayConfig;
  readonly title: string;
  readonly placeholder?: string;
  /** Stays open when the window loses the focus. */
  readonly ignoreFocusOut?: boolean;
  /** Id of the chosen model, or empty. */
  readonly current: string;
  readonly models: readonly ModelEntry[];
  /** Asks for the list anew behind the open one; absent where it just came. */
  readonly refresh?: (signal: AbortSignal) => Promise<readonly ModelEntry[] | undefined>;
  readonly buttons?: readonly vscode.QuickInputButton[];
  readonly onButton?: (button: vscode.QuickInputButton) => void;
  readonly log: Log;
}

/** Lets the person pick a model from a list that is there at once. @returns its id, or undefined on Escape */
export async function pickModel(options: ModelPickerOptions): Promise<string | undefined> {
  const { refresh, onButton } = options;
  const pick = vscode.window.createQuickPick<Item>();
  const ended = new AbortController();
  try {
    pick.title = options.title;
    pick.placeholder = options.placeholder ?? vscode.l10n.t('Model to ask for images');
    pick.ignoreFocusOut = options.ignoreFocusOut ?? false;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.buttons = options.buttons ?? [];
    if (onButton !== undefined) pick.onDidTriggerButton(onButton);
    show(pick, options.models, options, options.current);
    const picked = new Promise<string | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const id = pick.activeItems[0]?.id;
        if (id !== undefined) resolve(id);
      });
      pick.onDidHide(() => resolve(undefined));
    });
    pick.show();
    if (refresh !== undefined) void refreshBehind(pick, refresh, options, ended.signal);
    return await picked;
  } finally {
    ended.abort();
    pick.dispose();
  }
}

async function refreshBehind(
  pick: vscode.QuickPick<Item>,
  refresh: NonNullable<ModelPickerOptions['refresh']>,
  options: ModelPickerOptions,
  ended: AbortSignal,
): Promise<void> {
  pick.busy = true;
  try {
    const models = await refresh(ended);
    // A list that was there a moment ago and is not now is no reason to take the rows away.
    if (!ended.aborted && models !== undefined) show(pick, models, options, pick.activeItems[0]?.id ?? '');
  } catch (thrown) {
    if (ended.aborted) return;
    const why = isImageGatewayError(thrown) ? thrown.message : String(thrown);
    options.log.warn(`The list of models of ${options.config.name} could not be asked for anew: ${why}`);
    pick.title = vscode.l10n.t('{0} (the list could not be refreshed; see the log)', options.title);
  } finally {
    if (!ended.aborted) pick.busy = false;
  }
}

/** Our words in the rows. */
export function modelRowWords(): ModelRowWords {
  return {
    imageModels: vscode.l10n.t('image models'),
    unsure: vscode.l10n.t('the list does not say'),
    takesImages: vscode.l10n.t('takes reference images'),
  };
}

/** Puts the rows into the list and makes the one of that id active, where it is there. */
function show(
  pick: vscode.QuickPick<Item>,
  models: readonly ModelEntry[],
  { config, current }: ModelPickerOptions,
  active: string,
): void {
  const items = modelRows(models, config, current, modelRowWords()).map((row): Item =>
    row.id === undefined ? { ...row, kind: vscode.QuickPickItemKind.Separator } : row,
  );
  if (sameRows(items, pick.items)) return;
  pick.keepScrollPosition = pick.items.length > 0;
  pick.items = items;
  const row = items.find((item) => item.id === active && active !== '');
  if (row !== undefined) pick.activeItems = [row];
}

/** Replacing rows by the same ones would make the list flicker under the person's hands. */
function sameRows(some: readonly Item[], others: readonly Item[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}
