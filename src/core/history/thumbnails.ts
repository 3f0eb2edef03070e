import { newOriginalId, timeInId } from '../originals/original.ts';
import type { StorageFolder } from '../originals/storageFolder.ts';
import type { ThumbnailPlace } from './entry.ts';

/** The most bytes of one thumbnail; of 256 × 256 pixels of noise it has a third. */
export const mostThumbnailBytes = 256 * 1024;

const extensions = { 'image/webp': 'webp', 'image/jpeg': 'jpg', 'image/png': 'png' } as const;
type ThumbnailType = keyof typeof extensions;

/** Thumbnails in a folder of their own: a file each, named by its id. */
export class Thumbnails {
  private readonly folder: StorageFolder;
  private readonly now: () => number;

  constructor(folder: StorageFolder, now: () => number) {
    this.folder = folder;
    this.now = now;
  }

  /**
   * Keeps one. Rejects with what its file system says.
   * @throws RangeError for another media type, or more than `mostThumbnailBytes`
   */
  async keep(bytes: Uint8Array, mediaType: string): Promise<ThumbnailPlace> {
    const extension = Object.hasOwn(extensions, mediaType)
      ? extensions[mediaType as ThumbnailType]
      : undefined;
    if (extension === undefined || bytes.byteLength > mostThumbnailBytes)
      throw new RangeError('This is no thumbnail.');
    const id = `${newOriginalId(this.now())}.${extension}`;
    await this.folder.write(id, bytes);
    return { id, byteLength: bytes.byteLength };
  }

  /** The bytes of one; undefined where it is gone, too large or no id. */
  async read(id: string): Promise<Uint8Array | undefined> {
    if (!isThumbnailId(id)) return undefined;
    try {
      return (await this.folder.size(id)) > mostThumbnailBytes ? undefined : await this.folder.read(id);
    } catch {
      return undefined;
    }
  }

  /** Removes some, as far as the file system lets it: what stays is swept later. */
  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids.filter(isThumbnailId)) await this.folder.remove(id).catch(() => undefined);
  }

  /**
   * Removes what nothing refers to any more: a window was closed between writing one and its entry.
   * @param before only what is older than this, in milliseconds since 1970: a window may be about to refer to it
   */
  async sweep(isUsed: (id: string) => boolean, before: number): Promise<void> {
    const names = await this.folder.list();
    await this.remove(
      names.filter((name) => {
        const time = timeInThumbnailId(name);
        return time !== undefined && time < before && !isUsed(name);
      }),
    );
  }
}

/** Whether this is the name of a thumbnail and of nothing else. */
export function isThumbnailId(id: string): boolean {
  return timeInThumbnailId(id) !== undefined;
}

/** What a thumbnail is, by its id. */
export function thumbnailType(id: string): string {
  const extension = id.slice(id.lastIndexOf('.') + 1);
  return Object.entries(extensions).find(([, one]) => one === extension)?.[0] ?? 'image/webp';
}

function timeInThumbnailId(id: string): number | undefined {
  const match = /^(.{46})\.(?:webp|jpg|png)$/.exec(id);
  return match?.[1] === undefined ? undefined : timeInId(match[1]);
}
