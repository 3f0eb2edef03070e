import type * as vscode from 'vscode';
import { type BaseUrl, mayCarryKey, parseBaseUrl } from '../core/gateway/baseUrl.ts';
import { type GatewayConfig, gatewayKey } from '../core/gateway/gatewayConfig.ts';
import { vercelOrigin } from '../core/gateway/presets.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform/platform.ts';

/** A stored key's place, without the key. */
export interface KeyEntry {
  readonly name: string;
  /** The gateway's id. */
  readonly id: string;
  /** Host and port that the key is for. */
  readonly host: string;
}

/**
 * Keys in SecretStorage, one entry for a gateway and an origin: a gateway whose URL changes finds no key.
 * The environment's key is used where none is stored, and only for its own origin.
 */
export class KeyStore {
  private readonly secrets: vscode.SecretStorage;
  private readonly platform: Pick<Platform, 'environment'>;
  private readonly log: Log;

  constructor(secrets: vscode.SecretStorage, platform: Pick<Platform, 'environment'>, log: Log) {
    this.secrets = secrets;
    this.platform = platform;
    this.log = log;
  }

  /** Fires when a key was set or removed, in this window or another. */
  get onDidChange(): vscode.Event<vscode.SecretStorageChangeEvent> {
    return this.secrets.onDidChange;
  }

  /** The key for a gateway, if one may be sent there at all. */
  async find(config: GatewayConfig): Promise<string | undefined> {
    if (config.auth.kind === 'none' || !mayCarryKey(config.url)) return undefined;
    const key = usable(await this.secrets.get(gatewayKey(config))) ?? this.fromEnvironment(config.url);
    if (key !== undefined) this.log.addSecret(key);
    return key;
  }

  async isStored(config: GatewayConfig): Promise<boolean> {
    return usable(await this.secrets.get(gatewayKey(config))) !== undefined;
  }

  async store(config: GatewayConfig, key: string): Promise<void> {
    this.log.addSecret(key.trim());
    await this.secrets.store(gatewayKey(config), key.trim());
  }

  /** The entries that hold a key: of the given gateways, and of ones that are no longer configured where the editor can list them. */
  async storedEntries(configs: readonly GatewayConfig[]): Promise<readonly KeyEntry[]> {
    // `keys` is newer than the oldest editor we run in.
    const { keys } = this.secrets as { keys?: () => Thenable<string[]> };
    const listed = (await keys?.call(this.secrets)) ?? [];
    const names = new Set([...configs.map(gatewayKey), ...listed]);
    const stored = await Promise.all(
      [...names].map(async (name) => ((await this.secrets.get(name)) === undefined ? [] : [name])),
    );
    return stored.flat().flatMap((name) => {
      const match = /^(.+)@(https?:\/\/([^/@]+))$/.exec(name);
      return match === null ? [] : [{ name, id: match[1] ?? '', host: match[3] ?? '' }];
    });
  }

  async remove(entry: KeyEntry): Promise<void> {
    await this.secrets.delete(entry.name);
  }

  /** The base URL that the environment gives the preset vercel, if any. */
  environmentBaseUrl(): string | undefined {
    const text = this.platform.environment('AI_GATEWAY_BASE_OPENAI_COMPAT_URL')?.trim();
    // A value that is no URL counts as one that cannot be used, never as none: requests meant for another
    // gateway would go to Vercel.
    return text === '' ? undefined : text;
  }

  private fromEnvironment(url: BaseUrl): string | undefined {
    const base = this.environmentBaseUrl();
    const parsed = base === undefined ? { origin: vercelOrigin } : parseBaseUrl(base);
    if ('problem' in parsed || parsed.origin !== url.origin) return undefined;
    // The token identifies a Vercel project and goes to Vercel only.
    const token = url.origin === vercelOrigin ? this.platform.environment('VERCEL_OIDC_TOKEN') : undefined;
    return usable(this.platform.environment('AI_GATEWAY_API_KEY')) ?? usable(token);
  }
}

/** A key is trimmed and never empty, and can stand in a header. */
function usable(key: string | undefined): string | undefined {
  const trimmed = key?.trim();
  return trimmed === undefined || keyProblem(trimmed) !== undefined ? undefined : trimmed;
}

/** Says why a text cannot be a key, or undefined when it can. */
export function keyProblem(key: string): 'empty' | 'characters' | undefined {
  const trimmed = key.trim();
  if (trimmed === '') return 'empty';
  return /^[\x21-\x7e]{1,4096}$/.test(trimmed) ? undefined : 'characters';
}
