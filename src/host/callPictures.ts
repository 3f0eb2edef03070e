import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../core/failure.ts';
import { checkMask } from '../core/image/checkMask.ts';
import type { PixelEngine } from '../core/image/pixelTask.ts';
import { checkReferenceBounds } from '../core/referenceBounds.ts';
import type { ReferenceImage } from '../core/request.ts';
import type { ImageCall } from './imageCall.ts';
import type { Platform } from './platform/platform.ts';
import { readReferences } from './workspace/references.ts';

/** The pictures that go along with a call. */
export interface CallPictures {
  /** Files first, then those that are none. */
  readonly references: readonly ReferenceImage[];
  /** Where the first reference may be changed; transparent there, and of its size. */
  readonly mask: ReferenceImage | undefined;
  /** The same in words. */
  readonly maskRegion: string | undefined;
}

/**
 * Reads and checks the pictures of a call, before anything is sent.
 * @param folder of strings; undefined where there is none
 * @throws invalidArguments; untrusted where files of an untrusted workspace would be sent
 */
export async function readCallPictures(
  call: ImageCall,
  folder: vscode.WorkspaceFolder | undefined,
  { engine, platform }: { readonly engine: PixelEngine; readonly platform: Platform },
): Promise<CallPictures> {
  const { args, pictures = [], mask: drawn } = call;
  checkPerson(call);
  const isMasked = args.mask !== undefined || drawn !== undefined;
  if (isMasked && (args.references ?? []).length + pictures.length === 0)
    throw invalidArguments(
      'The argument mask says where the first of references is changed; give references, too.',
    );
  const files = await readFiles(args.references ?? [], folder, platform);
  const references = [...files, ...pictures];
  checkReferenceBounds(references);
  const maskFile = args.mask === undefined || drawn !== undefined ? [] : [args.mask];
  const [mask = drawn] = await readFiles(maskFile, folder, platform);
  const [original] = references;
  const maskRegion =
    mask && original && (await checkMask(mask, original, engine, new AbortController().signal));
  return { references, mask, maskRegion };
}

/** What is no file of the workspace goes along only where a person chose it. */
function checkPerson({ pictures = [], mask, history, interactive }: ImageCall): void {
  if (interactive || (pictures.length === 0 && mask === undefined && history === undefined)) return;
  throw invalidArguments('Pictures that are no files of the workspace go along only where a person asks.');
}

async function readFiles(
  files: readonly (string | vscode.Uri)[],
  folder: vscode.WorkspaceFolder | undefined,
  platform: Platform,
): Promise<readonly ReferenceImage[]> {
  if (files.length === 0) return [];
  if (!vscode.workspace.isTrusted)
    throw new ImageGatewayError(
      'untrusted',
      'This workspace is in Restricted Mode; trust it to send files of it as references.',
    );
  return readReferences(files, folder, platform);
}
