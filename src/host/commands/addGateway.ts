import * as vscode from 'vscode';
import { isImageGatewayError } from '../../core/failure.ts';
import { type BaseUrl, mayCarryKey } from '../../core/gateway/baseUrl.ts';
import { type GatewayConfig, gatewayKey } from '../../core/gateway/gatewayConfig.ts';
import { newGatewayId } from '../../core/gateway/newGatewayId.ts';
import { possibleBaseUrls } from '../../core/gateway/typedUrl.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { withCancellableProgress } from '../cancellableProgress.ts';
import { hasCustomGateway, readOutputSettings, writeCustomGateway, writeGateway } from '../settings.ts';
import { askAddress, askAfterFailure, askAuth, askModel, showAdded } from './addGatewaySteps.ts';
import type { CommandParts } from './command.ts';
import { type AuthSetting, draftGateway, type Probe, probeGateway } from './probeGateway.ts';
import { showFailure } from './runCommand.ts';
import { tellNotAdded, tellNotWritten } from './tellNotWritten.ts';

/** A gateway on its way into the settings. */
interface Draft {
  readonly id: string;
  readonly url: BaseUrl;
  auth: AuthSetting | undefined;
  /** Whether a key was stored for it. */
  hasKey: boolean;
}

/**
 * Add Gateway: address, key, check, model, and only then the person's own settings. Whoever leaves before the end
 * leaves nothing behind, the key included.
 */
export async function addGateway(parts: CommandParts): Promise<void> {
  const url = await askAddress();
  if (url === undefined || (await chooseKnown(parts, url))) return;
  const id = await freeId(parts, url);
  const draft: Draft = { id, url, auth: mayCarryKey(url) ? undefined : 'none', hasKey: false };
  let isSaved = false;
  try {
    const probe = await findGateway(parts, draft);
    const model = probe === undefined ? undefined : (await askModel(probe, parts.log))?.trim();
    if (probe !== undefined && model !== undefined) {
      await save(parts, draft, probe.config, model);
      isSaved = true;
    }
  } catch (thrown) {
    if (isImageGatewayError(thrown)) showFailure(thrown, parts.log);
    else showNotSaved(parts, thrown);
  } finally {
    if (draft.hasKey && (!isSaved || draft.auth === 'none')) await removeKey(parts, draft);
  }
}

/** Chooses the gateway that has this address already, if one does: a second entry would only confuse. */
async function chooseKnown({ gateways }: CommandParts, url: BaseUrl): Promise<boolean> {
  const possible = possibleBaseUrls(url);
  const known = gateways.all().find((one) => possible.includes(one.url.href));
  if (known === undefined) return false;
  if (!(await writeGateway(known.id))) await tellNotWritten(known.id);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} has this address already and is chosen.', known.name),
    );
  return true;
}

/** An id that no gateway has, under which no key of an earlier one is left. */
function freeId({ gateways, keys }: CommandParts, url: BaseUrl): Promise<string> {
  const taken = new Set(gateways.all().map(({ id }) => id));
  return newGatewayId(
    url,
    async (id) =>
      taken.has(id) || hasCustomGateway(id) || (await keys.isStored(draftGateway(id, url.href, 'bearer'))),
  );
}

/** Asks for the key where one is needed, and for the list, until it came or the person saves without. */
async function findGateway(parts: CommandParts, draft: Draft): Promise<Probe | undefined> {
  // On this machine a server without a key is common; elsewhere a first try without one would only cost time.
  let asksForKey = draft.url.isHttps && !draft.url.isLoopback;
  for (;;) {
    if (asksForKey && !(await askKey(parts, draft))) return undefined;
    const probe = await probeDraft(parts, draft);
    if (probe.kind !== 'failed') return probe;
    const takesKey = mayCarryKey(draft.url);
    const isRefused = probe.error.code === 'unauthorized' || probe.error.code === 'forbidden';
    if (isRefused && takesKey && draft.auth === undefined) {
      asksForKey = true;
      continue;
    }
    const next = await askAfterFailure(draft.url, probe.error, takesKey);
    if (next === 'save') return probe;
    if (next === undefined) return undefined;
    asksForKey = next === 'auth';
  }
}

function probeDraft({ gateways }: CommandParts, { id, url, auth }: Draft): Thenable<Probe> {
  const [first = url.href, ...others] = possibleBaseUrls(url);
  const at = (baseUrl: string) => draftGateway(id, baseUrl, auth);
  return withCancellableProgress(vscode.l10n.t('Asking {0} for its models', url.host), (signal) =>
    probeGateway(gateways, [at(first), ...others.map(at)], signal),
  );
}

/** @returns whether the person went on */
async function askKey(parts: CommandParts, draft: Draft): Promise<boolean> {
  const auth = await askAuth(draft.url);
  if (auth === undefined) return false;
  draft.auth = auth;
  if (auth === 'none') return true;
  const isStored = await parts.access.enterKey(draftGateway(draft.id, draft.url.href, auth));
  draft.hasKey ||= isStored;
  return isStored;
}

async function save(
  { gateways, panel }: CommandParts,
  { id, auth }: Draft,
  config: GatewayConfig,
  model: string,
): Promise<void> {
  const entry = { baseUrl: config.url.href, ...(auth !== undefined && { auth }) };
  const isWritten = await writeCustomGateway(id, entry);
  const isChosen = await writeGateway(id);
  if (model !== '') await gateways.rememberModel(config, model);
  panel.refresh();
  if (!isWritten) await tellNotAdded(id);
  else if (!isChosen) await tellNotWritten(id);
  else showAdded(config, outsideWords(model, [], 80), readOutputSettings(undefined).model !== '');
}

async function removeKey({ keys }: CommandParts, { id, url }: Draft): Promise<void> {
  const name = gatewayKey(draftGateway(id, url.href, 'bearer'));
  await keys.remove({ name, id, host: url.host });
}

function showNotSaved({ log }: CommandParts, thrown: unknown): void {
  log.error('The new gateway could not be saved.', thrown);
  void vscode.window.showErrorMessage(
    vscode.l10n.t('The gateway could not be written into your user settings; see the log.'),
  );
}
