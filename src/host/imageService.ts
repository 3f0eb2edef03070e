import * as vscode from 'vscode';
import type { FinishedImage, GatewayEvent, GenerationEvent, Notice, SavedImage } from '../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../core/failure.ts';
import type { ChosenModel } from '../core/gateway/chooseModel.ts';
import { offlineGatewayId } from '../core/gateway/presets.ts';
import { generateImages } from '../core/generation.ts';
import { tellParameters } from '../core/history/parameters.ts';
import { safeStem } from '../core/files/fileName.ts';
import type { HistoryRecorder } from '../core/history/recorder.ts';
import type { PixelEngine } from '../core/image/pixelTask.ts';
import { imageRequest } from '../core/imageRequest.ts';
import { receiptLine } from '../core/receipt.ts';
import { withContext } from '../core/references/context.ts';
import type { ImageRequest } from '../core/request.ts';
import type { Budget } from './budget.ts';
import { readCallPictures } from './callPictures.ts';
import type { GatewayAccess } from './gatewayAccess.ts';
import type { Gateways } from './gateways.ts';
import type { ImageCall, PreparedCall } from './imageCall.ts';
import type { ImageFiles } from './imageFiles.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform/platform.ts';
import type { SessionCost } from './sessionCost.ts';
import { type OutputSettings, readOutputSettings, readOwnModel, readRequestSettings } from './settings.ts';
import { chooseFolder, type Destination } from './workspace/destination.ts';
import { planDestination, settingsScope } from './workspace/planDestination.ts';
import type { LinkPlace } from './workspace/linkPlace.ts';

export interface ImageServiceParts {
  readonly gateways: Gateways;
  readonly access: GatewayAccess;
  readonly files: ImageFiles;
  readonly budget: Budget;
  readonly session: SessionCost;
  readonly recorder: HistoryRecorder;
  readonly engine: PixelEngine;
  readonly log: Log;
  readonly platform: Platform;
}

/** The one engine behind every entrance: same checks, same file rules, same receipt, same budget. */
export class ImageService {
  private readonly parts: ImageServiceParts;

  constructor(parts: ImageServiceParts) {
    this.parts = parts;
  }

  /**
   * Checks a call and asks what must be asked, before anything is sent.
   * @throws ImageGatewayError; cancelled where the person dismissed a question
   */
  async prepare(call: ImageCall): Promise<PreparedCall> {
    try {
      return await this.check(call);
    } catch (thrown) {
      const error = this.failureOf(thrown);
      // Whoever is told of it is offered the log.
      if (error.code !== 'cancelled') this.parts.log.error(error.message);
      throw error;
    }
  }

  /** Runs a prepared call. Yields all that happens; the last event is `finished`, `failed` or `cancelled`. */
  async *run(prepared: PreparedCall, signal: AbortSignal): AsyncGenerator<GenerationEvent, void> {
    const { config, gateway, call } = prepared;
    const started = Date.now();
    // A sketch costs nothing, and is no request.
    const follow = config.id === offlineGatewayId ? undefined : this.parts.session.follow();
    const told = tellParameters(call.args, (uri) => uri.toString());
    const notTold = [...told.notTold, ...notFiles(call)];
    const record = this.parts.recorder.follow({
      ...{ prompt: call.prompt, gateway: config.id, parameters: told.parameters, notTold },
    });
    try {
      const model = await this.parts.gateways.chooseModel(config, gateway, prepared.wantedModel, signal);
      const keepsDrafts = call.keepsDrafts === true;
      const destination = keepsDrafts ? undefined : await prepared.destinationFor(model.entry.id);
      const request = imageRequest(call.args, {
        prompt: withContext(call.prompt, call.context),
        model: model.entry.id,
        references: prepared.references,
        mask: prepared.mask,
        maskRegion: prepared.maskRegion,
        history: call.history,
        format: prepared.settings.format,
      });
      this.spend(prepared, request);
      const about = { gateway: config.id, metadata: prepared.settings.metadata, prompt: call.prompt };
      const events = generateImages(
        request,
        config.id,
        {
          send: () => this.send(prepared, request, model, signal),
          finish: (image) => this.parts.files.finish(image, request, about, signal),
          ...(destination && {
            save: (image: FinishedImage, index: number, said: string) =>
              this.parts.files.save(image, index, destination, { prompt: call.prompt, said }),
          }),
          noticeOf: (saved: SavedImage, index: number) =>
            destination && notOverwritten(destination, saved, index),
          ...(prepared.insertsLink && {
            insertLinks: (images: readonly SavedImage[]) => this.insertLinks(call.place, images),
          }),
        },
        signal,
      );
      for await (const event of events) {
        this.logEvent(event, started);
        follow?.(event);
        record(event);
        yield event;
      }
    } catch (thrown) {
      const event = this.endOf(thrown);
      this.logEvent(event, started);
      yield event;
    }
  }

  private async check(call: ImageCall): Promise<PreparedCall> {
    const { args, interactive } = call;
    const trusted = vscode.workspace.isTrusted;
    if (!trusted && !interactive)
      throw new ImageGatewayError(
        'untrusted',
        'This workspace is in Restricted Mode; trust it to let other extensions make images in it.',
      );
    const folder = trusted ? await this.folderOf(call) : undefined;
    const settings = readOutputSettings(settingsScope(call, folder));
    // First, because in Restricted Mode there is no use in asking where to save what cannot be made.
    const pictures = await readCallPictures(call, folder, this.parts);
    const destinationFor = await this.planDestination(call, settings, folder);
    const wanted = this.parts.gateways.find(args.gateway);
    const config = await this.parts.access.chooseUsable(wanted, interactive);
    const isSketch = config.id === offlineGatewayId && wanted.id !== offlineGatewayId;
    return {
      call,
      config,
      settings,
      ...pictures,
      destinationFor,
      gateway: await this.parts.gateways.open(config),
      // A model was chosen for real gateways, not for the sketch that is drawn in their stead.
      wantedModel: isSketch ? '' : (args.model ?? (call.isAgents ? readOwnModel() : settings.model)),
      insertsLink: args.insertLink ?? settings.insertLink === 'always',
    };
  }

  /** Of a file that is named by its Uri nothing is asked, wherever the document lies that names it. */
  private async folderOf({ target, args, document, interactive }: ImageCall) {
    const named = target && vscode.workspace.getWorkspaceFolder(target.uri);
    return named ?? (await chooseFolder({ directory: args.directory, document, interactive }));
  }

  /** Of drafts it is not asked where they go before they are kept. */
  private async planDestination(
    call: ImageCall,
    settings: OutputSettings,
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<PreparedCall['destinationFor']> {
    if (folder !== undefined || call.keepsDrafts !== true)
      return planDestination(call, settings, folder, this.parts.platform);
    return () => Promise.reject(new ImageGatewayError('invalidArguments', 'Drafts have no place yet.'));
  }

  private async *send(
    prepared: PreparedCall,
    request: ImageRequest,
    model: ChosenModel,
    signal: AbortSignal,
  ): AsyncGenerator<GatewayEvent> {
    for (const notice of ownNotices(prepared)) yield { type: 'notice', notice };
    const about = { prompt: prepared.call.prompt, gateway: prepared.config.id };
    // A sketch can be drawn again; one that nobody has decided about is kept all the same.
    const keep =
      prepared.config.id === offlineGatewayId && prepared.call.keepsDrafts !== true
        ? undefined
        : (bytes: Uint8Array) => this.parts.files.keep(bytes, { ...about, model: request.model });
    yield* prepared.gateway.generate(request, model, signal, keep);
  }

  private spend({ call, config }: PreparedCall, request: ImageRequest): void {
    if (call.interactive || config.id === offlineGatewayId) return;
    this.parts.budget.reserve(request.n ?? 1, readRequestSettings().maxImagesPerHour);
  }

  private async insertLinks(
    place: LinkPlace | undefined,
    images: readonly SavedImage[],
  ): Promise<Notice | undefined> {
    if (place === undefined)
      return {
        code: 'linkNotInserted',
        message: 'The link was not inserted: no Markdown document is active.',
      };
    try {
      return await place.insert(images);
    } catch (thrown) {
      // The notice that follows names the log.
      this.parts.log.error('The link could not be inserted.', thrown);
      throw thrown;
    }
  }

  private endOf(thrown: unknown): GenerationEvent {
    const error = this.failureOf(thrown);
    return error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error };
  }

  /** Ours as it is; what nobody thought of (a file system's own error, say) goes to the log. */
  private failureOf(thrown: unknown): ImageGatewayError {
    if (isImageGatewayError(thrown)) return thrown;
    this.parts.log.error('Unexpected.', thrown);
    return new ImageGatewayError('saveFailed', 'Something unexpected went wrong; see the log.');
  }

  private logEvent(event: GenerationEvent, started: number): void {
    const { log } = this.parts;
    const after = `after ${((Date.now() - started) / 1000).toFixed(1)} s`;
    if (event.type === 'started') log.info(`Asking ${event.gateway} for an image of ${event.model}.`);
    else if (event.type === 'retrying') log.info(`Not accepted: ${event.message}.`);
    else if (event.type === 'saved')
      log.info(
        `Saved ${event.saved.uri} (${event.saved.width}×${event.saved.height}, ${event.saved.byteLength} bytes) ${after}.`,
      );
    else if (event.type === 'receipt') log.info(`Receipt: ${receiptLine(event.rows)}`);
    else if (event.type === 'notice' && event.notice.code === 'sketch') log.info(event.notice.message);
    else if (event.type === 'notice') log.warn(`${event.notice.message} [${event.notice.code}]`);
    else if (event.type === 'failed') log.error(`${event.error.message} ${after}.`);
    else if (event.type === 'cancelled') log.info(`Cancelled ${after}.`);
  }
}

/** Where a setting of the editor's says to overwrite, and the picture got another name instead. */
function notOverwritten(destination: Destination, { uri }: SavedImage, index: number): Notice | undefined {
  if (destination.wantsOverwrite !== true) return undefined;
  const name = vscode.Uri.parse(uri).path.split('/').pop() ?? '';
  const extension = name.split('.').pop() ?? '';
  if (name === `${safeStem(destination.target(index, extension).stem)}.${extension}`) return undefined;
  return {
    code: 'notOverwritten',
    message:
      'markdown.copyFiles.overwriteBehavior says to overwrite, but nothing is overwritten: the image has a number in its name.',
  };
}

/** What went along besides the arguments, and stands nowhere that it could be taken from again. */
function notFiles({ pictures = [], history, mask, context }: ImageCall): readonly string[] {
  return [
    ...(pictures.length > 0 || history !== undefined ? ['references'] : []),
    ...(mask === undefined ? [] : ['mask']),
    ...(context === undefined ? [] : ['context']),
  ];
}

function ownNotices({ config }: PreparedCall): readonly Notice[] {
  const notices: Notice[] = [];
  if (config.id === offlineGatewayId)
    notices.push({
      code: 'sketch',
      message: 'This is a sketch drawn on this machine, not the work of a model.',
    });
  return notices;
}
