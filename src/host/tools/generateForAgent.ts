import * as vscode from 'vscode';
import type { AgentLimits } from '../../core/agent/agentJournal.ts';
import type { ToldImage } from '../../core/agent/resultWords.ts';
import type { ToolInput, ToolKind } from '../../core/agent/toolInput.ts';
import { type Bill, followBill } from '../../core/billing.ts';
import type { FinishedImage, GenerationOutcome, SavedImage } from '../../core/events.ts';
import { altText } from '../../core/document/markdownLink.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf, throwIfCancelled } from '../../core/failure.ts';
import { numberedName, safeStem } from '../../core/files/fileName.ts';
import { offlineGatewayId } from '../../core/gateway/presets.ts';
import type { AgentReservation } from '../agentBudget.ts';
import type { PreparedCall } from '../imageCall.ts';
import { readAgentLimits } from '../settings.ts';
import { linkFrom } from '../workspace/documentLink.ts';
import { parentOf } from '../workspace/parentOf.ts';
import { callFacts } from './callFacts.ts';
import { checkIconsAhead } from './iconPlan.ts';
import { type IconsMade, iconsOf } from './iconsForAgent.ts';
import type { ToolOutcome } from './runTool.ts';
import { settleDocument } from './settleDocument.ts';
import { toolCall } from './toolCall.ts';
import { billWords, costEach } from './toolMoney.ts';
import type { ToolParts } from './toolParts.ts';
import { pathOf } from './toolPlaces.ts';

/** A request that is over, and what became of the document. */
interface Finished {
  readonly outcome: GenerationOutcome;
  readonly saved: readonly { readonly saved: SavedImage; readonly image: FinishedImage }[];
  readonly bill: Bill;
  /** What it counts as, in millionths of a dollar. */
  readonly counted: number;
  readonly isLinked: boolean;
  /** Whether the document had changes of the person before the link came into it. */
  readonly wasDirty: boolean;
}

/** What an agent asks for. */
export interface AgentWish {
  readonly kind: ToolKind;
  /** The input as it was given. */
  readonly value: unknown;
  readonly input: ToolInput;
  readonly prompt: string;
}

/**
 * Makes or edits images for an agent: the same checks and the same engine as every call with a prompt, and a budget on
 * top that is taken from before anything is sent.
 * @throws an ImageGatewayError
 */
export async function generateForAgent(
  parts: ToolParts,
  { kind, value, input, prompt }: AgentWish,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const { call, document } = await toolCall(input, prompt, parts);
  try {
    const prepared = await parts.service.prepare(call);
    await checkIconsAhead(parts, input, prepared);
    throwIfCancelled(signal);
    const limits = readAgentLimits();
    const count = prepared.call.args.n ?? 1;
    const isFree = prepared.config.id === offlineGatewayId;
    // What does not fit whatever the price is, asks for nothing.
    if (!isFree) parts.agents.check(count, limits.assumedCost, limits);
    const { config, gateway, wantedModel } = prepared;
    const { entry } = await parts.gateways.chooseModel(config, gateway, wantedModel, signal);
    const { listedCost } = await import('../../core/agentTools.ts');
    const each = costEach(listedCost(entry.price), limits);
    const told = {
      facts: await callFacts(prepared, document),
      model: { id: entry.id, price: entry.price },
    };
    parts.confirmed.check(kind, value, told, each <= limits.assumedCost);
    throwIfCancelled(signal);
    const reservation = isFree ? undefined : await parts.agents.reserve(count, each, limits);
    const finished = await run(parts, prepared, document, reservation, signal);
    const placed =
      finished.isLinked && document
        ? await settleDocument(document, 'The link stands', finished.wasDirty)
        : undefined;
    const icons = input.iconSet ? await iconsBeside(parts, input, finished, signal) : {};
    return await outcomeOf(parts, { prepared, limits, finished, document, placed, ...icons });
  } finally {
    call.place?.dispose();
  }
}

async function run(
  { service }: ToolParts,
  prepared: PreparedCall,
  document: vscode.TextDocument | undefined,
  reservation: AgentReservation | undefined,
  signal: AbortSignal,
): Promise<Finished> {
  const billOf = followBill();
  const saved: { saved: SavedImage; image: FinishedImage }[] = [];
  let [came, isLinked, wasDirty, isSettled] = [0, false, false, false];
  let end: GenerationOutcome | ImageGatewayError | undefined;
  let bill: Bill = 'unknown';
  let counted = 0;
  try {
    for await (const event of service.run(prepared, signal)) {
      if (event.type === 'image') came++;
      else if (event.type === 'saved') saved.push(event);
      else if (event.type === 'receipt') wasDirty = isDirtyNow(document);
      else if (event.type === 'linkInserted') isLinked = true;
      else if (event.type === 'finished') end = event.outcome;
      else if (event.type === 'failed') end = event.error;
      const told = billOf(event);
      if (told === undefined) continue;
      bill = told;
      isSettled = true;
      counted = (await reservation?.settle(bill, came)) ?? 0;
    }
  } finally {
    if (!isSettled) await reservation?.settle('unknown', came);
  }
  if (end === undefined)
    throw new ImageGatewayError('cancelled', 'The request was cancelled; the gateway may still bill it.');
  if (end instanceof Error) throw end;
  return { outcome: end, saved, bill, counted, isLinked, wasDirty };
}

/** The editor may have let go of the text, and the person have opened and changed it since: then it is another document. */
function isDirtyNow(document: vscode.TextDocument | undefined): boolean {
  const uri = document?.uri.toString();
  return vscode.workspace.textDocuments.some((one) => one.isDirty && one.uri.toString() === uri);
}

/** The icons of the image that was just saved and paid for: where they fail, that alone is told. */
async function iconsBeside(
  parts: ToolParts,
  input: ToolInput,
  { outcome: { images } }: Finished,
  signal: AbortSignal,
): Promise<Pick<Made, 'icons' | 'iconsFailed'>> {
  const [first] = images;
  if (first === undefined) return {};
  try {
    return { icons: await iconsOf(parts, input, vscode.Uri.parse(first.uri), signal) };
  } catch (thrown) {
    return { iconsFailed: isImageGatewayError(thrown) ? sentenceOf(thrown) : 'The icons could not be made.' };
  }
}

interface Made {
  readonly prepared: PreparedCall;
  readonly limits: AgentLimits;
  readonly finished: Finished;
  readonly document: vscode.TextDocument | undefined;
  readonly placed: string | undefined;
  readonly icons?: IconsMade;
  /** One sentence. */
  readonly iconsFailed?: string;
}

async function outcomeOf(parts: ToolParts, made: Made): Promise<ToolOutcome> {
  const { prepared, limits, finished, document, placed, icons, iconsFailed } = made;
  const failed = iconsFailed === undefined ? [] : [{ code: 'saveFailed', message: iconsFailed }];
  const { outcome, saved } = finished;
  const { images, cost } = parts.agents.left(limits);
  const isFree = prepared.config.id === offlineGatewayId;
  const linking = document ?? rootDocument();
  // The image is saved, whatever became of its directory since.
  const renamed = await renamedNotice(prepared, outcome).catch(() => []);
  return {
    result: {
      images: saved.map((one) => toldImage(one, linking, altText(prepared.call.prompt))),
      document: document && pathOf(document.uri),
      placed: placed ?? icons?.placed,
      ...(icons && { files: icons.files.map(pathOf), lines: icons.lines }),
      cost: billWords(isFree ? 'none' : finished.bill, finished.counted),
      left: isFree ? '' : `Left of the agents’ budget: ${images} images, ${cost}.`,
      madeBy: `${outcome.model} by ${prepared.config.name}`,
      said: outcome.text,
      notices: [...renamed, ...outcome.notices, ...(icons?.notices ?? []), ...failed],
      next: nextStep(made),
    },
    shown: saved.map(({ saved: { uri, sha256 } }) => ({ uri: vscode.Uri.parse(uri), sha256 })),
  };
}

function toldImage(
  { saved, image }: Finished['saved'][number],
  document: Pick<vscode.TextDocument, 'uri' | 'languageId'> | undefined,
  ownAlt: string,
): ToldImage {
  const uri = vscode.Uri.parse(saved.uri);
  const link = document && linkFrom(document, saved);
  return {
    path: pathOf(uri),
    ...{ width: saved.width, height: saved.height, byteLength: saved.byteLength },
    ...{ format: image.facts.format, hasAlpha: image.facts.hasAlpha, alpha: image.alpha },
    link: link === undefined || 'problem' in link ? undefined : link.text,
    isAltOutside: saved.alt !== ownAlt,
  };
}

/** For links where no document was named: as a Markdown file at the root writes them. */
function rootDocument(): Pick<vscode.TextDocument, 'uri' | 'languageId'> | undefined {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  return root && { uri: vscode.Uri.joinPath(root, 'README.md'), languageId: 'markdown' };
}

/** Where the name that was wanted was taken: nothing is overwritten. */
async function renamedNotice(
  { call, destinationFor }: PreparedCall,
  { images, model }: GenerationOutcome,
): Promise<readonly { readonly code: string; readonly message: string }[]> {
  const first = images[0];
  if (call.args.fileName === undefined || first === undefined) return [];
  const name = vscode.Uri.parse(first.uri).path.split('/').pop() ?? '';
  const extension = name.split('.').pop() ?? '';
  const wanted = numberedName(
    safeStem((await destinationFor(model)).target(1, extension).stem),
    extension,
    0,
  );
  if (name === wanted) return [];
  return [
    {
      code: 'notOverwritten',
      message: `${wanted} was there already and nothing is overwritten: the image is ${name}.`,
    },
  ];
}

function nextStep({ finished, document, icons, placed }: Made): string {
  if (icons !== undefined)
    return icons.placed === undefined
      ? 'put the lines into the head of the page, if the person wants it.'
      : 'nothing; the icons and their lines are in place.';
  if (placed !== undefined) return 'nothing; the image and its link are in place.';
  const directory = parentOf(vscode.Uri.parse(finished.outcome.images[0]?.uri ?? ''));
  return document === undefined
    ? `use the path or the link as it stands; the files are in ${pathOf(directory)}.`
    : 'write the link as it stands into the document, if the person wants it there.';
}
