import * as vscode from 'vscode';
import type { FinishedImage, GenerationEvent } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import type { GenerateArgs } from '../../core/generateArgs.ts';
import type { PixelEngine } from '../../core/image/pixelTask.ts';
import type { ReferenceImage } from '../../core/request.ts';
import type { EditDraft, EditPicture, EditState, FromEdit, ToEdit } from '../../protocol/edit.ts';
import type { Gateways } from '../gateways.ts';
import type { ImageCall } from '../imageCall.ts';
import type { ImageService } from '../imageService.ts';
import type { Log } from '../log.ts';
import { checkEditable, checkPlace, formatFor } from './editPlace.ts';
import { editStrings } from './editStrings.ts';
import { type EditedPicture, type EditStep, EditTrack, pictureOf } from './editTrack.ts';
import { maskHint, outlookOf } from './outlook.ts';
import { costLine } from './sheet.ts';
import { tightBytes } from './tightBytes.ts';
import { untilCancelled } from './untilCancelled.ts';

export interface EditDeskParts {
  readonly service: ImageService;
  readonly engine: PixelEngine;
  readonly gateways: Gateways;
  readonly log: Log;
  readonly showLog: () => Promise<void>;
}

/** What the desk needs of the panel. */
export interface EditPorts {
  readonly post: (message: ToEdit) => void;
  /** Puts the picture in the place of the one that was edited. @returns what is to be said @throws ImageGatewayError */
  readonly accept: (edited: EditedPicture, image: FinishedImage) => Promise<string>;
  /** What came for the edit is not wanted. @param originalIds under which it is kept */
  readonly giveUp: (originalIds: readonly string[]) => Promise<void>;
}

/** What a request of the edit has brought so far. */
interface Progress {
  readonly startedAt: number;
  /** Whether a part of the picture was marked. */
  readonly isMasked: boolean;
  /** Whether what is outside of it was put back. */
  isRestored: boolean;
  waitLine: string;
  text: string;
  notices: readonly string[];
  costLine: string;
  image?: FinishedImage;
}

const noDraft: EditDraft = { prompt: '', strokes: [] };

/** The host's end of the edit of one picture at a time: it makes its steps, and puts the last in the picture's place. */
export class EditDesk {
  private readonly parts: EditDeskParts;
  private readonly ports: EditPorts;
  private track: EditTrack | undefined;
  private draft = noDraft;
  private progress: Progress | undefined;
  private failure = '';
  private controller: AbortController | undefined;
  private isAccepting = false;

  constructor(parts: EditDeskParts, ports: EditPorts) {
    this.parts = parts;
    this.ports = ports;
  }

  /** Opens the edit of a picture. @throws invalidArguments for a file that no edit could take the place of */
  begin(picture: EditedPicture): void {
    checkEditable(picture);
    this.end();
    this.track = new EditTrack(picture);
    this.postAll();
  }

  /** Tells the page everything, where a picture is edited; it has just loaded. */
  postAll(): void {
    const { track, ports } = this;
    if (track === undefined) return;
    const { image, alt } = track.original;
    const { draft } = this;
    ports.post({
      ...{ type: 'opened', strings: editStrings(), state: this.state(track) },
      ...{ picture: shown(image, alt), draft },
    });
    for (const [index, step] of track.steps.entries())
      ports.post({ type: 'picture', step: index + 1, picture: shown(step.image, step.prompt) });
  }

  /** Does what the page asks for; what fails is told there. */
  async handle(message: FromEdit): Promise<void> {
    const { track } = this;
    // What stands in the file's place is decided; nothing else is until it is done.
    if (track === undefined || this.isAccepting) return;
    switch (message.type) {
      case 'draft':
        this.draft = { prompt: message.prompt, strokes: message.strokes };
        return;
      case 'generate':
        if (this.controller === undefined) await this.generate(track, message);
        return;
      case 'cancel':
        this.controller?.abort();
        return;
      case 'goTo':
        if (this.controller !== undefined || message.step > track.steps.length) return;
        track.step = message.step;
        this.failure = '';
        this.postState(track);
        return;
      case 'accept':
        return this.accept(track);
      case 'close':
        await this.giveUp();
        return;
      case 'showLog':
        return this.parts.showLog();
    }
  }

  dispose(): void {
    this.end();
  }

  private end(): void {
    this.controller?.abort();
    this.controller = undefined;
    this.track = undefined;
    this.draft = noDraft;
    this.progress = undefined;
    this.failure = '';
  }

  private async giveUp(kept?: FinishedImage): Promise<void> {
    const ids = this.track?.originalIds(kept) ?? [];
    this.end();
    await this.ports.giveUp(ids);
  }

  private async accept(track: EditTrack): Promise<void> {
    const { current } = track;
    if (this.controller !== undefined || current === undefined) return;
    this.isAccepting = true;
    try {
      checkPlace(track.original, current);
      const why = await this.ports.accept(track.original, current.image);
      if (this.track !== track) return;
      await this.giveUp(current.image);
      this.ports.post({ type: 'closed', why });
    } catch (thrown) {
      this.fail(track, thrown);
    } finally {
      this.isAccepting = false;
    }
  }

  private async generate(track: EditTrack, asked: EditDraft): Promise<void> {
    if (track.isFull) {
      this.fail(
        track,
        new ImageGatewayError('invalidArguments', 'The edit has no room for more steps; accept or leave it.'),
      );
      return;
    }
    const controller = new AbortController();
    this.controller = controller;
    this.draft = asked;
    this.failure = '';
    const isMasked = asked.strokes.length > 0;
    this.progress = {
      ...{ startedAt: Date.now(), isMasked, isRestored: false },
      ...{ waitLine: '', text: '', notices: [], costLine: '' },
    };
    this.postState(track);
    try {
      await this.run(track, asked, this.progress, controller.signal);
    } catch (thrown) {
      if (this.track === track) this.failure = this.sentenceFor(thrown);
    } finally {
      // Another edit may have begun meanwhile.
      if (this.track === track) {
        this.controller = undefined;
        this.progress = undefined;
        this.postState(track);
      }
    }
  }

  /** @throws what the request fails with; nothing where it was cancelled */
  private async run(
    track: EditTrack,
    asked: EditDraft,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void> {
    const call = await this.callOf(track, asked, signal);
    const prepared = await untilCancelled(() => this.parts.service.prepare(call), signal);
    if (signal.aborted) return;
    for await (const event of this.parts.service.run(prepared, signal)) {
      if (this.track !== track) continue;
      if (event.type === 'failed') throw event.error;
      this.take(track, event, progress);
    }
    const { image, text, notices, costLine: cost } = progress;
    if (image === undefined || this.track !== track) return;
    const isSpoilt = progress.isMasked && !progress.isRestored;
    const step: EditStep = { prompt: asked.prompt, image, text, notices, costLine: cost, isSpoilt };
    const number = track.add(step);
    this.draft = noDraft;
    this.ports.post({ type: 'picture', step: number, picture: shown(image, step.prompt) });
  }

  private take(track: EditTrack, event: GenerationEvent, progress: Progress): void {
    switch (event.type) {
      case 'text':
        progress.waitLine = '';
        progress.text += event.text;
        this.ports.post({ type: 'text', text: event.text });
        return;
      case 'partialImage':
        this.ports.post({ type: 'partial', bytes: tightBytes(event.bytes), mediaType: event.mediaType });
        return;
      case 'retrying':
        progress.waitLine = event.message;
        break;
      case 'notice':
        progress.isRestored ||= restored.has(event.notice.code);
        if (event.notice.code !== 'sketch') progress.notices = [...progress.notices, event.notice.message];
        return;
      case 'usage':
        progress.costLine = costLine(event.usage, event.cost);
        return;
      case 'drafted':
        track.note(event.image);
        progress.image ??= event.image;
        return;
      case 'finished':
        progress.costLine ||= costLine(undefined, undefined);
        return;
      default:
        return;
    }
    this.postState(track);
  }

  /** The picture that is shown, in its own size and format, so that the edit can take its place. */
  private async callOf(
    track: EditTrack,
    { prompt, strokes }: EditDraft,
    signal: AbortSignal,
  ): Promise<ImageCall> {
    const { image, original } = track;
    const { width, height } = image.facts;
    const isSameGateway = original.gateway === this.parts.gateways.currentId();
    const args: GenerateArgs<vscode.Uri> = {
      size: { width, height },
      outputFormat: formatFor(original),
      ...(isSameGateway && original.model !== '' && { model: original.model }),
    };
    const mask = strokes.length === 0 ? undefined : await this.draw(image, strokes, signal);
    return {
      ...{ args, prompt: prompt.trim(), pictures: [pictureOf(image)], mask, history: track.history() },
      ...{ interactive: true, keepsDrafts: true },
    };
  }

  private async draw(
    { bytes }: FinishedImage,
    maskStrokes: EditDraft['strokes'],
    signal: AbortSignal,
  ): Promise<ReferenceImage> {
    const output = { format: 'png', quality: 100 } as const;
    const drawn = await this.parts.engine.run({ bytes, maskStrokes, output }, signal);
    if (drawn.bytes === undefined)
      throw new ImageGatewayError('saveFailed', 'What was marked could not be drawn; see the log.');
    return { bytes: drawn.bytes, format: 'png' };
  }

  private fail(track: EditTrack, thrown: unknown): void {
    if (this.track !== track) return;
    this.failure = this.sentenceFor(thrown);
    this.postState(track);
  }

  /** Empty where it was cancelled. */
  private sentenceFor(thrown: unknown): string {
    if (isImageGatewayError(thrown)) return thrown.code === 'cancelled' ? '' : sentenceOf(thrown);
    this.parts.log.error('An edit failed unexpectedly.', thrown);
    return vscode.l10n.t('Something unexpected went wrong; see the log.');
  }

  private postState(track: EditTrack): void {
    this.ports.post({ type: 'state', state: this.state(track) });
  }

  private state(track: EditTrack): EditState {
    const { original, current, step, steps } = track;
    const { file, model, gateway } = original;
    const { gateways } = this.parts;
    const asked = gateway === gateways.currentId() && model !== '' ? model : gateways.wantedModel();
    const { priceLine } = outlookOf(gateways, [asked], 1);
    const about = this.progress ?? current;
    return {
      fileName: file?.name ?? vscode.l10n.t('Draft'),
      acceptLabel: file ? vscode.l10n.t('Replace {0}', file.name) : vscode.l10n.t('Use This'),
      ...{ priceLine, routeHint: maskHint(gateways, asked) },
      status: this.progress ? 'running' : this.failure === '' ? 'ready' : 'failed',
      ...{ startedAt: this.progress?.startedAt ?? 0, waitLine: this.progress?.waitLine ?? '' },
      ...{ text: about?.text ?? '', notices: about?.notices ?? [], costLine: about?.costLine ?? '' },
      ...{ failure: this.failure, step, prompts: steps.map(({ prompt }) => prompt) },
    };
  }
}

/** Of notices that say so. */
const restored: ReadonlySet<string> = new Set(['outsideRestored', 'outsideNotExact']);

function shown({ bytes, facts }: FinishedImage, alt: string): EditPicture {
  const { format, width, height } = facts;
  return { bytes: tightBytes(bytes), mediaType: `image/${format}`, width, height, alt };
}
