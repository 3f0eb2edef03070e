import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StorageFolder } from '../../src/core/originals/storageFolder.ts';

/** A storage folder on the disk, for plain Node. */
export function diskFolder(path: string): StorageFolder {
  return {
    list: () => readdir(path).catch(() => []),
    size: async (name) => (await stat(join(path, name))).size,
    read: (name) => readFile(join(path, name)),
    write: async (name, bytes) => {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, name), bytes);
    },
    remove: (name) => rm(join(path, name), { force: true }),
  };
}
