import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../core/failure.ts';
import { type GatewayConfig, gatewayKey } from '../core/gateway/gatewayConfig.ts';
import { parseGateways } from '../core/gateway/parseGateways.ts';
import { vercelOrigin } from '../core/gateway/presets.ts';
import type { Gateway } from '../core/gateway/gateway.ts';
import { type ChosenModel, chooseModel } from '../core/gateway/chooseModel.ts';
import type { Learned } from '../core/gateway/learned.ts';
import type { ModelEntry, Route } from '../core/gateway/models.ts';
import type { WirePorts } from '../core/gateway/wire/intake.ts';
import { outsideWords } from '../core/outsideText.ts';
import type { KeyStore } from './keys.ts';
import type { LearnedStores } from './learnedStores.ts';
import type { Log } from './log.ts';
import type { Remembered } from './memory.ts';
import type { Platform } from './platform/platform.ts';
import { readOutputSettings, readRequestSettings } from './settings.ts';

/** The fetch of Node and of browsers gives up after so many milliseconds without a byte, whatever it is told. */
const fetchWaitsMs = 300_000;

/** Looked up at each request: VS Code replaces the global fetch by one that knows proxies and certificates. */
const usualFetch: typeof fetch = (input, init) => globalThis.fetch(input, init);

/** How long a list of models is taken as live: five minutes. */
const modelsLifeMs = 300_000;

/** What knowing the gateways takes. */
export interface GatewaysParts {
  readonly keys: KeyStore;
  readonly platform: Platform;
  readonly chosenModels: Remembered<Readonly<Record<string, string>>>;
  readonly confirmedOrigins: Remembered<readonly string[]>;
  readonly learned: LearnedStores;
  /** How pictures are taken off the wire; absent: into memory. */
  readonly ports: WirePorts | undefined;
  readonly log: Log;
}

/** Knows the gateways, opens them, and remembers what they list and what was chosen. */
export class Gateways implements vscode.Disposable {
  private readonly keys: KeyStore;
  private readonly platform: Platform;
  private readonly chosenModels: Remembered<Readonly<Record<string, string>>>;
  private readonly confirmedOrigins: Remembered<readonly string[]>;
  private readonly learned: LearnedStores;
  private readonly ports: WirePorts | undefined;
  private readonly log: Log;
  private readonly lists = new Map<
    string,
    { readonly at: number; readonly models: readonly ModelEntry[] | undefined }
  >();
  private readonly keyListener: vscode.Disposable;

  constructor({ keys, platform, chosenModels, confirmedOrigins, learned, ports, log }: GatewaysParts) {
    this.keys = keys;
    this.platform = platform;
    this.chosenModels = chosenModels;
    this.confirmedOrigins = confirmedOrigins;
    this.learned = learned;
    this.ports = ports;
    this.log = log;
    this.keyListener = keys.onDidChange(() => this.lists.clear());
  }

  dispose(): void {
    this.keyListener.dispose();
  }

  /** The id that the settings name, whether such a gateway exists or not. */
  currentId(): string {
    return readRequestSettings().gateway;
  }

  /** Id and name of the gateway, and the model, that the next request would ask; a name may be empty. */
  names(): { readonly gateway: string; readonly gatewayName: string; readonly modelName: string } {
    const gateway = this.currentId();
    const config = this.all().find((one) => one.id === gateway);
    if (config === undefined) return { gateway, gatewayName: outsideWords(gateway, [], 64), modelName: '' };
    const chosen = readOutputSettings(undefined).model || this.rememberedModel(config);
    return { gateway, gatewayName: config.name, modelName: outsideWords(chosen, [], 80) };
  }

  /** The gateway that the settings name; undefined where there is none, or it cannot be used. */
  current(): GatewayConfig | undefined {
    const id = this.currentId();
    return this.all().find((one) => one.id === id);
  }

  /** The id of the model that the next request would ask; empty: the gateway's own choice. */
  wantedModel(): string {
    const config = this.current();
    return readOutputSettings(undefined).model || (config === undefined ? '' : this.rememberedModel(config));
  }

  /** All gateways that can be used. */
  all(): readonly GatewayConfig[] {
    return parseGateways(readRequestSettings().gateways, this.keys.environmentBaseUrl()).gateways;
  }

  /**
   * Finds a gateway by id.
   * @param id absent: the one that the settings name
   * @throws invalidArguments naming what is wrong with it
   */
  find(id?: string): GatewayConfig {
    const settings = readRequestSettings();
    const wanted = id ?? settings.gateway;
    const { gateways, problems } = parseGateways(settings.gateways, this.keys.environmentBaseUrl());
    const found = gateways.find((one) => one.id === wanted);
    if (found !== undefined) return found;
    const name = outsideWords(wanted, [], 64);
    const problem = problems.find((one) => one.id === wanted)?.problem;
    const why =
      problem === undefined
        ? `There is no gateway ${name}`
        : `The gateway ${name} cannot be used: ${outsideWords(problem)}`;
    throw invalidArguments(`${why}; see the settings imageGateway.gateway and imageGateway.gateways.`);
  }

  /**
   * Sees to it that an origin which the environment supplied was confirmed once by the person: a
   * repository can set the environment, of a dev container, say.
   * @throws untrusted where nobody may be asked, cancelled where the person declines
   */
  async confirmOrigin(config: GatewayConfig, interactive: boolean): Promise<void> {
    const { origin, isLoopback, host } = config.url;
    if (config.fromEnvironment !== true || origin === vercelOrigin || isLoopback) return;
    if (this.confirmedOrigins.get().includes(origin)) return;
    if (!interactive) {
      throw new ImageGatewayError(
        'untrusted',
        `The environment sends ${config.name} to ${host}, which was never confirmed; run Image Gateway: Generate Image once and confirm it.`,
      );
    }
    const use = vscode.l10n.t('Use {0}', host);
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Send prompts and the API key to {0}?', host),
      {
        modal: true,
        detail: vscode.l10n.t(
          'The environment variable AI_GATEWAY_BASE_OPENAI_COMPAT_URL names this address. A repository can set it. Continue only if you know the host {0}.',
          host,
        ),
      },
      use,
    );
    if (answer !== use)
      throw new ImageGatewayError('cancelled', `${host} was not confirmed, and nothing was sent.`);
    await this.confirmedOrigins.set([...this.confirmedOrigins.get(), origin]);
  }

  /**
   * Opens a gateway for requests; loads the SDK on first use.
   * @param withoutKey leaves the key out, to see what everybody gets
   */
  async open(config: GatewayConfig, { withoutKey = false } = {}): Promise<Gateway> {
    const { createGateway } = await import('../core/gateway/gateway.ts');
    const { resolveHost, patientFetch, publicFetch } = this.platform;
    const { idleMs } = readRequestSettings();
    const isPatient = idleMs > fetchWaitsMs;
    if (isPatient && patientFetch === undefined)
      this.log.warn(
        'A browser waits at most 300 seconds for an answer, whatever request.timeoutSeconds says.',
      );
    return createGateway(config, {
      key: withoutKey ? undefined : await this.keys.find(config),
      idleMs: patientFetch === undefined ? Math.min(idleMs, fetchWaitsMs) : idleMs,
      fetch: isPatient ? (patientFetch ?? usualFetch) : usualFetch,
      ...(resolveHost && { resolveHost }),
      ...(publicFetch && { publicFetch }),
      ...(this.ports && { ports: this.ports }),
      learned: this.learned.of(config),
      log: (line) => this.log.info(`${config.name}: ${line}`),
    });
  }

  /** The gateway's models; asked for again after five minutes. @throws ImageGatewayError */
  async listModels(
    config: GatewayConfig,
    gateway: Gateway,
    signal: AbortSignal,
    fresh = false,
  ): Promise<readonly ModelEntry[] | undefined> {
    const entry = this.lists.get(gatewayKey(config));
    if (!fresh && entry !== undefined && Date.now() - entry.at < modelsLifeMs) return entry.models;
    const models = await gateway.listModels(signal);
    this.lists.set(gatewayKey(config), { at: Date.now(), models });
    return models;
  }

  /** The list as it last came, however long ago; undefined where it was not asked for since the keys changed. */
  knownList(config: GatewayConfig): { readonly models: readonly ModelEntry[] | undefined } | undefined {
    return this.lists.get(gatewayKey(config));
  }

  /**
   * Decides which model to ask.
   * @param wanted from an argument or the setting; empty: the remembered one, else the gateway's default
   * @throws modelNotFound; what the list cannot be had for
   */
  async chooseModel(
    config: GatewayConfig,
    gateway: Gateway,
    wanted: string,
    signal: AbortSignal,
  ): Promise<ChosenModel> {
    const id = wanted === '' ? this.rememberedModel(config) : wanted;
    const models = await this.listModels(config, gateway, signal);
    const isMissing = id !== '' && models !== undefined && !models.some((one) => one.id === id);
    return chooseModel(config, id, isMissing ? await this.listModels(config, gateway, signal, true) : models);
  }

  /** The route that a refusal of this gateway taught for a model. */
  learnedRoute(config: GatewayConfig, model: string): Route | undefined {
    return this.learned.of(config).get(model).route;
  }

  /** What refusals of this gateway taught about a model. */
  learnedOf(config: GatewayConfig, model: string): Learned {
    return this.learned.of(config).get(model);
  }

  /** Whether refusals of this gateway taught anything that is still remembered. */
  hasLearned(config: GatewayConfig): boolean {
    return this.learned.has(config);
  }

  /** Forgets it: the gateway may take today what it refused before. */
  forgetLearned(config: GatewayConfig): Promise<void> {
    return this.learned.forget(config);
  }

  /** The model chosen for a gateway with Select Model, or empty. */
  rememberedModel(config: GatewayConfig): string {
    return this.chosenModels.get()[gatewayKey(config)] ?? '';
  }

  async rememberModel(config: GatewayConfig, id: string): Promise<void> {
    await this.chosenModels.set({ ...this.chosenModels.get(), [gatewayKey(config)]: id });
  }
}
