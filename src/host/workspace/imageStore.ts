import * as vscode from 'vscode';
import { describedAlt, type PictureWords } from '../../core/document/describedAlt.ts';
import type { FinishedImage, SavedImage } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
import { numberedName, safeStem } from '../../core/files/fileName.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import { queue } from '../../core/queue.ts';
import type { Log } from '../log.ts';
import { typeOf } from './containment.ts';
import type { Destination } from './destination.ts';
import { checkExactName, takenByNow } from './exactName.ts';

/** How many names of one stem are tried before the store gives up. */
const mostNumbers = 10_000;

/** A name that is about to be written. */
interface Name {
  readonly uri: vscode.Uri;
  /** Whether a file without a byte stood there. */
  readonly wasEmpty: boolean;
}

/** Writes pictures through workspace.fs: whole, under a free name, never over a file that holds anything. */
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
    let begun: Name | undefined;
    try {
      await destination.settle?.(extension);
      begun = await this.inTurn(() => this.takeName(extension, index, destination));
      await vscode.workspace.fs.writeFile(begun.uri, bytes);
      return begun.uri;
    } catch (error) {
      if (isImageGatewayError(error)) throw error;
      this.log.error('The image could not be written.', error);
      if (begun !== undefined) await this.removeHalf(begun, bytes);
      throw new ImageGatewayError(
        'saveFailed',
        'The image was received but could not be written; check the disk and the permissions of its directory, and see the log.',
      );
    } finally {
      if (begun !== undefined) this.taken.delete(nameKey(begun.uri));
    }
  }

  private async takeName(extension: string, index: number, destination: Destination): Promise<Name> {
    await destination.check(index, extension);
    const { directory, stem, exactName } = destination.target(index, extension);
    const name =
      exactName === undefined
        ? {
            uri: await this.freeUri(directory, safeStem(stem), extension, destination.avoided),
            wasEmpty: false,
          }
        : await this.exactName(directory, exactName);
    this.taken.add(nameKey(name.uri));
    return name;
  }

  /**
   * A write that failed may have left the beginning of the picture: that goes, and where an empty file was, one is again.
   * Anything else is not ours, but of somebody who came between.
   */
  private async removeHalf({ uri, wasEmpty }: Name, bytes: Uint8Array): Promise<void> {
    try {
      const left = await vscode.workspace.fs.readFile(uri);
      if (!left.every((byte, index) => byte === bytes[index])) return;
      if (!wasEmpty) await vscode.workspace.fs.delete(uri);
      else if (left.length > 0) await vscode.workspace.fs.writeFile(uri, new Uint8Array());
    } catch (error) {
      this.log.info(`No half-written file was left (${error instanceof Error ? error.name : 'unknown'}).`);
    }
  }

  private async exactName(directory: vscode.Uri, name: string): Promise<Name> {
    const uri = vscode.Uri.joinPath(directory, name);
    if (this.taken.has(nameKey(uri))) throw takenByNow(uri);
    return { uri, ...(await checkExactName(uri)) };
  }

  private async freeUri(
    directory: vscode.Uri,
    stem: string,
    extension: string,
    avoided: readonly vscode.Uri[] = [],
  ): Promise<vscode.Uri> {
    const reserved = new Set(avoided.map(nameKey));
    const isReserved = (key: string) => this.taken.has(key) || reserved.has(key);
    for (let number = 0; number < mostNumbers; number++) {
      const uri = vscode.Uri.joinPath(directory, numberedName(stem, extension, number));
      if (!isReserved(nameKey(uri)) && (await typeOf(uri)) === undefined) return uri;
    }
    throw new ImageGatewayError(
      'saveFailed',
      `More than ${mostNumbers} files of this name exist; change imageGateway.output.fileName.`,
    );
  }
}

/** Names that differ in case only are one file on many file systems. */
function nameKey(uri: vscode.Uri): string {
  return uri.toString().toLowerCase();
}
