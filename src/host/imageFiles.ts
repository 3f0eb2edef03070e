import * as vscode from 'vscode';
import type { PictureWords } from '../core/document/describedAlt.ts';
import type { FinishedImage, ReceivedImage, SavedImage } from '../core/events.ts';
import type { MetadataLevel } from '../core/describing.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf } from '../core/failure.ts';
import { asItCame, type Finished, finishImage } from '../core/finishing.ts';
import { offlineGatewayId } from '../core/gateway/presets.ts';
import type { HistoryRecorder } from '../core/history/recorder.ts';
import type { KeepOriginal } from '../core/gateway/readAnswer.ts';
import { inspectImage } from '../core/image/inspect.ts';
import type { PixelEngine } from '../core/image/pixelTask.ts';
import { type Original, type OriginalAbout, whatCameIsKept } from '../core/originals/original.ts';
import type { ImageRequest } from '../core/request.ts';
import type { Originals } from '../core/originals/originals.ts';
import type { Log } from './log.ts';
import type { Platform } from './platform/platform.ts';
import { readOutputSettings } from './settings.ts';
import { chooseFolder, type Destination } from './workspace/destination.ts';
import type { ImageStore } from './workspace/imageStore.ts';
import { planDestination } from './workspace/planDestination.ts';
import { saveBroken } from './workspace/saveBroken.ts';

export interface ImageFilesParts {
  readonly store: ImageStore;
  readonly originals: Originals;
  readonly recorder: HistoryRecorder;
  readonly engine: PixelEngine;
  readonly platform: Platform;
  readonly log: Log;
}

/** What becomes of the bytes of a picture: kept as they came, saved, and told so. */
export class ImageFiles {
  private readonly parts: ImageFilesParts;

  constructor(parts: ImageFilesParts) {
    this.parts = parts;
  }

  /** Keeps what came before anything is done with it. That it cannot be kept does not end the request. */
  async keep(bytes: Uint8Array, about: OriginalAbout): ReturnType<KeepOriginal> {
    try {
      return await this.parts.originals.keep(bytes, about);
    } catch (thrown) {
      this.parts.log.error('What came could not be kept in the storage.', thrown);
      const message = 'The original could not be kept in the extension’s storage; see the log.';
      return { notice: { code: 'originalNotKept', message } };
    }
  }

  /**
   * Makes a picture what was asked for, as far as it can be, and writes into it how it was made.
   * @param gateway the gateway's id @param prompt without what stands in a document around the picture
   * @throws cancelled
   */
  async finish(
    image: ReceivedImage,
    request: ImageRequest,
    {
      gateway,
      metadata,
      prompt,
    }: { readonly gateway: string; readonly metadata: MetadataLevel; readonly prompt: string },
    signal: AbortSignal,
  ): Promise<Finished> {
    const finished = await finishImage(image, request, this.loggedEngine(), signal);
    // A sketch is the work of no model.
    const level = gateway === offlineGatewayId ? 'none' : metadata;
    try {
      const { describeImage } = await import('../core/imageTools.ts');
      return await describeImage(finished, level, { ...request, prompt }, gateway);
    } catch (thrown) {
      // Paid for, and whole: what it says of itself is no reason to lose it.
      this.parts.log.error('How the image was made could not be written into it.', thrown);
      return finished;
    }
  }

  /**
   * Saves a picture; its original is told where it went, and stays where that failed.
   * @param index of the picture in its request, from 1
   * @throws what the store throws, with a word of where the original is
   */
  async save(
    image: FinishedImage,
    index: number,
    destination: Destination,
    words: Omit<PictureWords, 'revisedPrompt'>,
  ): Promise<SavedImage> {
    const { originalId } = image.received;
    try {
      const saved = await this.parts.store.save(image, index, destination, words);
      if (originalId !== undefined)
        await this.settle(originalId, saved.uri, saved.sha256 === saved.receivedSha256);
      return saved;
    } catch (thrown) {
      if (originalId === undefined || !isImageGatewayError(thrown)) throw thrown;
      throw new ImageGatewayError(thrown.code, `${sentenceOf(thrown)} ${whatCameIsKept}`);
    }
  }

  /**
   * Saves an original as it came, where the settings say. What is no whole picture goes, by a dialog, outside the workspace.
   * @throws ImageGatewayError; cancelled where a dialog was left
   */
  async recover(original: Original): Promise<vscode.Uri> {
    const { originals, platform } = this.parts;
    const bytes = await originals.read(original.id).catch((thrown: unknown) => {
      this.parts.log.error('The storage could not be read.', thrown);
      throw new ImageGatewayError('saveFailed', 'The image could not be read from the storage; see the log.');
    });
    const facts = inspectImage(bytes);
    if (facts?.complete !== true) {
      const uri = await saveBroken(bytes, original.prompt, platform);
      await this.settle(original.id, uri.toString(), true);
      return uri;
    }
    const call = { args: {}, prompt: original.prompt, interactive: true };
    const folder = vscode.workspace.isTrusted ? await chooseFolder(call) : undefined;
    const settings = readOutputSettings(folder?.uri);
    const destinationFor = await planDestination(call, settings, folder, platform);
    const destination = await destinationFor(original.model);
    const image = asItCame({ bytes, facts, originalId: original.id });
    const saved = await this.save(image, 1, destination, { prompt: original.prompt });
    await this.parts.recorder.keep(original.id, saved);
    return vscode.Uri.parse(saved.uri);
  }

  /** The bytes of an original; undefined where they are gone. */
  async readOriginal(id: string): Promise<Uint8Array | undefined> {
    return this.parts.originals.read(id).catch((thrown: unknown) => {
      this.parts.log.warn(`An original could not be read: ${String(thrown)}`);
      return undefined;
    });
  }

  /** Its failures end in a notice that names the log. */
  private loggedEngine(): PixelEngine {
    const { engine, log } = this.parts;
    return {
      run: async (task, signal) => {
        try {
          return await engine.run(task, signal);
        } catch (thrown) {
          if (!signal.aborted) log.warn(`An image could not be worked on: ${String(thrown)}`);
          throw thrown;
        }
      },
    };
  }

  private async settle(id: string, uri: string, isSame: boolean): Promise<void> {
    try {
      await this.parts.originals.markSaved(id, uri, isSame);
    } catch (thrown) {
      this.parts.log.error('The storage could not be written.', thrown);
    }
  }
}
