import { ImageGatewayError } from '../failure.ts';
import { sha256Hex } from '../files/sha256.ts';
import { asRecord, asString } from '../gateway/json.ts';
import { queue } from '../queue.ts';
import { newOriginalId, timeInId } from './original.ts';
import type { StorageFolder } from './storageFolder.ts';

/** Bytes that all previous versions together may take: 256 MiB. */
export const mostVersionBytes = 2 ** 28;
/** However small they are. */
const mostVersions = 1000;

/** What a file of the workspace was before it was replaced. */
export interface VersionAbout {
  /** The file's Uri. */
  readonly uri: string;
  /** Of the bytes that are kept, hex. */
  readonly sha256: string;
  /** Of the bytes that the file got instead, hex. */
  readonly replacedBy: string;
}

export interface PreviousVersion extends VersionAbout {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly replacedAt: number;
  readonly byteLength: number;
}

/**
 * Keeps what files of the workspace were before they were replaced, so that it can be taken back. Two files for each:
 * its bytes (`<id>.bin`) and what is known of it (`<id>.json`), so that a damaged one costs itself and several windows
 * can share the folder. The oldest go when there are too many.
 */
export class PreviousVersions {
  private readonly folder: StorageFolder;
  private readonly mostBytes: number;
  private readonly now: () => number;
  /** One after the other, or two would make room for the same. */
  private readonly inTurn = queue();

  constructor(folder: StorageFolder, mostBytes = mostVersionBytes, now: () => number = Date.now) {
    this.folder = folder;
    this.mostBytes = mostBytes;
    this.now = now;
  }

  /** Keeps the bytes of one file. @returns its id. Rejects with what its file system says. */
  keep(bytes: Uint8Array, { uri, sha256, replacedBy }: VersionAbout): Promise<string> {
    return this.inTurn(async () => {
      const id = newOriginalId(this.now());
      const about = JSON.stringify({ version: 1, uri, sha256, replacedBy });
      try {
        await this.folder.write(`${id}.bin`, bytes);
        // Last: what has this is whole.
        await this.folder.write(`${id}.json`, new TextEncoder().encode(about));
      } catch (thrown) {
        await this.remove(id).catch(() => undefined);
        throw thrown;
      }
      await this.makeRoom(id).catch(() => undefined);
      return id;
    });
  }

  /** All of them, the newest first; what is damaged is left out. */
  async list(): Promise<readonly PreviousVersion[]> {
    const names = await this.folder.list();
    const found = await Promise.all(
      names.filter((name) => name.endsWith('.json')).map((one) => this.find(one)),
    );
    return found.filter((one) => one !== undefined).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  /** Those of one file, the newest first. */
  async of(uri: string): Promise<readonly PreviousVersion[]> {
    return (await this.list()).filter((one) => one.uri === uri);
  }

  /** The bytes of one. @throws saveFailed where they are gone, or are not what was kept */
  async read({ id, sha256 }: PreviousVersion): Promise<Uint8Array> {
    const bytes = await this.folder.read(`${id}.bin`).catch(() => undefined);
    if (bytes !== undefined && (await sha256Hex(bytes)) === sha256) return bytes;
    throw new ImageGatewayError(
      'saveFailed',
      'The previous version is damaged or gone from the extension’s storage.',
    );
  }

  /** Forgets some. */
  discard(ids: readonly string[]): Promise<void> {
    return this.inTurn(async () => {
      for (const id of ids) await this.remove(id);
    });
  }

  /** Forgets everything, halves of what a killed window wrote among it. */
  clear(): Promise<void> {
    return this.inTurn(async () => {
      for (const name of await this.folder.list()) await this.folder.remove(name);
    });
  }

  /** Whether there is nothing at all. */
  async isEmpty(): Promise<boolean> {
    return (await this.folder.list()).length === 0;
  }

  private async find(name: string): Promise<PreviousVersion | undefined> {
    const id = idOf(name);
    const replacedAt = timeInId(id);
    if (replacedAt === undefined) return undefined;
    try {
      const about = parseAbout(await this.folder.read(name));
      return about && { id, replacedAt, byteLength: await this.folder.size(`${id}.bin`), ...about };
    } catch {
      // Another window has just removed it, or half of it is missing.
      return undefined;
    }
  }

  private async remove(id: string): Promise<void> {
    await this.folder.remove(`${id}.json`);
    await this.folder.remove(`${id}.bin`);
  }

  /** Removes the oldest, halves and damaged ones too, until the others fit. The newest stays, whatever its size. */
  private async makeRoom(newest: string): Promise<void> {
    const sizes = new Map<string, number>();
    for (const name of await this.folder.list()) {
      const size = await this.folder.size(name).catch(() => 0);
      sizes.set(idOf(name), (sizes.get(idOf(name)) ?? 0) + size);
    }
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    let count = sizes.size;
    for (const id of [...sizes.keys()].sort()) {
      if (total <= this.mostBytes && count <= mostVersions) return;
      if (id === newest) continue;
      await this.remove(id);
      total -= sizes.get(id) ?? 0;
      count--;
    }
  }
}

function idOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'));
}

function parseAbout(bytes: Uint8Array): VersionAbout | undefined {
  const about = asRecord(JSON.parse(new TextDecoder().decode(bytes)));
  const [uri, sha256, replacedBy] = ['uri', 'sha256', 'replacedBy'].map((name) => asString(about?.[name]));
  if (about?.['version'] !== 1 || uri === undefined) return undefined;
  return sha256 === undefined || replacedBy === undefined ? undefined : { uri, sha256, replacedBy };
}
