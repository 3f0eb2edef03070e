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

/** Records of saved files, without their bytes. */
const mostRecords = 1000;
/** Originals after which the folder is measured anew. */
const measureEach = 16;

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
  private sinceMeasured = 0;
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
      const known = writeAbout(about);
      // First, so that whoever finds the bytes knows what they are.
      await this.folder.write(`${id}.json`, known);
      try {
        await this.folder.write(`${id}.bin`, bytes);
      } catch (thrown) {
        // Of a picture that is not kept, no prompt is kept.
        await this.remove(id).catch(() => undefined);
        throw thrown;
      }
      // It is kept, whatever becomes of the others.
      const lost = await this.fit(id, bytes.byteLength + known.byteLength).catch(() => 0);
      return lost === 0 ? { id } : { id, notice: evicted(lost) };
    });
  }

  /** @param added bytes of the newest @returns how many that were never saved had to go */
  private async fit(newest: string, added: number): Promise<number> {
    // Others write here, too: what this window counted is looked after now and then.
    const isDue = this.sinceMeasured++ % measureEach === 0;
    this.total = this.total === undefined || isDue ? await this.measure() : this.total + added;
    return this.total > this.mostBytes ? this.makeRoom(newest) : 0;
  }

  /**
   * Notes that a picture was saved.
   * @param isSame whether the saved file is the original byte for byte: then its bytes go, and what is known of it stays
   */
  markSaved(id: string, uri: string, isSame: boolean): Promise<void> {
    return this.inTurn(async () => {
      const known = await this.aboutOf(id);
      // Cleared meanwhile: nothing of it comes back.
      if (known === undefined) return;
      await this.folder.write(`${id}.json`, writeAbout(readAbout(known), uri));
      if (!isSame) return;
      await this.folder.remove(`${id}.bin`);
      this.total = undefined;
      await this.forgetOldRecords();
    });
  }

  /** What is known of a saved file: of the newest that was saved there. */
  async recordOf(uri: string): Promise<OriginalAbout | undefined> {
    const names = (await this.folder.list()).filter((name) => name.endsWith('.json')).sort();
    for (const name of names.reverse()) {
      const about = readAbout(await this.folder.read(name).catch(() => undefined));
      if (about.saved === uri) return about;
    }
    return undefined;
  }

  /** Whether there is nothing at all, not even what is known of a saved file. */
  async isEmpty(): Promise<boolean> {
    return (await this.folder.list()).length === 0;
  }

  /** What is known of files whose bytes are not kept is small, but it must not grow for ever. */
  private async forgetOldRecords(): Promise<void> {
    const names = await this.folder.list();
    const kept = new Set(names.filter((name) => name.endsWith('.bin')).map(withoutExtension));
    const records = names
      .filter((name) => name.endsWith('.json') && !kept.has(withoutExtension(name)))
      .sort();
    for (const name of records.slice(0, Math.max(0, records.length - mostRecords)))
      await this.folder.remove(name);
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

  /** Bytes of all files, with what is known of each picture. */
  private async measure(): Promise<number> {
    const names = await this.folder.list();
    const sizes = await Promise.all(names.map((name) => this.folder.size(name).catch(() => 0)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Removes the oldest until all fit. @returns how many of them were never saved */
  private async makeRoom(newest: string): Promise<number> {
    const all = await this.list();
    let total = await this.measure();
    let lost = 0;
    const oldestFirst = [...all].reverse().filter(({ id }) => id !== newest);
    const isSaved = ({ saved }: Original) => saved !== undefined;
    for (const one of [...oldestFirst.filter(isSaved), ...oldestFirst.filter((other) => !isSaved(other))]) {
      if (total <= this.mostBytes) break;
      // One that is locked stays; the next makes room, too.
      const isGone = await this.remove(one.id).then(
        () => true,
        () => false,
      );
      if (!isGone) continue;
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
