import { inertMarkdown } from '../document/inertMarkdown.ts';
import type { Account } from './account.ts';
import { type CheckFailure, type GatewayCheck, isFailure, type KeyCheck } from './checkGateway.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import { parseBaseUrl } from './baseUrl.ts';
import { routeOf } from './chooseModel.ts';
import { imageModels, type ModelEntry, type Route } from './models.ts';
import { presets } from './presets.ts';

/** Everything that a report of Check Gateway says. */
export interface ReportFacts {
  readonly config: GatewayConfig;
  readonly check: GatewayCheck;
  /** The route that a refusal taught for a model, where one did. */
  readonly learnedRoute?: (model: string) => Route | undefined;
  /** What must not stand in it. */
  readonly secrets: readonly string[];
  readonly versions: {
    readonly extension: string;
    readonly editor: string;
    readonly host: 'node' | 'browser';
  };
}

/** The most models that a report lists. */
const mostModels = 200;

/** The report as Markdown for the person who asked: inert, whatever the gateway said. */
export function checkReport(facts: ReportFacts): string {
  const { config, check, secrets } = facts;
  const rows = [
    ['Gateway', `${inertMarkdown(config.name, secrets, 80)} (${inertMarkdown(config.id, secrets, 64)})`],
    ['Host', inertMarkdown(config.url.host, secrets)],
    ['Reached', reachedWords(check, secrets)],
    ['Key', keyWords(check.key, secrets)],
    ...accountRows(check, secrets),
    ['Models', listWords(check.list, secrets)],
    ['Version', versionWords(facts)],
  ];
  const table = ['| | |', '|---|---|', ...rows.map(([name = '', words = '']) => `| ${name} | ${words} |`)];
  return [
    `# Check Gateway: ${inertMarkdown(config.name, secrets, 80)}`,
    table.join('\n'),
    ...modelTable(facts),
    'No image was asked for, and nothing was spent.',
    '',
  ].join('\n\n');
}

/**
 * The report to pass on: which gateway only where it is a preset at its own address; no key, header, host, account,
 * path or word of the gateway's; ids of models only of a preset, where they are public.
 */
export function redactedReport(facts: ReportFacts): string {
  const { config, check } = facts;
  const preset = presetOf(config);
  const models = typeof check.list === 'string' || isFailure(check.list) ? [] : imageModels(check.list);
  const lines = [
    `Gateway: ${preset ?? 'custom'}`,
    `Authentication: ${config.auth.kind}; route: ${config.route}`,
    `Reached: ${isFailure(check.reached) ? failed(check.reached) : `in ${check.reached.milliseconds} ms`}`,
    `Key: ${check.key.kind === 'refused' ? failed(check.key.failure) : keyWords(check.key, [])}`,
    `Account: ${check.account === undefined ? 'not told' : isFailure(check.account) ? failed(check.account) : 'told'}`,
    `Models: ${isFailure(check.list) ? failed(check.list) : listWords(check.list, [])}`,
    ...(preset === undefined
      ? []
      : models.slice(0, mostModels).map((model) => `  ${modelLine(model, facts)}`)),
    `Version: ${versionWords(facts)}`,
  ];
  return ['Image Gateway: Check Gateway', ...lines.map((line) => `- ${line}`), ''].join('\n');
}

function presetOf(config: GatewayConfig): string | undefined {
  const preset = presets.find(({ id }) => id === config.id);
  const url = preset && parseBaseUrl(preset.baseUrl);
  return url !== undefined && 'href' in url && url.href === config.url.href ? config.id : undefined;
}

function reachedWords({ reached }: GatewayCheck, secrets: readonly string[]): string {
  return isFailure(reached)
    ? `no: ${said(reached, secrets)}`
    : `yes, it answered in ${reached.milliseconds} ms`;
}

function keyWords(key: KeyCheck, secrets: readonly string[]): string {
  switch (key.kind) {
    case 'works':
      return key.shownBy === 'account'
        ? 'works: the account answered'
        : 'works: the list comes with the key only';
    case 'refused':
      return `refused: ${said(key.failure, secrets)}`;
    case 'notTested':
      return untestedWords[key.why];
  }
}

const untestedWords: Readonly<Record<Extract<KeyCheck, { kind: 'notTested' }>['why'], string>> = {
  notNeeded: 'none is needed',
  noKey: 'none is stored, so none was tested',
  noAnswer: 'the key was not tested: nothing answered',
  noPlace: 'the key was not tested: there is neither a list nor an account to ask for',
  publicList: 'the key was not tested: the list of models comes without a key, too',
  unclear: 'the key was not tested: the answers neither show that it works nor that it does not',
};

/** A refused key is told once. */
function accountRows({ account, key }: GatewayCheck, secrets: readonly string[]): string[][] {
  const isTold = key.kind === 'refused' && isFailure(account);
  return account === undefined || isTold ? [] : [['Account', accountWords(account, secrets)]];
}

function accountWords(account: Account | CheckFailure, secrets: readonly string[]): string {
  if (isFailure(account)) return `not known: ${said(account, secrets)}`;
  const { of, left, used, limit, isFreeTier } = account;
  const whose = of === 'credit' ? 'of the credit' : 'of what this key may spend';
  const words = [
    left && `${left} left ${whose}`,
    used && `${used} used so far`,
    limit === 'none' ? 'the key has no limit of its own' : limit && `limit of the key ${limit}`,
    isFreeTier === true && 'free tier',
  ];
  return inertMarkdown(words.filter((one) => typeof one === 'string').join('; '));
}

function listWords(list: GatewayCheck['list'], secrets: readonly string[]): string {
  if (list === 'none') return 'the gateway has no list; a model is named with Select Model';
  if (isFailure(list)) return `not known: ${said(list, secrets)}`;
  const images = imageModels(list);
  const sure = images.filter(({ makesImages }) => makesImages === 'yes').length;
  const guess = images.length > sure ? `, ${images.length - sure} of them by their names only` : '';
  return `${list.length} listed, ${images.length} for images${guess}`;
}

function modelTable(facts: ReportFacts): string[] {
  const { list } = facts.check;
  const { secrets } = facts;
  if (list === 'none' || isFailure(list)) return [];
  const models = imageModels(list);
  if (models.length === 0) return [];
  const rows = models.slice(0, mostModels).map((model) => {
    const { price = 'unknown', takesImages } = model;
    const takes = takesImages === undefined ? 'unknown' : takesImages ? 'yes' : 'no';
    const id = inertMarkdown(model.id, secrets);
    return `| ${id} | ${routeWords(model, facts)} | ${inertMarkdown(price, secrets)} | ${takes} |`;
  });
  const head = ['| Image model | Route | Price by the list | Takes references |', '|---|---|---|---|'];
  const more = models.length - rows.length;
  return [[...head, ...rows].join('\n'), ...(more > 0 ? [`And ${more} more.`] : [])];
}

function modelLine(model: ModelEntry, facts: ReportFacts): string {
  return `${inertMarkdown(model.id)} (${routeWords(model, facts)}${model.price === undefined ? '' : `, ${model.price}`})`;
}

/** The list's, or what the gateway taught when it was asked otherwise. */
function routeWords(model: ModelEntry, { config, learnedRoute }: ReportFacts): string {
  const learned = learnedRoute?.(model.id);
  const route = routeOf(model, config, learned);
  return learned === route && route !== routeOf(model, config) ? `${route} (learned)` : route;
}

function versionWords({ versions: { extension, editor, host } }: ReportFacts): string {
  return `Image Gateway ${extension}, VS Code ${editor}, ${host} extension host`;
}

function said({ sentence, code }: CheckFailure, secrets: readonly string[]): string {
  return `${inertMarkdown(sentence, secrets, 600)} (${code})`;
}

function failed({ code }: CheckFailure): string {
  return `failed (${code})`;
}
