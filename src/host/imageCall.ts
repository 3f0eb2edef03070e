import * as vscode from 'vscode';
import type { GenerationOutcome, SavedImage } from '../core/events.ts';
import type { Gateway } from '../core/gateway/gateway.ts';
import type { GatewayConfig } from '../core/gateway/gatewayConfig.ts';
import type { GenerateArgs } from '../core/generateArgs.ts';
import type { ReferenceImage, Turn } from '../core/request.ts';
import { ratioText, sizeText } from '../core/size.ts';
import type { OutputSettings } from './settings.ts';
import type { Destination } from './workspace/destination.ts';
import type { ExactTarget } from './workspace/exactDestination.ts';
import type { LinkPlace } from './workspace/linkPlace.ts';

/** One call, whichever entrance it came through. */
export interface ImageCall {
  readonly args: GenerateArgs<vscode.Uri>;
  readonly prompt: string;
  /** What stands around the picture in the document: sent behind the prompt, where the person has seen it. */
  readonly context?: string | undefined;
  /** Whether the person may be asked; false for calls with `prompt`: nothing is asked, nothing shown. */
  readonly interactive: boolean;
  /** The document that the request was made from. */
  readonly document?: vscode.Uri | undefined;
  /**
   * Pictures that are no files, behind `args.references`: bytes that the person chose in the panel. Interactive calls
   * only, because what goes along without a question must be a file of the workspace (design.md, rule 5).
   */
  readonly pictures?: readonly ReferenceImage[];
  /** Where the first reference may be changed, drawn in the panel; it comes before `args.mask`. As `pictures`. */
  readonly mask?: ReferenceImage | undefined;
  /** What was said before, oldest first, with its pictures. As `pictures`. */
  readonly history?: readonly Turn[] | undefined;
  /** Whether a chat agent asks: then only the person's own settings choose the model, not what an agent can write. */
  readonly isAgents?: boolean;
  /** The one file that is wanted, as a document names it. */
  readonly target?: ExactTarget | undefined;
  /** Where a link would go. */
  readonly place?: LinkPlace | undefined;
  /** What comes stays in the extension's storage until the person keeps it. */
  readonly keepsDrafts?: boolean;
}

/** A call whose every check has passed and whose every question was answered; nothing is sent yet. */
export interface PreparedCall {
  readonly call: ImageCall;
  readonly config: GatewayConfig;
  readonly gateway: Gateway;
  readonly settings: OutputSettings;
  /** Empty: the gateway's remembered model or its default. */
  readonly wantedModel: string;
  readonly references: readonly ReferenceImage[];
  readonly mask: ReferenceImage | undefined;
  /** The mask in words. */
  readonly maskRegion: string | undefined;
  readonly destinationFor: (model: string) => Promise<Destination>;
  readonly insertsLink: boolean;
}

/** What a command resolves with (design.md, GenerateResult). */
export interface GenerateResult extends Omit<GenerationOutcome, 'images'> {
  readonly images: readonly (Omit<SavedImage, 'uri'> & { readonly uri: vscode.Uri })[];
  readonly requested: Readonly<Record<string, unknown>>;
}

/** The result that a command resolves with. */
export function resultOf(prepared: PreparedCall, outcome: GenerationOutcome): GenerateResult {
  return {
    ...outcome,
    images: outcome.images.map((image) => ({ ...image, uri: vscode.Uri.parse(image.uri) })),
    requested: requestedOf(prepared, outcome.model),
  };
}

function requestedOf({ call, config }: PreparedCall, model: string): Readonly<Record<string, unknown>> {
  const { size, aspectRatio, ...rest } = call.args;
  return {
    ...rest,
    prompt: call.prompt,
    gateway: config.id,
    model,
    ...(size && { size: sizeText(size) }),
    ...(aspectRatio && { aspectRatio: ratioText(aspectRatio) }),
  };
}
