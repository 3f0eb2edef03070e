import * as vscode from 'vscode';
import { ImageGatewayError, isImageGatewayError, sentenceOf } from '../../core/failure.ts';
import { sha256Hex } from '../../core/files/sha256.ts';
import { formatOfName } from '../../core/image/fileFormat.ts';
import { inspectImage } from '../../core/image/inspect.ts';
import { formatNames } from '../../core/imageWords.ts';
import type { PreviousVersion, PreviousVersions } from '../../core/originals/previousVersions.ts';
import { type Replaced, type ReplaceableFile, replaceFile } from '../../core/originals/replaceFile.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { queue } from '../../core/queue.ts';
import type { Platform } from '../platform/platform.ts';
import { checkFileContained, typeOf } from './containment.ts';

/** A picture that takes a file's place. */
export interface ImageReplacement {
  readonly uri: vscode.Uri;
  /** Of the file's bytes when the edit began, hex. */
  readonly expectedSha256: string;
  /** A whole picture in the format of the file's extension. */
  readonly bytes: Uint8Array;
}

/** The most bytes of a file that is read: no more than a picture has. */
const mostBytes = 64 * 1024 * 1024;

/** Replaces pictures of the workspace: the one place where something that is there is overwritten. */
export class ImageReplacer {
  private readonly versions: PreviousVersions;
  private readonly platform: Platform;
  /** One after the other, or two would both find what they expect. */
  private readonly inTurn = queue();
  private readonly restored = new vscode.EventEmitter<vscode.Uri>();
  /** A file is again what it was before. */
  readonly onDidRestore = this.restored.event;

  constructor(versions: PreviousVersions, platform: Platform) {
    this.versions = versions;
    this.platform = platform;
  }

  /**
   * Puts a picture in the place of a file that is still what it was when the edit began. The old bytes are kept, and
   * Restore Previous Image takes them back.
   * @throws saveFailed in one sentence; untrusted
   */
  replaceImage({ uri, expectedSha256, bytes }: ImageReplacement): Promise<Replaced> {
    return this.inTurn(async () => {
      const file = await this.fileAt(uri);
      const facts = inspectImage(bytes);
      const format = formatOfName(uri.path);
      if (facts?.complete !== true)
        throw failed(`${file.name} was not replaced: what came is no whole image.`);
      if (facts.format !== format)
        throw failed(
          `${file.name} was not replaced: what came is ${formatNames[facts.format]}, which its name does not say.`,
        );
      // What follows a picture's end is no part of it (design.md, rule 9).
      return replaceFile(file, expectedSha256, bytes.subarray(0, facts.end), this.versions);
    });
  }

  /**
   * Gives a file a previous version of its own back, to the byte. What it is now becomes a previous version, too.
   * @param expectedSha256 of the file as it was seen last, hex; undefined: it is not there
   * @throws saveFailed in one sentence; untrusted
   */
  restore(version: PreviousVersion, expectedSha256: string | undefined): Promise<Replaced> {
    return this.inTurn(async () => {
      const file = await this.fileAt(vscode.Uri.parse(version.uri, true));
      const bytes = await this.versions.read(version);
      const replaced = await replaceFile(file, expectedSha256, bytes, this.versions);
      await this.versions.discard([version.id]).catch(() => undefined);
      this.restored.fire(vscode.Uri.parse(version.uri));
      return replaced;
    });
  }

  /** SHA-256 of a file as it is, hex; undefined where it is not there. @throws saveFailed; untrusted */
  async sha256Of(uri: vscode.Uri): Promise<string | undefined> {
    const file = await this.fileAt(uri);
    const bytes = await file.read().catch(() => {
      throw failed(`${file.name} cannot be read.`);
    });
    return bytes && sha256Hex(bytes);
  }

  /** A file that may be replaced: physically inside the workspace, and no link. */
  private async fileAt(uri: vscode.Uri): Promise<ReplaceableFile> {
    if (!vscode.workspace.isTrusted)
      throw new ImageGatewayError(
        'untrusted',
        'This workspace is in Restricted Mode; trust it to replace images in it.',
      );
    try {
      await checkFileContained(uri, this.platform);
    } catch (thrown) {
      throw isImageGatewayError(thrown) ? failed(sentenceOf(thrown)) : thrown;
    }
    const name = outsideWords(uri.path.split('/').pop() ?? '', [], 80);
    return {
      name,
      uri: uri.toString(),
      read: () => readFile(uri),
      write: async (bytes) => vscode.workspace.fs.writeFile(uri, bytes),
    };
  }
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array | undefined> {
  if ((await typeOf(uri)) === undefined) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) throw new Error('larger than any picture');
  return vscode.workspace.fs.readFile(uri);
}

function failed(sentence: string): ImageGatewayError {
  return new ImageGatewayError('saveFailed', sentence);
}
