import * as vscode from 'vscode';
import type { ConfirmRow } from '../../core/agent/confirmWords.ts';
import { type ToolInput, type ToolKind, toolPromptLimit } from '../../core/agent/toolInput.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import { iconFiles } from '../../core/iconSet.ts';
import { pixelWords } from '../../core/imageWords.ts';
import { inertMarkdown } from '../../core/document/inertMarkdown.ts';
import { ratioText } from '../../core/size.ts';
import type { PreparedCall } from '../imageCall.ts';
import { readAgentLimits, readRequestSettings } from '../settings.ts';
import { callFacts } from './callFacts.ts';
import { checkIconsAhead, planIcons } from './iconPlan.ts';
import { toolCall } from './toolCall.ts';
import { type AskedModel, askedModel, costEach, costWords } from './toolMoney.ts';
import type { ToolParts } from './toolParts.ts';
import { pathOf, uriOf } from './toolPlaces.ts';

/**
 * What the person is asked before an agent's call runs. The call is checked as far as it can be without sending anything:
 * nobody is asked about one that would be refused.
 * @throws what the call would fail with, for the model to act on
 */
export async function confirmTool(
  parts: ToolParts,
  kind: ToolKind,
  value: unknown,
): Promise<vscode.PreparedToolInvocation> {
  const { confirmMarkdown, listedCost, parseToolInput } = await import('../../core/agentTools.ts');
  const input = parseToolInput(kind, value, readRequestSettings().maxImages);
  if (input.prompt === undefined) return confirmIcons(parts, input, confirmMarkdown);
  const { call, document } = await toolCall(input, input.prompt, parts);
  try {
    const prepared = await parts.service.prepare(call);
    await checkIconsAhead(parts, input, prepared);
    const limits = readAgentLimits();
    const model = await askedModel(prepared, parts.gateways);
    const { price } = model;
    const each = costEach(listedCost(price), limits);
    if (prepared.config.id !== offlineGatewayId) parts.agents.check(input.args.n ?? 1, each, limits);
    const rows = [
      ...whatRows(input),
      ...(await whereRows(prepared, model)),
      ...changeRows(input, document),
      ...filesRows(input),
      ...costRows(parts, prepared, input, { price, each }),
    ];
    parts.confirmed.note(kind, value, { facts: await callFacts(prepared, document), model });
    return asked(titleOf(kind, input, prepared.config.name), confirmMarkdown(rows));
  } finally {
    call.place?.dispose();
  }
}

async function confirmIcons(
  parts: ToolParts,
  input: ToolInput,
  markdown: (rows: readonly ConfirmRow[]) => string,
): Promise<vscode.PreparedToolInvocation> {
  const plan = await planIcons(parts, input);
  const rows: ConfirmRow[] = [
    { label: vscode.l10n.t('Image'), value: pathOf(plan.image) },
    { label: vscode.l10n.t('Files'), value: `${pathOf(plan.directory)}/: ${plan.names.join(', ')}` },
    ...changeRows(input, plan.document),
    { label: vscode.l10n.t('Cost'), value: vscode.l10n.t('nothing: nothing is sent') },
  ];
  return asked(vscode.l10n.t('Make an icon set?'), markdown(rows));
}

/** Neither commands nor HTML nor icons: a `MarkdownString` trusts nothing unless it is told to. */
function asked(title: string, markdown: string): vscode.PreparedToolInvocation {
  const message = new vscode.MarkdownString(markdown, false);
  message.isTrusted = false;
  message.supportHtml = false;
  return {
    invocationMessage: vscode.l10n.t('Making an image'),
    confirmationMessages: { title, message },
  };
}

function titleOf(kind: ToolKind, { args }: ToolInput, gateway: string): string {
  const name = inertMarkdown(gateway, [], 60);
  const count = args.n ?? 1;
  if (kind === 'edit') return vscode.l10n.t('Edit an image with {0}?', name);
  return count === 1
    ? vscode.l10n.t('Generate an image with {0}?', name)
    : vscode.l10n.t('Generate {0} images with {1}?', count, name);
}

function whatRows({ prompt = '', args }: ToolInput): readonly ConfirmRow[] {
  const { size, aspectRatio, quality, background, seed } = args;
  const shape = size
    ? pixelWords(size)
    : aspectRatio
      ? ratioText(aspectRatio)
      : vscode.l10n.t('the model’s own');
  const others = [quality, background, seed === undefined ? undefined : `seed ${seed}`];
  return [
    { label: vscode.l10n.t('Prompt'), value: prompt, limit: toolPromptLimit * 2 },
    { label: vscode.l10n.t('Images'), value: String(args.n ?? 1) },
    { label: vscode.l10n.t('Size'), value: shape },
    { label: vscode.l10n.t('Also'), value: others.filter((one) => one !== undefined).join(', ') },
  ];
}

async function whereRows(prepared: PreparedCall, { id }: AskedModel): Promise<readonly ConfirmRow[]> {
  const { config } = prepared;
  const isOffline = config.id === offlineGatewayId;
  return [
    {
      label: vscode.l10n.t('Sent to'),
      value: isOffline ? vscode.l10n.t('nobody: this machine') : config.url.host,
    },
    { label: vscode.l10n.t('Model'), value: id === '' ? vscode.l10n.t('the gateway’s default') : id },
    { label: vscode.l10n.t('File'), value: await fileWords(prepared, id), limit: 1500 },
  ];
}

/** Which document gets the link, or the lines of icons. */
function changeRows(
  { placement, iconSet }: ToolInput,
  document: vscode.TextDocument | undefined,
): readonly ConfirmRow[] {
  const isChanged = document !== undefined && (placement !== 'none' || iconSet);
  return [{ label: vscode.l10n.t('Changes'), value: isChanged ? pathOf(document.uri) : '', limit: 1500 }];
}

/** The name's extension follows what comes, where none was asked for. */
async function fileWords({ destinationFor, call, settings }: PreparedCall, model: string): Promise<string> {
  const format = call.args.outputFormat ?? (settings.format === 'asDelivered' ? undefined : settings.format);
  const extension = format === 'jpeg' ? 'jpg' : format;
  const { directory, stem } = (await destinationFor(model)).target(1, extension ?? 'png');
  const path = pathOf(vscode.Uri.joinPath(directory, `${stem}.${extension ?? '*'}`));
  return vscode.l10n.t('{0} (with a number where it is there already)', path);
}

/** Which files of the workspace go along: a row each, because a name may hold every sign that could stand between two. */
export function filesRows({ image, mask, references }: ToolInput): readonly ConfirmRow[] {
  const files = [
    ...(image ? [uriOf('image', image)] : []),
    ...references.map((one) => uriOf('references', one)),
    ...(mask ? [uriOf('mask', mask)] : []),
  ];
  const label = vscode.l10n.t('File sent along');
  return files.map((file) => ({ label, value: pathOf(file), limit: 1500 }));
}

function costRows(
  parts: ToolParts,
  prepared: PreparedCall,
  { args, iconSet }: ToolInput,
  { price, each }: { readonly price: string | undefined; readonly each: number },
): readonly ConfirmRow[] {
  const limits = readAgentLimits();
  const { images, cost } = parts.agents.left(limits);
  const left = vscode.l10n.t('{0} images and {1}', images, cost);
  const isFree = prepared.config.id === offlineGatewayId;
  return [
    { label: vscode.l10n.t('Cost'), value: costWords(prepared, price, args.n ?? 1, each) },
    { label: vscode.l10n.t('Left for agents'), value: isFree ? '' : left },
    {
      label: vscode.l10n.t('Then'),
      value: iconSet ? vscode.l10n.t('an icon set beside it: {0}', iconFiles.join(', ')) : '',
    },
  ];
}
