import assert from 'node:assert/strict';
import { Ignoring } from '../../src/core/files/ignoring.ts';

const none: ReadonlySet<string> = new Set();

describe('6.2 what a search leaves out', () => {
  it('6.2 is what the innermost .gitignore says, as git reads it', () => {
    const ignoring = Ignoring.of({})
      .with('', 'drafts/\n*.tmp.md\n!keep.tmp.md\n/only-here.md\n')
      .with('docs', 'old.md\n!drafts/\n');
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
  });

  it('6.2 is always what others made', () => {
    for (const name of ['node_modules', '.git'])
      assert.equal(Ignoring.of(undefined).leavesOut(`a/${name}`, true, none), true);
  });

  it('6.2 leaves patterns alone that would take for ever', () => {
    const hostile = '*a*a*a*a*a*a*a*a*a*a*a*a*a*b';
    const ignoring = Ignoring.of({ [`**/${hostile}`]: true, '+(a|aa)+(a|aa)b': true }).with(
      '',
      `${hostile}\nx.md\n`,
    );
    assert.equal(ignoring.leavesOut('a'.repeat(255), false, none), false);
    assert.equal(ignoring.leavesOut('x.md', false, none), true);
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
