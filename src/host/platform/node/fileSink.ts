import { randomUUID } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageGatewayError } from '../../../core/failure.ts';
import type { ByteSink, PictureWriter } from '../../../core/gateway/wire/byteSink.ts';

/** Bytes of one write. */
const bufferBytes = 256 * 1024;
/** So many writes may wait for a slow disk before the gateway has to. */
const mostBuffers = 8;
/** A file that is older belongs to a window that is gone: a day in milliseconds. */
const leftOverMs = 86_400_000;

/**
 * Keeps pictures in files while they arrive, so that memory does not grow with them. Nothing is touched before the first
 * picture; what a killed window left behind is removed then.
 * @param folder a folder of the extension's own; made where it is missing
 */
export function createFileSink(folder: string): ByteSink {
  let ready: Promise<void> | undefined;
  const begin = () => {
    // What failed once (a full disk, too many open files) may go well the next time.
    ready ??= prepare(folder).catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    return ready;
  };
  return { open: () => new FileWriter(folder, begin) };
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const before = Date.now() - leftOverMs;
  for (const name of await readdir(folder)) await removeOld(join(folder, name), before);
}

/** Another window may be removing it at the same time, and it may be no file of ours: never a reason to fail. */
async function removeOld(path: string, beforeMs: number): Promise<void> {
  if (!/[\\/][0-9a-f-]{36}\.part$/.test(path)) return;
  try {
    if ((await lstat(path)).mtimeMs < beforeMs) await rm(path, { force: true });
  } catch {
    return;
  }
}

class FileWriter implements PictureWriter {
  readonly copies = true;
  private readonly path: string;
  private readonly ready: () => Promise<void>;
  /** Filled, written and filled again: fresh memory for every piece would cost more than the writing. */
  private readonly free: Buffer[] = [];
  private buffers = 0;
  private current: Buffer | undefined;
  private filled = 0;
  private length = 0;
  private file: FileHandle | undefined;
  /** The writes so far, one after the other. */
  private written: Promise<void> = Promise.resolve();

  constructor(folder: string, ready: () => Promise<void>) {
    this.path = join(folder, `${randomUUID()}.part`);
    this.ready = ready;
  }

  write(piece: Uint8Array): Promise<void> | undefined {
    this.length += piece.byteLength;
    for (let at = 0; at < piece.byteLength;) {
      this.current ??= this.free.pop() ?? this.newBuffer();
      const part = piece.subarray(at, at + this.current.length - this.filled);
      this.current.set(part, this.filled);
      this.filled += part.byteLength;
      at += part.byteLength;
      if (this.filled === this.current.length) this.flush();
    }
    return this.buffers > mostBuffers && this.free.length === 0 ? this.written : undefined;
  }

  async finish(): Promise<Uint8Array> {
    // Small ones, frames on the way among them, never touch the disk.
    if (this.length === this.filled) return this.take();
    try {
      this.flush();
      await this.written;
      const whole = Buffer.allocUnsafeSlow(this.length);
      const { bytesRead } = await this.openFile().then((file) => file.read(whole, 0, whole.length, 0));
      if (bytesRead !== this.length) throw notStored();
      return whole;
    } catch {
      throw notStored();
    } finally {
      await this.discard();
    }
  }

  async discard(): Promise<void> {
    this.current = undefined;
    await this.written.catch(() => undefined);
    if (this.file === undefined) return;
    await this.file.close().catch(() => undefined);
    this.file = undefined;
    await rm(this.path, { force: true }).catch(() => undefined);
  }

  /** All of it, where it fits one buffer. */
  private take(): Uint8Array {
    const whole = new Uint8Array(this.current?.subarray(0, this.filled) ?? []);
    this.current = undefined;
    return whole;
  }

  private newBuffer(): Buffer {
    this.buffers++;
    return Buffer.allocUnsafeSlow(bufferBytes);
  }

  private flush(): void {
    const { current, filled } = this;
    if (current === undefined) return;
    this.current = undefined;
    this.filled = 0;
    this.written = this.written.then(() => this.append(current, filled));
    // A failure is told by whoever waits: the next piece that has to, or the end.
    this.written.catch(() => undefined);
  }

  private async append(buffer: Buffer, length: number): Promise<void> {
    try {
      const { bytesWritten } = await (await this.openFile()).write(buffer, 0, length);
      // A disk that is full takes a part.
      if (bytesWritten !== length) throw notStored();
      this.free.push(buffer);
    } catch {
      throw notStored();
    }
  }

  private async openFile(): Promise<FileHandle> {
    await this.ready();
    return (this.file ??= await open(this.path, 'wx+', 0o600));
  }
}

function notStored(): ImageGatewayError {
  return new ImageGatewayError(
    'saveFailed',
    'The image could not be kept in the extension’s storage while it arrived, and the request may have been billed; check the disk and its free space.',
  );
}
