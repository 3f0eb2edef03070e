import assert from 'node:assert/strict';
import { decodeHTMLAttribute } from 'entities/decode';
import fc from 'fast-check';
import { contextLine, withContext } from '../../src/core/references/context.ts';
import { languageOfFile } from '../../src/core/references/documentFiles.ts';
import { pickTarget } from '../../src/core/references/pickTarget.ts';
import { renamedTarget } from '../../src/core/references/renamedTarget.ts';
import { resolveTarget } from '../../src/core/references/resolveTarget.ts';

/** Picks of a target in a tree: folders end with `/`, `?` marks an empty file. */
async function pick(tree: readonly string[], document: string, target: string) {
  const directory = document.split('/').slice(0, -1);
  const resolved = resolveTarget(target, { directory });
  assert.ok('candidates' in resolved);
  const { segments, state } = await pickTarget(resolved.candidates, (at) => {
    const path = at.join('/');
    if (tree.includes(path)) return Promise.resolve('file');
    if (tree.includes(`${path}?`)) return Promise.resolve('empty');
    return Promise.resolve(tree.some((one) => one.startsWith(`${path}/`)) ? 'folder' : 'absent');
  });
  return `${segments.join('/')} ${state}`;
}

describe('6.1 the file that is meant', () => {
  const cases: readonly (readonly [
    name: string,
    tree: readonly string[],
    document: string,
    target: string,
    picked: string,
  ])[] = [
    ['beside the document', ['docs/guide.md'], 'docs/guide.md', 'fox.png', 'docs/fox.png absent'],
    ['one that is there', ['public/a.png', 'docs/x.md'], 'docs/x.md', '/a.png', 'public/a.png file'],
    ['one without a byte', ['static/a.png?', 'docs/x.md'], 'docs/x.md', '/a.png', 'static/a.png empty'],
    ['in the public folder', ['public/', 'src/x.tsx'], 'src/x.tsx', '/a.png', 'public/a.png absent'],
    [
      'beside other images, where there are any',
      ['src/x.tsx', 'static/images/b.png', 'public/index.html'],
      'src/x.tsx',
      '/images/a.png',
      'static/images/a.png absent',
    ],
    [
      'in the public folder of the documentation',
      ['docs/public/', 'docs/x.md', 'src/y.ts'],
      'docs/x.md',
      '/a.png',
      'docs/public/a.png absent',
    ],
    ['at the root where no folder is served', ['x.html'], 'x.html', '/a.png', 'a.png absent'],
    [
      'at the root, not among the sources',
      ['src/main.ts', 'README.md'],
      'README.md',
      '/images/a.png',
      'images/a.png absent',
    ],
    [
      'at the root, not among the documentation',
      ['docs/x.md', 'README.md'],
      'README.md',
      '/images/a.png',
      'images/a.png absent',
    ],
    [
      'at the root where nothing else tells',
      ['src/main.ts', 'src/assets/c.png', 'assets/b.png', 'README.md'],
      'README.md',
      '/logo.png',
      'logo.png absent',
    ],
    [
      'among the sources where only they have its folder',
      ['src/images/b.png', 'README.md'],
      'README.md',
      '/images/a.png',
      'src/images/a.png absent',
    ],
    [
      'at the root where the sources have such a folder, too',
      ['src/images/b.png', 'images/c.png', 'README.md'],
      'README.md',
      '/images/a.png',
      'images/a.png absent',
    ],
    ['among the sources if it is there', ['src/a.png', 'README.md'], 'README.md', '/a.png', 'src/a.png file'],
    [
      'in the documentation that the document is part of',
      ['docs/guide/x.md', 'src/y.ts'],
      'docs/guide/x.md',
      '/images/a.png',
      'docs/images/a.png absent',
    ],
    [
      'in the public folder also for a readme',
      ['public/', 'src/y.ts'],
      'README.md',
      '/a.png',
      'public/a.png absent',
    ],
    ['where an alias says, also for sources', ['src/y.ts'], 'x.html', '@/a.png', 'src/a.png absent'],
  ];
  for (const [name, tree, document, target, picked] of cases)
    it(`6.1 is ${name}`, async () => assert.equal(await pick(tree, document, target), picked));
});

describe('6.1 a target with another name', () => {
  const cases: readonly (readonly [
    written: string,
    target: string,
    name: string,
    renamed: string | undefined,
  ])[] = [
    ['fox.gif', 'fox.gif', 'fox.png', 'fox.png'],
    ['my%20fox.GIF?v=1#x', 'my%20fox.GIF?v=1#x', 'my fox.png', 'my%20fox.png?v=1#x'],
    ['a/fox', 'a/fox', 'fox.webp', 'a/fox.webp'],
    ['fox.gif', 'fox.gif', 'fox-1.png', 'fox-1.png'],
    ['a &amp; b.ico', 'a & b.ico', 'a & b.png', 'a &amp; b.png'],
    ['caf&#233;', 'café', 'café.png', 'caf&#233;.png'],
    ['caf&#xe9;.gif', 'café.gif', 'café.png', 'caf&#xe9;.png'],
    ['caf&#233;.gif?a=1&amp;b=2#x', 'café.gif?a=1&b=2#x', 'café.png', 'caf&#233;.png?a=1&amp;b=2#x'],
    ['fox&#35;x', 'fox#x', 'fox.png', undefined],
    ['fox&quest;v#x', 'fox?v#x', 'fox.png', undefined],
    ['fox\\23 x', 'fox#x', 'fox.png', undefined],
    ['fox&amp;#233;', 'fox&#233;', 'fox&.png', undefined],
    ['fox.gif', 'fox.gif', 'wolf.png', undefined],
    ['fox.gif', 'fox.gif', 'fox").png', undefined],
  ];
  for (const [written, target, name, renamed] of cases)
    it(`6.1 keeps what is written around it: ${written} as ${name}`, () =>
      assert.equal(renamedTarget(written, target, name), renamed));

  it('6.1 means the other file in the same folder, whatever is written around it', () => {
    const piece = fc.constantFrom(
      ...'a|.gif|/|?|#|&|;|38|&#233;|&#35;|&#63;|&#46;|&amp;|&num;|&quest;|#35;'.split('|'),
    );
    let count = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
        const written = pieces.join('');
        const target = decodeHTMLAttribute(written);
        const path = target.split(/[?#]/, 1)[0] ?? '';
        const old = path.slice(path.lastIndexOf('/') + 1);
        const dot = old.lastIndexOf('.');
        const stem = dot > 0 ? old.slice(0, dot) : old;
        const renamed = renamedTarget(written, target, `${stem}.png`);
        if (renamed === undefined) return;
        count++;
        const folder = path.slice(0, path.length - old.length);
        assert.equal(decodeHTMLAttribute(renamed), `${folder}${stem}.png${target.slice(path.length)}`);
      }),
      { numRuns: 5000 },
    );
    assert.ok(count > 500, String(count));
  });
});

describe('6.1 what goes along with a prompt', () => {
  it('6.1 is the heading and the paragraph, in a bounded line', () => {
    assert.equal(contextLine({ heading: 'Foxes', paragraph: 'They sleep.' }), 'Foxes — They sleep.');
    assert.equal(contextLine({}), undefined);
    assert.equal(contextLine({ paragraph: 'a fox '.repeat(200) })?.length, 400);
    // As it is shown: with nothing from which a link could form, and no base64.
    assert.equal(contextLine({ paragraph: '[den](https://a.example)' }), '(den)( a.example)');
    assert.equal(withContext('a fox', undefined), 'a fox');
    assert.match(withContext('a fox', 'Foxes'), /^a fox\n\n.*: Foxes$/);
  });

  it('6.2 knows the languages of files', () => {
    const names = ['a.MD', 'b.tsx', 'manifest.json', 'package.json', 'c.webmanifest', 'd.js', '.md', 'e'];
    assert.deepEqual(names.map(languageOfFile), [
      ...['markdown', 'typescriptreact', 'json', undefined, 'json', undefined, undefined, undefined],
    ]);
  });
});
