import assert from 'node:assert/strict';
import { disk, FileType, hostModule, types, Uri, workspace } from '../support/vscodeWithFiles.ts';

interface Lookup {
  stateOf(uri: Uri): Promise<string>;
}
interface Missing {
  readonly missing: { readonly file: Uri };
}
interface Warning {
  readonly words: string;
  readonly isIncomplete: boolean;
}
const { findMissing } = (await hostModule('documents/findMissing.ts')) as {
  readonly findMissing: (
    scopes: readonly unknown[],
    lookup: Lookup,
    signal: AbortSignal,
    tell?: () => void,
    warn?: (warning: Warning) => void,
  ) => AsyncIterable<Missing>;
};
const { FileLookup } = (await hostModule('documents/fileLookup.ts')) as {
  readonly FileLookup: new (sizeOfFile?: (path: string) => Promise<number>) => Lookup;
};

const inFolder = (path = '/w') => ({
  kind: 'folder',
  folder: workspace.workspaceFolders[0],
  below: new Uri('file', path),
});
const ofDocument = (text: unknown, path = '/w/a.md') => ({
  kind: 'document',
  document: { uri: new Uri('file', path), getText: () => text },
  languageId: 'markdown',
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) disk.set(`/w/${path}`, new TextEncoder().encode(text));
}

/** In windows-1252, as far as it is Latin 1. */
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** The paths that are found, and what is warned of. */
async function search(
  scopes: readonly unknown[],
  lookup: Lookup = new FileLookup(),
  signal: AbortSignal = new AbortController().signal,
) {
  const warnings: Warning[] = [];
  const found: string[] = [];
  const warn = (warning: Warning) => void warnings.push(warning);
  for await (const { missing } of findMissing(scopes, lookup, signal, undefined, warn))
    found.push(missing.file.path);
  return { found, warnings };
}

describe('6.2 the search for missing images', () => {
  const fs = { ...workspace.fs };
  const { decode } = workspace;
  let reads: string[];

  beforeEach(() => {
    disk.clear();
    types.clear();
    reads = [];
    workspace.fs.readFile = (uri) => {
      reads.push(uri.path);
      return fs.readFile(uri);
    };
  });
  afterEach(() => {
    Object.assign(workspace.fs, fs);
    Object.assign(workspace, { decode });
    disk.clear();
    types.clear();
  });

  it('6.2 goes on after a reference with more folders than a stack has room for', async () => {
    const deep = (count: number) => `![x](${'a/'.repeat(count)}x.png)`;
    write({ 'a.md': `${deep(10_000)} ![y](y.png)\n` });
    assert.deepEqual(await search([inFolder()]), { found: ['/w/y.png'], warnings: [] });
    write({ 'a.md': `${deep(150_000)} ![y](y.png)\n` });
    assert.deepEqual((await search([inFolder()])).found, ['/w/y.png']);
  });

  it('6.2 looks for no file so deep that each folder above it would have to be looked at', async () => {
    let listed = 0;
    workspace.fs.readDirectory = (uri) => {
      listed++;
      return fs.readDirectory(uri);
    };
    const stateOf = (depth: number) =>
      new FileLookup().stateOf(new Uri('file', `/w/${'a/'.repeat(depth)}x.png`));
    assert.equal(await stateOf(60), 'absent');
    assert.ok(listed > 0);
    listed = 0;
    assert.equal(await stateOf(300), 'file');
    assert.equal(listed, 0);
  });

  it('6.2 finds of a picture in several sizes and formats the largest first, and what else is there after it', async () => {
    write({
      'a.md':
        '<img src="a.png" srcset="a-400.png 400w, a-800.png 800w">\n\n![between](m.png)\n\n' +
        '<picture><source srcset="b.webp 1x, b2.webp 2x"><img src="b.png"></picture>\n',
    });
    const { found } = await search([inFolder()]);
    const names = ['a-800', 'a-400', 'a', 'm'].map((name) => `/w/${name}.png`);
    assert.deepEqual(found, [...names, '/w/b2.webp', '/w/b.webp', '/w/b.png']);
  });

  it('6.2 goes on after a reference that fails, and says at the end that one did', async () => {
    write({ 'a.md': '![x](x.png) ![bad](bad.png) ![y](y.png)\n', 'b.md': '![bad](bad.png) ![z](z.png)\n' });
    const lookup = Object.assign(new FileLookup(), {
      stateOf: ({ path }: Uri) =>
        path.endsWith('bad.png') ? Promise.reject(new Error('no luck')) : Promise.resolve('absent'),
    });
    const { found, warnings } = await search([inFolder()], lookup);
    assert.deepEqual(found, ['/w/x.png', '/w/y.png', '/w/z.png']);
    assert.deepEqual(warnings, [
      {
        words: 'Not looked for because of an error: 2 of the images. The first: a.md (Error: no luck).',
        isIncomplete: true,
      },
    ]);
  });

  it('6.2 goes on after a document that cannot be read, and says at the end that there was one', async () => {
    const { found, warnings } = await search([ofDocument(3, '/w/b.md'), ofDocument('![x](x.png)')]);
    assert.deepEqual(found, ['/w/x.png']);
    assert.match(warnings[0]!.words, /1 of the documents. The first: b\.md \(TypeError/);
    assert.equal(warnings[0]!.isIncomplete, true);
  });

  it('6.2 reads no file that is too long to be written by hand', async () => {
    write({ 'a.md': '![x](x.png)\n', 'b.md': `![y](y.png)\n${' '.repeat(4 * 1024 * 1024)}` });
    const sizeOfFile = (path: string) => Promise.resolve(disk.get(path)!.length);
    for (const lookup of [new FileLookup(), new FileLookup(sizeOfFile)]) {
      reads = [];
      assert.deepEqual((await search([inFolder()], lookup)).found, ['/w/x.png']);
      assert.deepEqual(reads, ['/w/a.md']);
    }
  });

  it('6.2 reads no .gitignore that is no plain file, nor a very long one', async () => {
    write({ '.gitignore': 'a.md\n', 'b/.gitignore': '*.md\n', 'b/a.md': '![x](x.png)\n' });
    assert.deepEqual((await search([inFolder('/w/b')])).found, []);
    for (const type of [FileType.File | FileType.SymbolicLink, FileType.Unknown]) {
      for (const path of ['/w/.gitignore', '/w/b/.gitignore']) types.set(path, type);
      reads = [];
      assert.deepEqual((await search([inFolder('/w/b')])).found, ['/w/b/x.png']);
      assert.deepEqual(reads, ['/w/b/a.md']);
    }
    types.clear();
    const long = `*.md\n${'#\n'.repeat(200_000)}`;
    write({ '.gitignore': long, 'b/.gitignore': long });
    reads = [];
    assert.deepEqual((await search([inFolder('/w/b')])).found, ['/w/b/x.png']);
    assert.deepEqual(reads, ['/w/b/a.md']);
  });

  it('6.2 says once that patterns are not followed', async () => {
    const hostile = '**/a/**/a/**/a/**/b\n';
    write({ '.gitignore': hostile, 'b/.gitignore': hostile + hostile, 'b/a.md': 'none\n' });
    const { warnings } = await search([inFolder()]);
    assert.equal(warnings.length, 1);
    assert.match(warnings[0]!.words, /: 3 patterns .* those of \.gitignore\.$/);
    assert.equal(warnings[0]!.isIncomplete, false);
  });

  it('6.2 can be left while it is in a folder with very many entries', async () => {
    const leaving = new AbortController();
    workspace.fs.readDirectory = () => {
      setTimeout(() => leaving.abort(), 0);
      const entries = Array.from({ length: 200_000 }, (_, index) => [`${index}.md`, FileType.File]);
      return Promise.resolve(entries as [string, number][]);
    };
    assert.deepEqual((await search([inFolder()], undefined, leaving.signal)).found, []);
    assert.equal(leaving.signal.aborted, true);
    assert.deepEqual(reads, []);
  });

  it('6.2 goes through a folder with more files than a call takes arguments', async () => {
    write({ 'a.md': '![x](x.png)\n' });
    const { readDirectory } = fs;
    const many = Array.from(
      { length: 150_000 },
      (_, index) => [`${index}.md`, FileType.File] as [string, number],
    );
    workspace.fs.readDirectory = async (uri) => [...(await readDirectory(uri)), ...many];
    const { found } = await search([inFolder()]);
    assert.deepEqual(found, ['/w/x.png']);
  });

  it('6.2 can be left while it is in a document with very many images', async () => {
    const leaving = new AbortController();
    const asked = new Set<string>();
    // By this clock each look at a file takes a millisecond.
    let now = performance.now();
    const lookup = {
      stateOf: ({ path }: Uri) => {
        if (asked.size === 0) setTimeout(() => leaving.abort(), 0);
        if (path.endsWith('.png')) asked.add(path.slice(path.lastIndexOf('/')));
        now++;
        return Promise.resolve('absent');
      },
    };
    const text = Array.from({ length: 2000 }, (_, index) => `![x](/${index}.png)\n`).join('');
    performance.now = () => now;
    try {
      await search([ofDocument(text)], lookup, leaving.signal);
    } finally {
      Reflect.deleteProperty(performance, 'now');
    }
    // Those that were begun, and those whose turn it was.
    assert.ok(asked.size > 0 && asked.size <= 32, `${asked.size}`);
  });

  it('6.2 reads a file in the encoding of the settings where it is no UTF-8, and asks for none where it is', async () => {
    const asked: string[] = [];
    workspace.decode = (bytes, { uri }) => {
      asked.push(uri.path);
      return Promise.resolve(new TextDecoder('windows-1252').decode(bytes));
    };
    const page = '<img src="café.gif"><img src="thé.gif">';
    disk.set('/w/a.html', latin1(page));
    write({ 'b.html': `\ufeff${page.replace('thé', 'été')}`, 'café.gif': 'x' });
    disk.set('/w/c.html', new Uint8Array(Buffer.from('\ufeff<img src="Ω.gif">', 'utf16le')));
    assert.deepEqual(await search([inFolder()]), {
      found: ['/w/thé.gif', '/w/été.gif', '/w/Ω.gif'],
      warnings: [],
    });
    assert.deepEqual(asked, ['/w/a.html']);
  });

  it('6.2 says that a file could not be looked at where it cannot be decoded', async () => {
    workspace.decode = () => Promise.reject(new Error('binary'));
    disk.set('/w/a.html', latin1('<img src="café.gif">'));
    write({ 'b.md': '![x](x.png)\n' });
    const { found, warnings } = await search([inFolder()]);
    assert.deepEqual(found, ['/w/x.png']);
    assert.match(warnings[0]!.words, /1 of the documents\. The first: a\.html \(Error: binary\)/);
    assert.equal(warnings[0]!.isIncomplete, true);
  });

  it('6.2 looks for no file whose name cannot be decoded, and says so', async () => {
    disk.set('/w/a.html', latin1('<p>déjà</p><img src="café.gif"><img src="fox.gif">'));
    const { found, warnings } = await search([inFolder()]);
    assert.deepEqual(found, ['/w/fox.gif']);
    assert.match(warnings[0]!.words, /1 of the images\. The first: a\.html \(its name cannot be decoded\)/);
    assert.equal(warnings[0]!.isIncomplete, true);
  });

  it('6.2 takes names that differ in case only for two where the disk does, and for one where it does not', async () => {
    write({ 'a.md': '![x](fox.png) ![y](Fox.png) ![z](fox.png)\n' });
    assert.deepEqual((await search([inFolder()])).found, ['/w/fox.png', '/w/Fox.png']);
    workspace.fs.stat = (uri) => fs.stat(new Uri(uri.scheme, uri.path.toLowerCase()));
    assert.deepEqual((await search([inFolder()])).found, ['/w/fox.png']);
  });
});
