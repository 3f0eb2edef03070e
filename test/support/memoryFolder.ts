import type { StorageFolder } from '../../src/core/originals/storageFolder.ts';

/** A storage folder in memory, where what counts is how many files there are and not how fast a disk is. */
export function memoryFolder(): StorageFolder {
  const files = new Map<string, Uint8Array>();
  const read = (name: string): Promise<Uint8Array> => {
    const bytes = files.get(name);
    return bytes === undefined ? Promise.reject(new Error(`no ${name}`)) : Promise.resolve(bytes);
  };
  return {
    list: () => Promise.resolve([...files.keys()]),
    size: async (name) => (await read(name)).byteLength,
    read,
    write: (name, bytes) => Promise.resolve(void files.set(name, bytes)),
    remove: (name) => Promise.resolve(void files.delete(name)),
  };
}
