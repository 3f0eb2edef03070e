import * as vscode from 'vscode';
import type { AgentLimits } from '../core/agent/agentJournal.ts';
import type { OutputFormat } from '../core/request.ts';
import { fileOfDocument } from './documents/placeOfDocument.ts';
import { settingIds, settingsSection } from './ids.ts';
import { ownValueOf } from './ownValue.ts';

/** Settings that decide where requests go and what they may cost: the person's own, never a workspace's. */
export interface RequestSettings {
  readonly gateway: string;
  /** Unchecked; `parseGateways` checks it. */
  readonly gateways: unknown;
  /** Milliseconds without a received byte. */
  readonly idleMs: number;
  readonly maxImages: number;
  readonly maxImagesPerHour: number;
}

/** Reads what agents may use, in the person's own settings only. */
export function readAgentLimits(): AgentLimits {
  const count = (id: string, fallback: number) => Math.floor(asNumber(ownValue(id), fallback, 0, 100_000));
  const dollars = (id: string, fallback: number) =>
    Math.round(asNumber(ownValue(id), fallback, 0, 100_000) * 1_000_000);
  return {
    imagesPerSession: count(settingIds.agentImagesPerSession, 20),
    imagesPerDay: count(settingIds.agentImagesPerDay, 50),
    costPerSession: dollars(settingIds.agentCostPerSession, 2),
    costPerDay: dollars(settingIds.agentCostPerDay, 5),
    assumedCost: dollars(settingIds.agentAssumedCost, 0.25),
  };
}

/** The model that the person's own settings name; empty where they name none. Agents ask no other: each has its price. */
export function readOwnModel(): string {
  return asString(ownValue(settingIds.model), '').trim();
}

/** Settings that decide what becomes of a picture, for one resource. */
export interface OutputSettings {
  readonly model: string;
  readonly directory: string;
  /** Whether somebody set `output.directory`; else `markdown.copyFiles.destination` comes before it. */
  readonly directoryIsSet: boolean;
  readonly fileName: string;
  readonly format: 'asDelivered' | OutputFormat;
  readonly metadata: 'none' | 'source' | 'full';
  readonly insertLink: 'ask' | 'always' | 'never';
}

/** What was read in this turn: a page's state asks many times, and VS Code takes its time to look. */
let readInThisTurn: RequestSettings | undefined;

/** Reads the application-scoped settings. The one function that does (design.md, rule 1). */
export function readRequestSettings(): RequestSettings {
  if (readInThisTurn !== undefined) return readInThisTurn;
  readInThisTurn = inspectRequestSettings();
  queueMicrotask(() => (readInThisTurn = undefined));
  return readInThisTurn;
}

function inspectRequestSettings(): RequestSettings {
  return {
    gateway: asString(ownValue(settingIds.gateway), 'vercel'),
    gateways: ownValue(settingIds.gateways),
    idleMs: asNumber(ownValue(settingIds.timeoutSeconds), 300, 1, 3600) * 1000,
    maxImages: Math.floor(asNumber(ownValue(settingIds.maxImages), 4, 1, 10)),
    maxImagesPerHour: Math.floor(asNumber(ownValue(settingIds.maxImagesPerHour), 100, 0, 100_000)),
  };
}

/** Reads the settings for pictures of one resource (a document or a workspace folder). */
export function readOutputSettings(scope: vscode.Uri | undefined): OutputSettings {
  const settings = vscode.workspace.getConfiguration(settingsSection, scope ?? null);
  const directory = settings.inspect(settingIds.outputDirectory);
  return {
    model: asString(trusted(settings, settingIds.model), '').trim(),
    directory: asString(trusted(settings, settingIds.outputDirectory), 'images'),
    directoryIsSet: [directory?.globalValue, directory?.workspaceValue, directory?.workspaceFolderValue].some(
      (value) => value !== undefined,
    ),
    fileName: asString(trusted(settings, settingIds.outputFileName), '${prompt}'),
    format: asOneOf(settings.get(settingIds.outputFormat), ['asDelivered', 'png', 'jpeg', 'webp']),
    metadata: asOneOf(ownValue(settingIds.outputMetadata), ['none', 'source', 'full']),
    insertLink: asOneOf(settings.get(settingIds.insertLink), ['ask', 'always', 'never']),
  };
}

/** Settings that say how documents and files belong together, for one resource. */
export interface DocumentSettings {
  /** Where files lie that a site serves from its root, relative to the workspace folder; empty: it is looked for. */
  readonly publicDirectory: string;
  /** How languages write a link to an image; unchecked, `imageLink` checks them. */
  readonly linkTemplates: Readonly<Record<string, string>>;
}

/** Reads the settings of one resource's documents; a cell has its notebook's. */
export function readDocumentSettings(scope: vscode.Uri): DocumentSettings {
  const settings = vscode.workspace.getConfiguration(settingsSection, fileOfDocument(scope));
  const templates = trusted(settings, settingIds.linkTemplates);
  return {
    publicDirectory: asString(trusted(settings, settingIds.publicDirectory), '').trim(),
    linkTemplates:
      typeof templates === 'object' && templates !== null ? (templates as Record<string, string>) : {},
  };
}

/**
 * Stores which gateway is used, in the person's own settings.
 * @returns whether it took effect: where the machine settings of a remote hold the setting, the editor
 *   writes there, and what stands there does not count
 */
export async function writeGateway(id: string): Promise<boolean> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(settingIds.gateway, id, vscode.ConfigurationTarget.Global);
  return readRequestSettings().gateway === id;
}

/** Whether the person's own settings have an entry for a gateway of that id, usable or not. */
export function hasCustomGateway(id: string): boolean {
  return Object.hasOwn(ownGateways(), id);
}

/**
 * Adds a gateway to the person's own settings, beside the ones that stand there; never what a workspace or a
 * remote says.
 * @returns whether it took effect, as for `writeGateway`
 */
export async function writeCustomGateway(
  id: string,
  entry: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  await vscode.workspace
    .getConfiguration(settingsSection)
    .update(settingIds.gateways, { ...ownGateways(), [id]: entry }, vscode.ConfigurationTarget.Global);
  return hasCustomGateway(id);
}

function ownGateways(): Readonly<Record<string, unknown>> {
  const { gateways } = readRequestSettings();
  return typeof gateways === 'object' && gateways !== null && !Array.isArray(gateways)
    ? (gateways as Record<string, unknown>)
    : {};
}

/**
 * The value of a restricted setting. In Restricted Mode the editor leaves a workspace's values out by their
 * keys, and a whole section (`imageGateway`) is a key that it does not know.
 */
function trusted(settings: vscode.WorkspaceConfiguration, id: string): unknown {
  return vscode.workspace.isTrusted ? settings.get(id) : ownValue(id);
}

/** The person's own value of a setting, whatever a workspace, a folder or a remote machine says. */
function ownValue(id: string): unknown {
  return ownValueOf(vscode.workspace.getConfiguration(settingsSection).inspect(id));
}

function asString(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function asNumber(value: unknown, fallback: number, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, value));
}

function asOneOf<T extends string>(value: unknown, allowed: readonly [T, ...T[]]): T {
  return allowed.find((one) => one === value) ?? allowed[0];
}
