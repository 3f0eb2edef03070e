import type { Notice } from '../events.ts';
import {
  newOriginalId,
  type Original,
  type OriginalAbout,
  readAbout,
  timeInId,
  writeAbout,
} from './original.ts';
import { queue } from '../queue.ts';
import type { StorageFolder } from './storageFolder.ts';

/** Bytes that all originals together may take: 1 GiB. */
export const mostOriginalBytes = 2 ** 30;

/** An original that was kept. */
export interface Kept {
  readonly id: string;
  /** That others, which were never saved, had to go for it. */
  readonly notice?: Notice;
}

/**
 * Keeps what gateways sent, before anything else is done with it, so that nothing that was paid for is lost to a failing
 * save, a full disk, a closed window or a killed extension host. Two files for each: its bytes (`<id>.bin`) and what is
 * known of it (`<id>.json`), so that a damaged one costs itself and several windows can share the folder.
 */
export class Originals {
  private readonly folder: StorageFolder;
  private readonly mostBytes: number;
  private readonly now: () => number;
  /** Bytes in the folder as far as this window knows; undefined until it has looked. */
  private total: number | undefined;
  /** One after the other, or two would make room for the same. */
  private readonly inTurn = queue();

  /** @param mostBytes the oldest go when there are more; those that were never saved last */
  constructor(folder: StorageFolder, mostBytes = mostOriginalBytes, now: () => number = Date.now) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.now = now;
  }

  /** Keeps the bytes of one picture. Rejects with what its file system says. */
  keep(bytes: Uint8Array, about: OriginalAbout): Promise<Kept> {
    return this.inTurn(async () => {
      const id = newOriginalId(this.now());
      // First, so that whoever finds the bytes knows what they are.
      await this.folder.write(`${id}.json`, writeAbout(about));
      await this.folder.write(`${id}.bin`, bytes);
      this.total = this.total === undefined ? await this.measure() : this.total + bytes.byteLength;
      const lost = this.total > this.mostBytes ? await this.makeRoom(id) : 0;
      return lost === 0 ? { id } : { id, notice: evicted(lost) };
    });
  }

  /**
   * Notes that a picture was saved.
   * @param isSame whether the saved file is the original byte for byte: then nothing more is kept of it
   */
  markSaved(id: string, uri: string, isSame: boolean): Promise<void> {
    return this.inTurn(async () => {
      if (isSame) return this.remove(id);
      const about = readAbout(await this.aboutOf(id));
      await this.folder.write(`${id}.json`, writeAbout(about, uri));
    });
  }

  /** All originals, the newest first. */
  async list(): Promise<readonly Original[]> {
    const ids = (await this.folder.list()).filter((name) => name.endsWith('.bin')).map(withoutExtension);
    const originals = await Promise.all(ids.map((id) => this.find(id)));
    return originals.filter((one) => one !== undefined).sort((a, b) => b.receivedAt - a.receivedAt);
  }

  /** The bytes as they came. Rejects with what its file system says. */
  read(id: string): Promise<Uint8Array> {
    return this.folder.read(`${id}.bin`);
  }

  /** Forgets originals. */
  discard(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) await this.remove(id);
    });
  }

  /** Forgets everything, halves of what a killed window wrote among it. */
  clear(): Promise<void> {
    return this.inTurn(async () => {
      for (const name of await this.folder.list()) await this.folder.remove(name);
      this.total = undefined;
    });
  }

  private async find(id: string): Promise<Original | undefined> {
    const receivedAt = timeInId(id);
    if (receivedAt === undefined) return undefined;
    try {
      const byteLength = await this.folder.size(`${id}.bin`);
      return { id, receivedAt, byteLength, ...readAbout(await this.aboutOf(id)) };
    } catch {
      // Another window has just removed it.
      return undefined;
    }
  }

  private aboutOf(id: string): Promise<Uint8Array | undefined> {
    return this.folder.read(`${id}.json`).catch(() => undefined);
  }

  private async remove(id: string): Promise<void> {
    await this.folder.remove(`${id}.bin`);
    await this.folder.remove(`${id}.json`);
    // Seldom; counted anew at the next one.
    this.total = undefined;
  }

  private async measure(): Promise<number> {
    return (await this.list()).reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Removes the oldest until all fit. @returns how many of them were never saved */
  private async makeRoom(newest: string): Promise<number> {
    const all = await this.list();
    let total = all.reduce((sum, { byteLength }) => sum + byteLength, 0);
    let lost = 0;
    const oldestFirst = [...all].reverse().filter(({ id }) => id !== newest);
    const isSaved = ({ saved }: Original) => saved !== undefined;
    for (const one of [...oldestFirst.filter(isSaved), ...oldestFirst.filter((other) => !isSaved(other))]) {
      if (total <= this.mostBytes) break;
      await this.remove(one.id);
      total -= one.byteLength;
      if (!isSaved(one)) lost++;
    }
    return lost;
  }
}

function withoutExtension(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

function evicted(count: number): Notice {
  const what =
    count === 1
      ? 'An older image that was never saved was'
      : `${count} older images that were never saved were`;
  return { code: 'originalsEvicted', message: `${what} removed from the storage to make room for this one.` };
}
