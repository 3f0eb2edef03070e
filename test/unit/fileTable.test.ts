import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTable } from '../support/fileTable.ts';

const rowsOf = (markdown: string) => markdown.split('\n').filter((line) => line.startsWith('| '));

describe('4.2 4.3 4.4 the table of files', () => {
  let made: readonly string[] = [];
  let written: readonly string[] = [];

  before(async function () {
    this.timeout(60_000);
    made = rowsOf(await fileTable());
    written = rowsOf(await readFile(join(import.meta.dirname, '../../docs/files.md'), 'utf8'));
  });

  it('4.2 4.3 4.4 in docs is what the code does today, row by row', () => {
    assert.deepEqual(made, written);
  });

  it('4.2 4.3 4.4 has exact pixels wherever a size was asked for, and calls nothing transparent that is not', () => {
    const cells = made.slice(1).map((row) => row.split(' | '));
    for (const [wanted = '', , came = '', saved = '', , said = ''] of cells) {
      const size = /\d+×\d+/.exec(wanted)?.[0];
      if (size !== undefined && !came.includes('damaged'))
        assert.ok(saved.includes(size), `${wanted}: ${saved}`);
      if (wanted.includes('transparent'))
        assert.equal(
          saved.includes('transparent'),
          !said.includes('A transparent background was asked for'),
          came,
        );
    }
    assert.ok(cells.length >= 32);
  });
});
