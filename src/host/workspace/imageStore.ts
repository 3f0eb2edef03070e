import * as vscode from 'vscode';
import { describedAlt, type PictureWords } from '../../core/document/describedAlt.ts';
import type { FinishedImage, SavedImage } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { numberedName, safeStem } from '../../core/files/fileName.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { queue } from '../../core/queue.ts';
import type { Log } from '../log.ts';
import { typeOf } from './containment.ts';
import type { Destination } from './destination.ts';

/** How many names of one stem are tried before the store gives up. */
const mostNumbers = 10_000;

/** Writes pictures through workspace.fs: whole, under a free name, never over an existing file. */
export class ImageStore {
  private readonly log: Log;
  /** Names are taken one after the other, or two requests would take the same. */
  private readonly inTurn = queue();
  /** Names whose files are being written: a file system that takes long, or for ever, holds up nobody else. */
  private readonly taken = new Set<string>();

  constructor(log: Log) {
    this.log = log;
  }

  /**
   * Writes one finished picture under the extension of its bytes.
   * @param index of the picture in its request, from 1
   * @throws saveFailed; invalidArguments where the place has left the workspace since it was checked
   */
  async save(
    image: FinishedImage,
    index: number,
    destination: Destination,
    words: Omit<PictureWords, 'revisedPrompt'>,
  ): Promise<SavedImage> {
    const { bytes, received } = image;
    const [sha256, receivedSha256] = await Promise.all([sha256Hex(bytes), sha256Hex(received.bytes)]);
    const uri = await this.write(bytes, image.facts.extension, index, destination);
    const { mediaType, width, height } = image.facts;
    return {
      uri: uri.toString(),
      mediaType,
      width,
      height,
      byteLength: bytes.byteLength,
      sha256,
      receivedSha256,
      alt: describedAlt({ ...words, revisedPrompt: received.revisedPrompt }),
    };
  }

  private async write(
    bytes: Uint8Array,
    extension: string,
    index: number,
    destination: Destination,
  ): Promise<vscode.Uri> {
    let begun: vscode.Uri | undefined;
    try {
      begun = await this.inTurn(() => this.takeName(extension, index, destination));
      await vscode.workspace.fs.writeFile(begun, bytes);
      return begun;
    } catch (error) {
      if (isImageGatewayError(error)) throw error;
      this.log.error('The image could not be written.', error);
      if (begun !== undefined) await this.removeHalf(begun);
      throw new ImageGatewayError(
        'saveFailed',
        'The image was received but could not be written; check the disk and the permissions of its directory, and see the log.',
      );
    } finally {
      if (begun !== undefined) this.taken.delete(nameKey(begun));
    }
  }

  private async takeName(extension: string, index: number, destination: Destination): Promise<vscode.Uri> {
    await destination.check(index, extension);
    const { directory, stem, exactName } = destination.target(index, extension);
    const uri =
      exactName === undefined
        ? await this.freeUri(directory, safeStem(stem), extension)
        : await this.exactUri(directory, exactName);
    this.taken.add(nameKey(uri));
    return uri;
  }

  /** A write that failed may have left the beginning of the picture. The name was free before, so the file is ours. */
  private async removeHalf(uri: vscode.Uri): Promise<void> {
    try {
      await vscode.workspace.fs.delete(uri);
    } catch (error) {
      this.log.info(`No half-written file was left (${error instanceof Error ? error.name : 'unknown'}).`);
    }
  }

  private async exactUri(directory: vscode.Uri, name: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.joinPath(directory, name);
    if (!this.taken.has(nameKey(uri)) && (await isVacant(uri))) return uri;
    throw new ImageGatewayError(
      'saveFailed',
      `${outsideWords(name, [], 80)} is there by now, and nothing is overwritten; nothing was written.`,
    );
  }

  private async freeUri(directory: vscode.Uri, stem: string, extension: string): Promise<vscode.Uri> {
    for (let number = 0; number < mostNumbers; number++) {
      const uri = vscode.Uri.joinPath(directory, numberedName(stem, extension, number));
      if (!this.taken.has(nameKey(uri)) && (await typeOf(uri)) === undefined) return uri;
    }
    throw new ImageGatewayError(
      'saveFailed',
      `More than ${mostNumbers} files of this name exist; change imageGateway.output.fileName.`,
    );
  }
}

/** Whether nothing stands at a Uri, or a file without a byte. */
async function isVacant(uri: vscode.Uri): Promise<boolean> {
  const type = await typeOf(uri);
  if (type === undefined) return true;
  return type === vscode.FileType.File && (await vscode.workspace.fs.stat(uri)).size === 0;
}

/** Names that differ in case only are one file on many file systems. */
function nameKey(uri: vscode.Uri): string {
  return uri.toString().toLowerCase();
}
