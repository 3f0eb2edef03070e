import * as vscode from 'vscode';
import { type ImageGatewayError, sentenceOf } from '../../core/failure.ts';
import type { BaseUrl } from '../../core/gateway/baseUrl.ts';
import type { GatewayConfig } from '../../core/gateway/gatewayConfig.ts';
import { modelRows } from '../../core/gateway/modelRows.ts';
import { imageModels } from '../../core/gateway/models.ts';
import { parseGateways } from '../../core/gateway/parseGateways.ts';
import { parseTypedUrl } from '../../core/gateway/typedUrl.ts';
import { withoutIcons } from '../../core/outsideText.ts';
import type { Log } from '../log.ts';
import { modelRowWords, pickModel } from '../modelPicker.ts';
import type { AuthSetting, Probe } from './probeGateway.ts';

/** Each question of Add Gateway; undefined is Escape. They stay open when the window loses the focus: people copy. */

/** Asks for the address and says while it is typed what is wrong with it. */
export async function askAddress(): Promise<BaseUrl | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Gateway (1/3): Address'),
    prompt: vscode.l10n.t('Base URL of an OpenAI-compatible API'),
    placeHolder: 'https://gateway.example/v1',
    ignoreFocusOut: true,
    validateInput: addressProblem,
  });
  const url = text === undefined ? undefined : parseTypedUrl(text);
  return url === undefined || 'problem' in url ? undefined : url;
}

function addressProblem(text: string): string | vscode.InputBoxValidationMessage | undefined {
  if (text.trim() === '') return undefined;
  const url = parseTypedUrl(text);
  if ('problem' in url) return vscode.l10n.t('This address cannot be used: {0}.', url.problem);
  if (url.isHttps || url.isLoopback) return undefined;
  return {
    message: vscode.l10n.t(
      'Prompts and images travel to {0} over plain http and can be read on the way; a key is not sent.',
      url.host,
    ),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
}

/** Asks how the key travels. */
export async function askAuth(url: BaseUrl): Promise<AuthSetting | undefined> {
  const bearer = {
    label: vscode.l10n.t('$(key) Bearer key'),
    description: vscode.l10n.t('what most gateways take'),
  };
  const header = { label: vscode.l10n.t('$(symbol-key) Header of another name') };
  const none = { label: vscode.l10n.t('$(circle-slash) No key') };
  const choice = await vscode.window.showQuickPick<vscode.QuickPickItem>([bearer, header, none], {
    title: vscode.l10n.t('Add Gateway (2/3): Authentication'),
    placeHolder: vscode.l10n.t('How does {0} take its key?', url.host),
    ignoreFocusOut: true,
  });
  if (choice === bearer) return 'bearer';
  if (choice === header) return askHeader(url);
  return choice === none ? 'none' : undefined;
}

async function askHeader(url: BaseUrl): Promise<AuthSetting | undefined> {
  const header = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add Gateway (2/3): Header'),
    prompt: vscode.l10n.t('Name of the header that carries the key to {0}', url.host),
    placeHolder: 'X-Api-Key',
    ignoreFocusOut: true,
    validateInput: (name) =>
      name === '' || isHeader(name.trim())
        ? undefined
        : vscode.l10n.t('This is no name of a header for a key.'),
  });
  return header === undefined || header.trim() === '' ? undefined : { header: header.trim() };
}

/** By the rules of the settings. */
function isHeader(header: string): boolean {
  return (
    parseGateways({ probe: { baseUrl: 'https://probe.invalid', auth: { header } } }).problems.length === 0
  );
}

/** Asks what to do when the gateway did not answer as one. */
export async function askAfterFailure(
  url: BaseUrl,
  error: ImageGatewayError,
  takesKey: boolean,
): Promise<'again' | 'auth' | 'save' | undefined> {
  const rows = [
    { label: vscode.l10n.t('$(refresh) Try again'), next: 'again' as const },
    ...(takesKey ? [{ label: vscode.l10n.t('$(key) Set a key'), next: 'auth' as const }] : []),
    {
      label: vscode.l10n.t('$(save) Save anyway'),
      description: vscode.l10n.t('the gateway may be off just now'),
      next: 'save' as const,
    },
  ];
  const [first, ...others] = rows;
  // A row shows $(name) as an icon, and the gateway's words can be part of the sentence.
  const detail = withoutIcons(sentenceOf(error));
  const picked = await vscode.window.showQuickPick(
    first === undefined ? rows : [{ ...first, detail }, ...others],
    {
      title: vscode.l10n.t('Add Gateway (2/3): {0} Cannot Be Used Yet', url.host),
      placeHolder: vscode.l10n.t('Nothing is saved yet. How to go on?'),
      ignoreFocusOut: true,
    },
  );
  return picked?.next;
}

/** Asks for the model, of those that were found, or by its name. @returns empty: the gateway's first one is taken */
export async function askModel(probe: Probe, log: Log): Promise<string | undefined> {
  const { config } = probe;
  const title = vscode.l10n.t('Add Gateway (3/3): Model');
  const models = probe.kind === 'listed' ? probe.models : [];
  if (modelRows(models, config, '', modelRowWords()).length === 0) return askModelName(title, probe);
  const placeholder = vscode.l10n.t(
    '{0} lists {1} models, {2} of them for images. Which one?',
    config.url.host,
    models.length,
    imageModels(models).length,
  );
  return pickModel({ config, title, placeholder, ignoreFocusOut: true, current: '', models, log });
}

function askModelName(title: string, probe: Probe): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('{0} Name a model, or leave this empty and choose later.', foundWords(probe)),
    ignoreFocusOut: true,
  });
}

function foundWords(probe: Probe): string {
  const { host } = probe.config.url;
  if (probe.kind === 'noList') return vscode.l10n.t('{0} has no list of models.', host);
  if (probe.kind === 'failed') return vscode.l10n.t('The models of {0} are not known.', host);
  return vscode.l10n.t('{0} lists {1} models, none for images.', host, probe.models.length);
}

/** Says that the gateway is there, and which model makes the images: the chosen one where no setting names another. */
export function showAdded({ name }: GatewayConfig, model: string, isOverridden: boolean): void {
  if (isOverridden) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} is added and chosen; the setting imageGateway.model overrides its model.', name),
    );
    return;
  }
  void vscode.window.showInformationMessage(
    model === ''
      ? vscode.l10n.t('{0} is added and chosen.', name)
      : vscode.l10n.t('{0} is added and chosen; {1} makes the images.', name, model),
  );
}
