import * as vscode from 'vscode';
import type { FinishedImage, ReceivedImage, SavedImage } from '../core/events.ts';
import { ImageGatewayError } from '../core/failure.ts';
import { asItCame } from '../core/finishing.ts';
import { parseGenerateArgs } from '../core/generateArgs.ts';
import type { HistoryEntry } from '../core/history/entry.ts';
import type { HistoryRecorder } from '../core/history/recorder.ts';
import { inspectImage } from '../core/image/inspect.ts';
import { chooseKeyColour } from '../core/image/keyPrompt.ts';
import type { Rgb } from '../core/image/rgb.ts';
import { imageRequest } from '../core/imageRequest.ts';
import type { OriginalAbout } from '../core/originals/original.ts';
import { isUri } from './isUri.ts';
import type { ImageCall } from './imageCall.ts';
import type { ImageFiles } from './imageFiles.ts';
import type { Platform } from './platform/platform.ts';
import { readOutputSettings } from './settings.ts';
import { chooseFolder } from './workspace/destination.ts';
import { planDestination, settingsScope } from './workspace/planDestination.ts';

/** A picture that lies in the extension's storage, and how it was asked for. */
export interface Draft {
  /** An edit with a mask is put into its original again by its `pictures` and `mask`: without them it stays as it came. */
  readonly call: ImageCall;
  /** Ids. */
  readonly model: string;
  readonly gateway: string;
  readonly originalId: string | undefined;
  readonly keyColour?: Rgb | undefined;
  /** Under which the history knows it, where that is another id. */
  readonly historyId?: string | undefined;
  /** Its bytes are not what a gateway sent, but what a person accepted: nothing is done with them any more. */
  readonly isFinished?: boolean | undefined;
}

/** The draft that a picture of the history is. @param index of the picture */
export function draftOfEntry(
  { prompt, model, gateway, parameters, pictures }: HistoryEntry,
  index: number,
  document: vscode.Uri | undefined,
): Draft {
  const { references: _references, mask: _mask, n: _n, directory, ...told } = parameters;
  const place = directory !== undefined && /^[a-z][a-z\d+.-]+:/i.test(directory);
  const given = { ...told, directory: place ? vscode.Uri.parse(directory, true) : directory };
  const args = parseGenerateArgs<vscode.Uri>(given, { isUri, maxImages: 1 });
  // Whether it was asked for is not remembered; where it is not there, nothing is taken out.
  const keyColour = args.background === 'transparent' ? chooseKeyColour(prompt).colour : undefined;
  const call = { args, prompt, interactive: true, document };
  return { call, model, gateway, originalId: pictures[index]?.originalId, keyColour };
}

/** Makes files of drafts: by the same rules as of pictures that are saved at once. */
export class Drafts {
  private readonly files: ImageFiles;
  private readonly recorder: HistoryRecorder;
  private readonly platform: Platform;
  /** Those that are being saved, by their originals: asked for twice, a draft becomes one file. */
  private readonly underWay = new Map<string, Promise<SavedImage>>();

  constructor(files: ImageFiles, recorder: HistoryRecorder, platform: Platform) {
    this.files = files;
    this.recorder = recorder;
    this.platform = platform;
  }

  /**
   * Saves a draft where the settings say, or where the person says in a dialog.
   * @param image as it was finished; absent after the window was reloaded: it is finished again
   * @throws ImageGatewayError
   */
  async keep(draft: Draft, image: FinishedImage | undefined, signal: AbortSignal): Promise<SavedImage> {
    const { originalId } = draft;
    if (originalId === undefined) return this.save(draft, image, signal);
    const saving = this.underWay.get(originalId) ?? this.save(draft, image, signal);
    this.underWay.set(originalId, saving);
    try {
      return await saving;
    } finally {
      this.underWay.delete(originalId);
    }
  }

  /**
   * Keeps what a person accepted in a draft's place, as it stands.
   * @returns under which id; undefined where the storage does not take it
   */
  async keepAccepted(image: FinishedImage, about: OriginalAbout): Promise<string | undefined> {
    return (await this.files.keep(image.bytes, about)).id;
  }

  private async save(
    draft: Draft,
    image: FinishedImage | undefined,
    signal: AbortSignal,
  ): Promise<SavedImage> {
    const { call, model } = draft;
    const folder = vscode.workspace.isTrusted
      ? await chooseFolder({ ...call, directory: call.args.directory })
      : undefined;
    const settings = readOutputSettings(settingsScope(call, folder));
    const destinationFor = await planDestination(call, settings, folder, this.platform);
    const destination = await destinationFor(model);
    const finished = image ?? (await this.finish(draft, settings, signal));
    const saved = await this.files.save(finished, 1, destination, { prompt: call.prompt });
    const historyId = draft.historyId ?? draft.originalId;
    if (historyId !== undefined) await this.recorder.keep(historyId, saved);
    return saved;
  }

  /** Puts a draft aside, or takes it back; its bytes stay in the storage. */
  async discard(
    { originalId, historyId = originalId }: Partial<Pick<Draft, 'originalId' | 'historyId'>>,
    isDiscarded: boolean,
  ): Promise<void> {
    if (historyId !== undefined) await this.recorder.discard(historyId, isDiscarded);
  }

  /** A draft as it would be saved. @throws saveFailed where its bytes are gone, cancelled */
  async read(draft: Draft, signal: AbortSignal): Promise<FinishedImage> {
    return this.finish(draft, readOutputSettings(settingsScope(draft.call, undefined)), signal);
  }

  private async finish(
    { call, model, gateway, originalId, keyColour, isFinished }: Draft,
    { format, metadata }: ReturnType<typeof readOutputSettings>,
    signal: AbortSignal,
  ): Promise<FinishedImage> {
    const bytes = originalId === undefined ? undefined : await this.files.readOriginal(originalId);
    const facts = bytes && inspectImage(bytes);
    if (bytes === undefined || facts === undefined)
      throw new ImageGatewayError('saveFailed', 'The draft is no longer in the extension’s storage.');
    const received: ReceivedImage = {
      ...{ bytes, facts },
      ...(originalId !== undefined && { originalId }),
      ...(keyColour && { keyColour }),
    };
    if (isFinished === true) return asItCame(received);
    const { args, prompt } = call;
    const request = imageRequest(args, {
      prompt,
      model,
      references: call.pictures ?? [],
      mask: call.mask,
      format,
    });
    const { image } = await this.files.finish(received, request, { gateway, metadata, prompt }, signal);
    return image;
  }
}
