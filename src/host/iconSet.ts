import type * as vscode from 'vscode';
import { iconFiles, iconPictures, iconTask } from '../core/iconSet.ts';
import { type IcoEntry, writeIco } from '../core/image/ico.ts';
import type { ImageFacts } from '../core/image/imageFacts.ts';
import type { PixelEngine } from '../core/image/pixelTask.ts';
import type { Platform } from './platform/platform.ts';
import { checkFree, type NewFile, writeNewFiles } from './workspace/newFiles.ts';

/** The one picture of which all icons are made. */
export interface IconMaster {
  readonly bytes: Uint8Array;
  readonly facts: Pick<ImageFacts, 'width' | 'height'>;
}

export interface IconSetParts {
  readonly engine: PixelEngine;
  readonly platform: Platform;
}

/** How icons differ from what the picture promises. */
export interface IconNotice {
  readonly code: 'cropped' | 'upscaled';
  readonly message: string;
}

/** Sees to it that a set can be written, before anything is computed or paid for. @throws invalidArguments */
export function checkIconsFree(directory: vscode.Uri, platform: Platform): Promise<void> {
  return checkFree(directory, iconFiles, platform);
}

/**
 * Makes all icons of a picture, on this machine, and writes all of them or none.
 * @returns the files
 * @throws a PixelError, invalidArguments where one is there, saveFailed
 */
export async function writeIconSet(
  { engine, platform }: IconSetParts,
  image: IconMaster,
  directory: vscode.Uri,
  signal: AbortSignal,
): Promise<readonly vscode.Uri[]> {
  return writeNewFiles(directory, await makeIcons(engine, image, signal), platform);
}

async function makeIcons(engine: PixelEngine, image: IconMaster, signal: AbortSignal): Promise<NewFile[]> {
  const files: NewFile[] = [];
  const entries: IcoEntry[] = [];
  for (const picture of iconPictures) {
    const { bytes } = await engine.run(iconTask(image.bytes, picture), signal);
    if (bytes === undefined) continue;
    if (picture.name === undefined) entries.push({ size: picture.size, png: bytes });
    else files.push({ name: picture.name, bytes });
  }
  return [{ name: 'favicon.ico', bytes: writeIco(entries) }, ...files];
}

/** What is to be said of icons of this picture. */
export function iconNotices({ facts: { width, height } }: IconMaster): readonly IconNotice[] {
  const side = Math.min(width, height);
  const notices: IconNotice[] = [];
  if (width !== height)
    notices.push({
      code: 'cropped',
      message: `The image is ${width}×${height}; its middle became the icons.`,
    });
  if (side < 512)
    notices.push({
      code: 'upscaled',
      message: `The image has ${side} pixels a side; larger icons were enlarged.`,
    });
  return notices;
}
