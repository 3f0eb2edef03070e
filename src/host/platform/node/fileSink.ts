import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageGatewayError } from '../../../core/failure.ts';
import type { ByteSink, PictureWriter } from '../../../core/gateway/wire/byteSink.ts';

/** Bytes that are gathered before they are written. */
const gatheredBytes = 256 * 1024;
/** A file that is older belongs to a window that is gone: a day in milliseconds. */
const leftOverMs = 86_400_000;

/**
 * Keeps pictures in files while they arrive, so that memory does not grow with them. Nothing is touched before the first
 * picture; what a killed window left behind is removed then.
 * @param folder a folder of the extension's own; made where it is missing
 */
export function createFileSink(folder: string): ByteSink {
  let ready: Promise<void> | undefined;
  return { open: () => new FileWriter(folder, () => (ready ??= prepare(folder))) };
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = Date.now() - leftOverMs;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < before) await rm(path, { force: true });
  }
}

class FileWriter implements PictureWriter {
  private readonly path: string;
  private readonly ready: () => Promise<void>;
  private gathered: Uint8Array[] = [];
  private length = 0;
  private file: FileHandle | undefined;
  /** The writes so far, one after the other. */
  private written: Promise<void> = Promise.resolve();

  constructor(folder: string, ready: () => Promise<void>) {
    this.path = join(folder, `${randomUUID()}.part`);
    this.ready = ready;
  }

  write(piece: Uint8Array): Promise<void> | undefined {
    this.gathered.push(piece);
    this.length += piece.byteLength;
    return this.length < gatheredBytes ? undefined : this.flush();
  }

  async finish(): Promise<Uint8Array> {
    try {
      await this.flush();
      await this.file?.close();
      this.file = undefined;
      return await readFile(this.path);
    } catch {
      throw notStored();
    } finally {
      await this.discard();
    }
  }

  async discard(): Promise<void> {
    this.gathered = [];
    await this.written.catch(() => undefined);
    await this.file?.close().catch(() => undefined);
    this.file = undefined;
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  private flush(): Promise<void> {
    const pieces = this.gathered;
    this.gathered = [];
    this.length = 0;
    this.written = this.written.then(() => this.append(pieces));
    return this.written;
  }

  private async append(pieces: Uint8Array[]): Promise<void> {
    try {
      await this.ready();
      this.file ??= await open(this.path, 'wx', 0o600);
      // Not `write`, which may write a part only.
      await this.file.appendFile(Buffer.concat(pieces));
    } catch {
      throw notStored();
    }
  }
}

function notStored(): ImageGatewayError {
  return new ImageGatewayError(
    'saveFailed',
    'The image could not be kept in the extension’s storage while it arrived, and the request may have been billed; check the disk and its free space.',
  );
}
