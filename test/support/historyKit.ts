import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewHistoryEntry, NewPicture } from '../../src/core/history/entry.ts';
import type { HistorySize } from '../../src/core/history/entryTable.ts';
import { History } from '../../src/core/history/history.ts';
import { newOriginalId } from '../../src/core/originals/original.ts';
import { diskFolder } from './diskFolder.ts';

/** A picture that nobody has decided about. */
export function newPicture(members: Partial<NewPicture> = {}): NewPicture {
  return {
    state: 'draft',
    originalId: newOriginalId(Date.UTC(2026, 10, 21)),
    sha256: 'ab'.repeat(32),
    mediaType: 'image/png',
    width: 1024,
    height: 768,
    ...members,
  };
}

/** A generation of one picture. */
export function newEntry(members: Partial<NewHistoryEntry> = {}): NewHistoryEntry {
  return {
    prompt: 'a fox in the snow',
    model: 'acme/painter',
    gateway: 'acme',
    parameters: { n: 1, size: '1024x768' },
    notTold: [],
    receipt: [{ topic: 'size', asked: '1024×768', came: '1024×1024', saved: '1024×768', differs: false }],
    cost: { amount: '0.04', currency: 'USD' },
    notices: [{ code: 'cropped', message: '1024×1024 came; it was cropped.' }],
    pictures: [newPicture()],
    ...members,
  };
}

/** A clock that goes on by a second at each look. */
export function ticking(): () => number {
  let now = Date.UTC(2026, 10, 21);
  return () => (now += 1000);
}

/** The history of one folder of the disk, as one window sees it. */
export function openHistory(
  path: string,
  bounds?: HistorySize,
  now: () => number = ticking(),
): { readonly history: History; readonly discarded: string[] } {
  const discarded: string[] = [];
  const parts = {
    journal: diskFolder(join(path, 'journal')),
    thumbnails: diskFolder(join(path, 'thumbnails')),
    discardOriginals: (ids: readonly string[]) => {
      discarded.push(...ids);
      return Promise.resolve();
    },
  };
  return { history: new History(parts, bounds, now), discarded };
}

/** The files of its journal with their texts. */
export async function journalFiles(path: string): Promise<ReadonlyMap<string, string>> {
  const folder = join(path, 'journal');
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  );
}
