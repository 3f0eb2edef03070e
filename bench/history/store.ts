import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewHistoryEntry } from '../../src/core/history/entry.ts';
import { History } from '../../src/core/history/history.ts';
import { historyBounds } from '../../src/core/history/historyParts.ts';
import { newOriginalId } from '../../src/core/originals/original.ts';
import { diskFolder } from '../../test/support/diskFolder.ts';

const subjects = [
  'a fox',
  'ein Füchslein',
  'une forêt enneigée',
  '雪の中の狐',
  'лиса в снегу',
  'a lighthouse',
];
const styles = ['as a watercolour', 'in flat vector style', 'photographed at dusk with a long lens'];

/** One generation of two pictures; every thousandth has a word that no other has. */
export function entryOf(index: number): NewHistoryEntry {
  const prompt = `${subjects[index % subjects.length]!} ${styles[index % styles.length]!}, number ${index}, with much detail in the foreground, soft light from the left and no text anywhere${index % 1000 === 7 ? ', unmistakable' : ''}`;
  const topics = ['model', 'count', 'size', 'aspectRatio', 'format', 'background', 'quality'] as const;
  return {
    prompt,
    model: `acme/painter-${index % 4}`,
    gateway: 'acme',
    parameters: { n: 2, size: '1024x1024', quality: 'high', outputFormat: 'webp' },
    notTold: [],
    receipt: topics.map((topic) => ({
      ...{ topic, asked: '1024×1024', came: '1024×1024', saved: '', differs: false },
    })),
    cost: { amount: '0.04', currency: 'USD' },
    notices: [{ code: 'converted', message: 'PNG came and was converted to WebP.' }],
    pictures: [0, 1].map((picture) => ({
      ...(picture === 0 && index % 2 === 0
        ? { state: 'kept' as const, saved: `file:///site/images/fox-${index}.webp` }
        : { state: 'draft' as const }),
      originalId: newOriginalId(1.79e12 + index),
      thumbnail: { id: `${newOriginalId(1.79e12 + index)}.webp`, byteLength: 8000 },
      ...{ sha256: 'ab'.repeat(32), mediaType: 'image/png', width: 1024, height: 1024 },
    })),
  };
}

/** The history in a folder. @param entries as many as fit in */
export function openHistory(path: string, entries: number): History {
  const parts = {
    journal: diskFolder(path),
    thumbnails: diskFolder(`${path}-thumbnails`),
    discardOriginals: () => Promise.resolve(),
  };
  return new History(parts, { ...historyBounds, entries, thumbnailBytes: Infinity });
}

/** The floor: the same files, read and parsed as JSON line by line, and nothing else. */
export async function readAndParse(path: string): Promise<readonly unknown[]> {
  const parsed: unknown[] = [];
  for (const name of await readdir(path)) {
    const lines = (await readFile(join(path, name), 'utf8')).split('\n');
    for (const line of lines) if (line !== '') parsed.push(JSON.parse(line));
  }
  return parsed;
}

/** Another way to store them: a file for each entry. */
export async function writeFilePerEntry(path: string, entries: readonly unknown[]): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const [index, entry] of entries.entries())
    await writeFile(join(path, `${index}.json`), JSON.stringify(entry));
}

/** Reads that, 32 files at a time. */
export async function readFilePerEntry(path: string): Promise<readonly unknown[]> {
  const names = await readdir(path);
  const parsed: unknown[] = [];
  const readOn = async () => {
    for (let name = names.pop(); name !== undefined; name = names.pop())
      parsed.push(JSON.parse(await readFile(join(path, name), 'utf8')));
  };
  await Promise.all(Array.from({ length: 32 }, readOn));
  return parsed;
}
