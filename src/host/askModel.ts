import * as vscode from 'vscode';
import type { GatewayConfig } from '../core/gateway/gatewayConfig.ts';
import { withCancellableProgress } from './cancellableProgress.ts';
import type { Gateways } from './gateways.ts';
import type { Log } from './log.ts';
import { pickModel } from './modelPicker.ts';

export interface AskModelParts {
  readonly gateways: Gateways;
  readonly log: Log;
}

/**
 * Asks for a model: from the list that is known already, refreshed behind; else from a new one; typed where there is none.
 * @returns its id; undefined on Escape
 * @throws what the list cannot be had for
 */
export async function askModel(
  { gateways, log }: AskModelParts,
  config: GatewayConfig,
  title: string,
  current: string,
): Promise<string | undefined> {
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

/** Asks for one more model of the gateway that is asked next. @returns its id; undefined where none is chosen */
export async function askFurtherModel(parts: AskModelParts): Promise<string | undefined> {
  const config = parts.gateways.current();
  if (config === undefined) return undefined;
  const title = vscode.l10n.t('Compare with a Model of {0}', config.name);
  const id = (await askModel(parts, config, title, ''))?.trim();
  return id === '' ? undefined : id;
}

/** Where refusals taught something: a button that forgets it, because a gateway may take today what it refused once. */
function forgetButton(gateways: Gateways, config: GatewayConfig) {
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
