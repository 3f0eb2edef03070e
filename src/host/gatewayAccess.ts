import * as vscode from 'vscode';
import { ImageGatewayError } from '../core/failure.ts';
import { mayCarryKey } from '../core/gateway/baseUrl.ts';
import type { GatewayConfig } from '../core/gateway/gatewayConfig.ts';
import { offlineGatewayId } from '../core/gateway/presets.ts';
import type { Gateways } from './gateways.ts';
import { keyProblem, type KeyStore } from './keys.ts';
import type { Log } from './log.ts';
import type { Remembered } from './memory.ts';
import { writeGateway } from './settings.ts';

/** Sees to it that a gateway may be asked: its origin confirmed, its key there, its host known to the person. */
export class GatewayAccess {
  private readonly gateways: Gateways;
  private readonly keys: KeyStore;
  private readonly log: Log;
  private readonly warnedOrigins: Remembered<readonly string[]>;

  constructor(gateways: Gateways, keys: KeyStore, log: Log, warnedOrigins: Remembered<readonly string[]>) {
    this.gateways = gateways;
    this.keys = keys;
    this.log = log;
    this.warnedOrigins = warnedOrigins;
  }

  /**
   * Returns a gateway that can be asked now. Without a key the person is offered to enter one, to choose
   * another gateway, or to try offline, the last for this request only.
   * @throws unauthorized or untrusted where nobody may be asked; cancelled
   */
  async chooseUsable(first: GatewayConfig, interactive: boolean): Promise<GatewayConfig> {
    let config = first;
    for (;;) {
      await this.gateways.confirmOrigin(config, interactive);
      const problem = await this.keyProblem(config);
      if (problem === undefined) {
        this.warnOfPlainHttp(config, interactive);
        for (const value of Object.values(config.headers)) this.log.addSecret(value);
        return config;
      }
      if (!interactive) throw new ImageGatewayError('unauthorized', problem);
      const next = await this.askWithoutKey(config, problem);
      if (next === undefined) throw new ImageGatewayError('cancelled', 'No key was entered.');
      config = next;
    }
  }

  /**
   * Asks for a gateway's key and stores it. The box names the host.
   * @returns whether one was stored
   */
  async enterKey(config: GatewayConfig): Promise<boolean> {
    if (!mayCarryKey(config.url)) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t('A key for {0} would travel over plain http; use https.', config.url.host),
      );
      return false;
    }
    const key = await vscode.window.showInputBox({
      title: vscode.l10n.t('API Key for {0}', config.name),
      prompt: vscode.l10n.t(
        'The key is kept in VS Code’s secret storage and sent to {0} only.',
        config.url.host,
      ),
      placeHolder: vscode.l10n.t('Key for {0}', config.url.host),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => wordsFor(keyProblem(text)),
    });
    if (key === undefined) return false;
    await this.keys.store(config, key);
    return true;
  }

  private async keyProblem(config: GatewayConfig): Promise<string | undefined> {
    if (config.auth.kind === 'none' || config.auth.kind === 'optional') return undefined;
    if (!mayCarryKey(config.url))
      return `A key for ${config.name} would travel to ${config.url.host} over plain http; use https, or set its auth to "none".`;
    if ((await this.keys.find(config)) !== undefined) return undefined;
    return `There is no API key for ${config.name} (${config.url.host}); run Image Gateway: Set API Key.`;
  }

  private async askWithoutKey(config: GatewayConfig, problem: string): Promise<GatewayConfig | undefined> {
    const enter = {
      label: vscode.l10n.t('$(key) Enter key for {0}', config.url.host),
      description: config.name,
    };
    const other = { label: vscode.l10n.t('$(server) Choose another gateway') };
    const offline = {
      label: vscode.l10n.t('$(edit) Try offline (sketch, no key)'),
      description: vscode.l10n.t('for this request only'),
    };
    const takesKey = mayCarryKey(config.url);
    const choices = takesKey ? [enter, other, offline] : [other, offline];
    const choice = await vscode.window.showQuickPick<vscode.QuickPickItem>(choices, {
      title: vscode.l10n.t('No API key for {0}', config.name),
      placeHolder: takesKey
        ? vscode.l10n.t('No key is stored for {0}. How to go on?', config.url.host)
        : problem,
      ignoreFocusOut: true,
    });
    if (choice === enter) {
      await this.enterKey(config);
      return config;
    }
    if (choice === other) return this.chooseAnother(config);
    return choice === offline ? this.gateways.find(offlineGatewayId) : undefined;
  }

  /** Only the sketch is for one request: another gateway stays chosen, unless the call named its gateway itself. */
  private async chooseAnother(config: GatewayConfig): Promise<GatewayConfig> {
    const picked = await this.pickGateway(config.id);
    if (picked === undefined) return config;
    if (config.id === this.gateways.currentId()) await writeGateway(picked.id);
    return picked;
  }

  /**
   * Lets the person pick a gateway; each row names its host and whether a key is there.
   * @param more rows below the gateways
   * @returns the gateway, or the value of a row below; undefined on Escape
   */
  async pickGateway<Value = never>(
    current: string,
    more: readonly (vscode.QuickPickItem & { readonly value: Value })[] = [],
  ): Promise<GatewayConfig | Value | undefined> {
    const rows = await Promise.all(
      this.gateways
        .all()
        .map(async (config) => ({ config, ...(await this.row(config, config.id === current)) })),
    );
    // The first row is the one that Enter takes.
    rows.sort((a, b) => Number(b.config.id === current) - Number(a.config.id === current));
    const line = { label: '', kind: vscode.QuickPickItemKind.Separator, config: undefined };
    const below = more.length > 0 ? [line, ...more] : [];
    const picked = await vscode.window.showQuickPick([...rows, ...below], {
      title: vscode.l10n.t('Select Gateway'),
      placeHolder: vscode.l10n.t('Gateway to ask for images'),
      matchOnDescription: true,
    });
    if (picked === undefined) return undefined;
    return 'value' in picked ? picked.value : picked.config;
  }

  private async row(config: GatewayConfig, isCurrent: boolean): Promise<vscode.QuickPickItem> {
    const isOffline = config.id === offlineGatewayId;
    return {
      label: `${isCurrent ? '$(check) ' : ''}${config.name}`,
      description: isOffline ? vscode.l10n.t('on this machine') : config.url.host,
      detail: isOffline ? vscode.l10n.t('Draws a sketch; no key, no network') : await this.keyWords(config),
    };
  }

  private async keyWords(config: GatewayConfig): Promise<string> {
    if (config.auth.kind === 'none') return vscode.l10n.t('Needs no key');
    if (await this.keys.isStored(config)) return vscode.l10n.t('Key stored');
    if ((await this.keys.find(config)) !== undefined) return vscode.l10n.t('Key from the environment');
    return config.auth.kind === 'optional'
      ? vscode.l10n.t('No key stored; asked without')
      : vscode.l10n.t('No key yet');
  }

  private warnOfPlainHttp(config: GatewayConfig, interactive: boolean): void {
    const { isHttps, isLoopback, host, origin } = config.url;
    if (isHttps || isLoopback || this.warnedOrigins.get().includes(origin)) return;
    this.log.warn(`Prompts and images travel to ${host} over plain http and can be read on the way.`);
    if (!interactive) return;
    void this.warnedOrigins.set([...this.warnedOrigins.get(), origin]);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Prompts and images travel to {0} over plain http and can be read on the way.', host),
    );
  }
}

function wordsFor(problem: ReturnType<typeof keyProblem>): string | undefined {
  if (problem === 'empty') return vscode.l10n.t('Paste the key.');
  return problem === 'characters'
    ? vscode.l10n.t('A key holds visible ASCII characters only, without spaces.')
    : undefined;
}
