import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/models');

/** The names of the lists of models in test/fixtures/models: one for each documented shape. */
export const recordedLists: readonly string[] = readdirSync(folder).map((name) =>
  name.replace(/\.json$/, ''),
);

/** One of them, as a gateway would send it. */
export function recordedList(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}
