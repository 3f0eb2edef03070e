import assert from 'node:assert/strict';
import { Ignoring } from '../../src/core/files/ignoring.ts';

const none: ReadonlySet<string> = new Set();

describe('6.2 what a search leaves out', () => {
  it('6.2 is what the innermost .gitignore says, as git reads it', async () => {
    const outer = await Ignoring.of({}).with('', 'drafts/\n*.tmp.md\n!keep.tmp.md\n/only-here.md\n');
    const ignoring = await outer.with('docs', 'old.md\n!drafts/\n');
    const leftOut = (path: string, isFolder = false) => ignoring.leavesOut(path, isFolder, none);
    assert.equal(leftOut('drafts', true), true);
    assert.equal(leftOut('drafts'), false);
    assert.equal(leftOut('docs/drafts', true), false);
    assert.equal(leftOut('a/b/x.tmp.md'), true);
    assert.equal(leftOut('a/keep.tmp.md'), false);
    assert.equal(leftOut('only-here.md'), true);
    assert.equal(leftOut('a/only-here.md'), false);
    assert.equal(leftOut('docs/old.md'), true);
    assert.equal(leftOut('old.md'), false);
  });

  it('6.2 is what files.exclude says, with siblings', () => {
    const ignoring = Ignoring.of({
      '**/.git': true,
      '**/build': true,
      'out/*.md': true,
      '**/*.html': { when: '$(basename).md' },
      '**/shown': false,
    });
    const leftOut = (path: string, siblings = none) => ignoring.leavesOut(path, false, siblings);
    assert.equal(leftOut('a/build'), true);
    assert.equal(leftOut('out/a.md'), true);
    assert.equal(leftOut('out/b/a.md'), false);
    assert.equal(leftOut('a.html', new Set(['a.html', 'a.md'])), true);
    assert.equal(leftOut('a.html', new Set(['a.html'])), false);
    assert.equal(leftOut('shown'), false);
    assert.equal(leftOut('$&.html', new Set(['$&.html', '$&.md'])), true);
    const long = Ignoring.of({ '**/*.html': { when: '$(basename)'.repeat(100_000) } });
    assert.equal(long.unfollowed, 1);
  });

  it('6.2 is always what others made', () => {
    for (const name of ['node_modules', '.git'])
      assert.equal(Ignoring.of(undefined).leavesOut(`a/${name}`, true, none), true);
  });

  it('6.2 follows no line of .gitignore that would take for ever', async () => {
    const deep = 'a/'.repeat(60);
    for (const line of [
      `${'**/a/'.repeat(30)}b`,
      `${'**/*/'.repeat(3)}b`,
      `${'a/**/'.repeat(3)}*b`,
      `${'*a'.repeat(9)}b`,
      'x'.repeat(301),
    ]) {
      const ignoring = await Ignoring.of({}).with('', `${line}\nx.md\n`);
      assert.equal(ignoring.unfollowed, 1, line);
      assert.equal(ignoring.leavesOut(`${deep}c`, false, none), false);
      assert.equal(ignoring.leavesOut('a'.repeat(255), false, none), false);
      assert.equal(ignoring.leavesOut('x.md', false, none), true);
    }
  });

  it('6.2 follows no pattern of files.exclude that would take for ever', () => {
    for (const [glob, path] of [
      [`${'**/a/'.repeat(30)}b`, `${'a/'.repeat(60)}c`],
      ['**/*a*a*a*b', 'a'.repeat(255)],
      ['*a*/*a*/b', 'a/a/c'],
      ['*a*a*b', 'a'.repeat(255)],
      [`${'{a,aa}'.repeat(40)}b`, 'a'.repeat(60)],
      [`${'{**/,}'.repeat(8)}b`, `${'a/'.repeat(60)}c`],
    ] as const) {
      const ignoring = Ignoring.of({ [glob]: true, '**/x.md': true });
      assert.equal(ignoring.unfollowed, 1, glob);
      assert.equal(ignoring.leavesOut(path, false, none), false, glob);
      assert.equal(ignoring.leavesOut('a/x.md', false, none), true);
    }
  });

  it('6.2 takes for themselves what means something in other globs than the editor’s', () => {
    for (const [glob, itself, other] of [
      ['(a+)+b', '(a+)+b', `${'a'.repeat(60)}c`],
      ['+(a|aa)+(a|aa)b', '+(a|aa)+(a|aa)b', `${'a'.repeat(60)}c`],
      ['[a-z]+[a-z]+[a-z]+[a-z]+[a-z]+[a-z]+B', 'a+b+c+d+e+f+B', 'a'.repeat(255)],
      ['!x', '!x', 'a.md'],
      ['**/c++/**', 'a/c++/b.md', 'a/c/b.md'],
      ['app/(group)/*.md', 'app/(group)/a.md', 'app/group/a.md'],
    ] as const) {
      const ignoring = Ignoring.of({ [glob]: true });
      assert.equal(ignoring.unfollowed, 0, glob);
      assert.equal(ignoring.leavesOut(itself, false, none), true, glob);
      assert.equal(ignoring.leavesOut(other, false, none), false, glob);
    }
  });

  it('6.2 says apart how many exceptions are not followed', async () => {
    const wild = 'a/**/'.repeat(5);
    const { unfollowed, unfollowedExceptions } = await Ignoring.of({}).with('', `${wild}b\n!${wild}b\n`);
    assert.deepEqual([unfollowed, unfollowedExceptions], [2, 1]);
  });

  it('6.2 follows the patterns that people write', async () => {
    for (const [line, path] of [
      ['report.[0-9]*.[0-9]*.[0-9]*.[0-9]*.json', 'report.1.2.3.4.json'],
      ['**/docs/**/generated/**', 'a/docs/b/generated/c.md'],
      ['*- [Bb]ackup ([0-9]).md', 'x- Backup (1).md'],
      ['node_modules/**/*.md', 'node_modules/a/b.md'],
    ] as const) {
      const ignoring = await Ignoring.of({}).with('', line);
      assert.deepEqual([ignoring.unfollowed, ignoring.leavesOut(path, false, none)], [0, true], line);
    }
    for (const [glob, path] of [
      ['**/*.{md,mdx,html}', 'a/b.mdx'],
      ['**/{out,dist}/**/*.md', 'a/dist/b/c.md'],
      ['**/.*', 'a/.x'],
      ['**/docs/**/old/**', 'docs/old/x.md'],
      ['{**/dist,**/out}', 'a/out'],
    ] as const) {
      const ignoring = Ignoring.of({ [glob]: true });
      assert.deepEqual([ignoring.unfollowed, ignoring.leavesOut(path, false, none)], [0, true], glob);
    }
  });

  it('6.2 follows so many rules at once and no more, the outermost first', async () => {
    const lines = (count: number, name: string) =>
      Array.from({ length: count }, (_, index) => `${name}${index}.md\n\n# no rule\n`).join('');
    const outer = await Ignoring.of({}).with('', lines(1500, 'a'));
    const inner = await outer.with('b', lines(1500, 'b'));
    const innermost = await inner.with('b/c', '*.md\n');
    assert.deepEqual([outer.unfollowed, inner.unfollowed, innermost.unfollowed], [0, 1000, 1]);
    const leftOut = (path: string) => innermost.leavesOut(path, false, none);
    assert.deepEqual(['a1499.md', 'b/b499.md', 'b/b500.md', 'b/c/d.md'].map(leftOut), [
      true,
      true,
      false,
      false,
    ]);
    const globs = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`${index}.md`, true]));
    assert.equal(Ignoring.of(globs).unfollowed, 50);
  });

  it('6.2 keeps the order of many lines, and lets others have their turn between them', async () => {
    const more = Array.from({ length: 500 }, (_, index) => `x${index}.md`).join('\n');
    let turns = 0;
    const breathe = () => {
      turns++;
      return Promise.resolve();
    };
    const ignoring = await Ignoring.of({}).with('', `a.md\nb.md\n${more}\n!a.md\ndrafts\n`, breathe);
    const leftOut = ['a.md', 'b.md', 'x499.md', 'drafts/c.md'].map((path) =>
      ignoring.leavesOut(path, false, none),
    );
    assert.deepEqual(leftOut, [false, true, true, true]);
    assert.ok(turns > 3);
  });

  it('6.2 leaves out what has a longer path than any file system takes', () => {
    assert.equal(Ignoring.of({}).leavesOut('a/'.repeat(2100), false, none), true);
    assert.equal(Ignoring.of({}).leavesOut('a/'.repeat(1000), false, none), false);
  });

  it('6.2 survives settings that are none', () => {
    for (const exclude of [
      null,
      3,
      'x',
      [],
      { a: 3 },
      { ['*'.repeat(1000)]: true },
      { '[': true, '{a,': true },
    ])
      assert.equal(Ignoring.of(exclude).leavesOut('b.md', false, none), false);
  });
});
