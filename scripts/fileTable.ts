// node scripts/fileTable.ts: writes docs/files.md.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTable } from '../test/support/fileTable.ts';
import { rootDir } from './paths.ts';

await writeFile(join(rootDir, 'docs', 'files.md'), await fileTable());
