import * as vscode from 'vscode';
import { isImageGatewayError } from '../core/failure.ts';
import type { GatewayConfig } from '../core/gateway/gatewayConfig.ts';
import { modelRows, type ModelRowWords } from '../core/gateway/modelRows.ts';
import type { ModelEntry, Route } from '../core/gateway/models.ts';
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
  /** The route that a refusal taught, where one did. */
  readonly learnedRoute?: (id: string) => Route | undefined;
  readonly buttons?: readonly vscode.QuickInputButton[];
  readonly onButton?: (button: vscode.QuickInputButton) => void;
  readonly log: Log;
}

/** What stands in the list while it is open. */
interface Shown {
  readonly models: readonly ModelEntry[];
  /** Id of the row that is active. */
  readonly active: string;
  /** What was typed. */
  readonly value: string;
  readonly refresh: ModelPickerOptions['refresh'];
}

/** Lets the person pick a model from a list that is there at once. @returns its id, or undefined on Escape */
export async function pickModel(options: ModelPickerOptions): Promise<string | undefined> {
  const { models, current, refresh } = options;
  let shown: Shown | undefined = { models, active: current, value: '', refresh };
  while (shown !== undefined) {
    // A new list gets a new picker. Rows replaced in an open one, just after an arrow key, left one row shown as
    // active while Enter took another (seen in VS Code 1.110).
    const outcome: string | Shown | undefined = await showOnce(options, shown);
    if (typeof outcome === 'string') return outcome;
    shown = outcome;
  }
  return undefined;
}

/** @returns the picked id, undefined on Escape, or what to show in its place when a newer list came */
async function showOnce(options: ModelPickerOptions, shown: Shown): Promise<string | Shown | undefined> {
  const pick = vscode.window.createQuickPick<Item>();
  const ended = new AbortController();
  try {
    fill(pick, options, shown);
    const outcome = new Promise<string | Shown | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const id = (pick.selectedItems[0] ?? pick.activeItems[0])?.id;
        if (id !== undefined) resolve(id);
      });
      pick.onDidHide(() => resolve(undefined));
      if (shown.refresh !== undefined)
        void refreshBehind(pick, shown.refresh, options, ended.signal).then((newer) => {
          const active = pick.activeItems[0]?.id ?? '';
          if (newer !== undefined) resolve({ models: newer, active, value: pick.value, refresh: undefined });
        });
    });
    pick.show();
    return await outcome;
  } finally {
    ended.abort();
    pick.dispose();
  }
}

/** @returns the new list where its rows differ from the ones that are shown */
async function refreshBehind(
  pick: vscode.QuickPick<Item>,
  refresh: NonNullable<ModelPickerOptions['refresh']>,
  options: ModelPickerOptions,
  ended: AbortSignal,
): Promise<readonly ModelEntry[] | undefined> {
  pick.busy = true;
  try {
    const models = await refresh(ended);
    // A list that was there a moment ago and is not now is no reason to take the rows away.
    if (models === undefined) return undefined;
    return JSON.stringify(itemsOf(models, options)) === JSON.stringify(pick.items) ? undefined : models;
  } catch (thrown) {
    if (ended.aborted) return undefined;
    const why = isImageGatewayError(thrown) ? thrown.message : String(thrown);
    options.log.warn(`The list of models of ${options.config.name} could not be asked for anew: ${why}`);
    pick.title = vscode.l10n.t('{0} (the list could not be refreshed; see the log)', options.title);
    return undefined;
  } finally {
    if (!ended.aborted) pick.busy = false;
  }
}

function fill(pick: vscode.QuickPick<Item>, options: ModelPickerOptions, shown: Shown): void {
  pick.title = options.title;
  pick.placeholder = options.placeholder ?? vscode.l10n.t('Model to ask for images');
  pick.ignoreFocusOut = options.ignoreFocusOut ?? false;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.buttons = options.buttons ?? [];
  if (options.onButton !== undefined) pick.onDidTriggerButton(options.onButton);
  pick.value = shown.value;
  pick.items = itemsOf(shown.models, options);
  const row = pick.items.find(({ id }) => id === shown.active && id !== '');
  if (row !== undefined) pick.activeItems = [row];
}

/** Our words in the rows. */
export function modelRowWords(): ModelRowWords {
  return {
    imageModels: vscode.l10n.t('image models'),
    unsure: vscode.l10n.t('the list does not say'),
    takesImages: vscode.l10n.t('takes reference images'),
  };
}

function itemsOf(models: readonly ModelEntry[], options: ModelPickerOptions): readonly Item[] {
  const { config, current, learnedRoute } = options;
  return modelRows(models, config, current, modelRowWords(), learnedRoute).map((row): Item =>
    row.id === undefined ? { ...row, kind: vscode.QuickPickItemKind.Separator } : row,
  );
}
