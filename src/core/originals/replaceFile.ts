import { ImageGatewayError } from '../failure.ts';
import { sha256Hex } from '../files/sha256.ts';
import type { PreviousVersions } from './previousVersions.ts';

/** One file of the workspace. Both methods reject with what its file system says. */
export interface ReplaceableFile {
  /** Its Uri. */
  readonly uri: string;
  /** As it may stand in a sentence. */
  readonly name: string;
  /** Its bytes; undefined where it is not there. */
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array): Promise<void>;
}

/** What a file became. */
export interface Replaced {
  /** Of its bytes now, hex. */
  readonly sha256: string;
  /** Under which its old bytes are kept; absent where there were none, or they are the same. */
  readonly previousId?: string;
}

/**
 * Replaces the bytes of a file that is still what is expected. Its old bytes are kept before; what was written is read
 * again, and where it is not all there the old bytes are put back.
 * @param expectedSha256 of the file as it was seen last, hex; undefined: it is not there
 * @throws saveFailed in one sentence
 */
export async function replaceFile(
  file: ReplaceableFile,
  expectedSha256: string | undefined,
  bytes: Uint8Array,
  versions: PreviousVersions,
): Promise<Replaced> {
  const sha256 = await sha256Hex(bytes);
  const old = await readExpected(file, expectedSha256);
  if (sha256 === expectedSha256) return { sha256 };
  const previousId = old && (await keepOld(file, old, sha256, versions));
  try {
    // Once more: keeping took its time, and what a person did meanwhile is kept nowhere.
    if (old !== undefined) await readExpected(file, expectedSha256);
  } catch (thrown) {
    await forget(versions, previousId);
    throw thrown;
  }
  const isWritten = await file.write(bytes).then(
    () => holds(file, sha256),
    () => false,
  );
  if (isWritten) return { sha256, ...(previousId !== undefined && { previousId }) };
  throw await putBack(file, old, previousId, versions);
}

/** @throws saveFailed where the file is another, or cannot be read */
async function readExpected(
  file: ReplaceableFile,
  expectedSha256: string | undefined,
): Promise<Uint8Array | undefined> {
  const bytes = await file.read().catch(() => {
    throw failed(`${file.name} was not replaced: it cannot be read.`);
  });
  const sha256 = bytes && (await sha256Hex(bytes));
  if (sha256 === expectedSha256) return bytes;
  throw failed(
    bytes === undefined
      ? `${file.name} was not replaced: it is no longer there.`
      : `${file.name} was not replaced: it was changed meanwhile.`,
  );
}

async function keepOld(
  file: ReplaceableFile,
  old: Uint8Array,
  replacedBy: string,
  versions: PreviousVersions,
): Promise<string> {
  try {
    return await versions.keep(old, { uri: file.uri, sha256: await sha256Hex(old), replacedBy });
  } catch {
    throw failed(
      `${file.name} was not replaced: what it is now could not be kept in the extension’s storage.`,
    );
  }
}

/** @returns the failure to tell: nothing was changed, or where the old bytes are */
async function putBack(
  file: ReplaceableFile,
  old: Uint8Array | undefined,
  previousId: string | undefined,
  versions: PreviousVersions,
): Promise<ImageGatewayError> {
  const check = 'check the disk and the permissions of its directory';
  if (old === undefined) return failed(`${file.name} could not be written; ${check}.`);
  const oldSha256 = await sha256Hex(old);
  // A write that was refused may have left everything as it was.
  const isBack =
    (await holds(file, oldSha256)) ||
    (await file.write(old).then(
      () => holds(file, oldSha256),
      () => false,
    ));
  if (!isBack)
    return failed(
      `${file.name} was written in part only, and could not be put back; ${check}, then run Image Gateway: Restore Previous Image, which has its old bytes.`,
    );
  await forget(versions, previousId);
  return failed(`${file.name} could not be written and is as it was; ${check}.`);
}

async function holds(file: ReplaceableFile, sha256: string): Promise<boolean> {
  const bytes = await file.read().catch(() => undefined);
  return bytes !== undefined && (await sha256Hex(bytes)) === sha256;
}

/** A version that is not needed is no reason to fail. */
async function forget(versions: PreviousVersions, id: string | undefined): Promise<void> {
  if (id !== undefined) await versions.discard([id]).catch(() => undefined);
}

function failed(sentence: string): ImageGatewayError {
  return new ImageGatewayError('saveFailed', sentence);
}
