import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../..');

/** What each room may import: rooms, `vscode`, `node:` and packages (exemplars: the layers). */
const walls: Readonly<Record<string, readonly string[]>> = {
  'src/core': ['src/core', 'openai', 'jsonc-parser'],
  'src/core/files': ['src/core', 'ignore', 'picomatch'],
  'src/core/image/codecs': ['src/core', '@jsquash'],
  'src/core/references': [
    'src/core',
    ...['@lezer', 'entities', 'htmlparser2', '@csstools/css-tokenizer', 'js-tokens', 'jsonc-parser', 'yaml'],
    'toml-eslint-parser',
  ],
  'src/protocol': ['src/protocol', 'src/core'],
  'src/host': ['src/host', 'src/core', 'src/protocol', 'vscode'],
  // What an agent can reach: neither the panel's page nor what asks a person.
  'src/host/tools': ['src/host', 'src/core', 'vscode'],
  'src/host/platform/node.ts': ['src/host', 'src/core', 'node:'],
  'src/host/platform/node': ['src/host', 'src/core', 'node:'],
  'src/extension.ts': ['src/host', 'src/core', 'vscode', '#platform'],
  media: ['media', 'src/protocol', '@vscode/codicons'],
};

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

function roomOf(file: string): string | undefined {
  const rooms = Object.keys(walls).filter((room) => file === room || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

/** Everything a file imports, dynamic and type imports included; relative ones as paths from the root. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) =>
    fileName.startsWith('.') ? relative(root, resolve(root, dirname(file), fileName)) : fileName,
  );
}

function isAllowed(imported: string, room: string): boolean {
  return (walls[room] ?? []).some((allowed) =>
    allowed.endsWith(':')
      ? imported.startsWith(allowed)
      : imported === allowed || imported.startsWith(`${allowed}/`),
  );
}

const files = [...filesBelow('src'), ...filesBelow('media')];

describe('2.1 the rooms', () => {
  it('2.1 has every source file in a room', () => {
    assert.ok(files.length > 50);
    assert.deepEqual(
      files.filter((file) => roomOf(file) === undefined),
      [],
    );
  });

  for (const room of Object.keys(walls)) {
    it(`2.1 ${room} imports its neighbours only`, () => {
      const own = files.filter((file) => roomOf(file) === room);
      assert.ok(own.length > 0);
      const wrong = own.flatMap((file) =>
        importsOf(file)
          .filter((one) => !isAllowed(one, room))
          .map((one) => `${file} imports ${one}`),
      );
      assert.deepEqual(wrong, []);
    });
  }

  it('2.1 finds a wall that is climbed over', () => {
    assert.equal(isAllowed('vscode', 'src/core'), false);
    assert.equal(isAllowed('src/host/keys.ts', 'src/core'), false);
    assert.equal(isAllowed('node:fs', 'src/host'), false);
    assert.equal(isAllowed('src/core/failure.ts', 'media'), false);
  });

  it('2.1 the protocol takes only types of the core', () => {
    for (const file of filesBelow('src/protocol')) {
      const values = readFileSync(join(root, file), 'utf8').match(/^import (?!type)[^;]*core\//gm);
      assert.equal(values, null, file);
    }
  });

  it('2.1 loads the openai SDK and the offline gateway late: activation’s bundle names neither', () => {
    const statics = new Set<string>();
    const visit = (file: string): void => {
      if (statics.has(file)) return;
      statics.add(file);
      const source = ts.createSourceFile(
        file,
        readFileSync(join(root, file), 'utf8'),
        ts.ScriptTarget.Latest,
      );
      for (const statement of source.statements) {
        if (
          !ts.isImportDeclaration(statement) ||
          statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        )
          continue;
        const name = (statement.moduleSpecifier as ts.StringLiteral).text;
        if (name.startsWith('.')) visit(relative(root, resolve(root, dirname(file), name)));
        else statics.add(name);
      }
    };
    visit('src/extension.ts');
    assert.ok(statics.has('src/core/gateway/chooseModel.ts'), 'the walk followed nothing');
    assert.deepEqual(
      [...statics].filter((one) =>
        /\/tools\/(?!registerTools|toolParts|confirmedCalls)|agent\/(?!agentJournal)/.test(one),
      ),
      [],
      'what a tool does is read at its first call',
    );
    assert.deepEqual(
      [...statics].filter(
        (one) => one === 'openai' || one === 'eventsource-parser' || one.includes('/offline/offlineFetch'),
      ),
      [],
    );
  });
});
