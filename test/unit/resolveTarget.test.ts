import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resolveTarget, type TargetPlace } from '../../src/core/references/resolveTarget.ts';

const guide: TargetPlace = { directory: ['docs', 'guide'] };

function paths(target: string, place: TargetPlace = guide): string[] {
  const resolved = resolveTarget(target, place);
  assert.ok('candidates' in resolved, JSON.stringify(resolved));
  return resolved.candidates.map(({ segments }) => segments.join('/'));
}
function problem(target: string, place: TargetPlace = guide): string {
  const resolved = resolveTarget(target, place);
  assert.ok('problem' in resolved, JSON.stringify(resolved));
  return resolved.problem;
}

describe('6.1 the file that a target means', () => {
  const relative: readonly (readonly [target: string, path: string])[] = [
    ['fox.png', 'docs/guide/fox.png'],
    ['./a/../fox.png', 'docs/guide/fox.png'],
    ['../../fox.png', 'fox.png'],
    ['my%20images/f%C3%B6x.png', 'docs/guide/my images/föx.png'],
    ['100%.png', 'docs/guide/100%.png'],
    ['fox.png?v=1#top', 'docs/guide/fox.png'],
    ['a%23b.png', 'docs/guide/a#b.png'],
    ['a//b.png', 'docs/guide/a/b.png'],
    ['  fox.png ', 'docs/guide/fox.png'],
  ];
  for (const [target, path] of relative)
    it(`6.1 is ${path} for ${target} in docs/guide`, () => assert.deepEqual(paths(target), [path]));

  it('6.1 from the root of a site is looked for in the public folders around the document, nearest first', () => {
    const found = paths('/images/fox.png', { directory: ['packages', 'site', 'docs'] });
    const order = [
      'packages/site/docs',
      'packages/site/public',
      'packages/site/static',
      'packages/site/docs/public',
    ];
    for (const base of [...order, 'packages/public', 'public', 'static', 'docs', 'src/assets'])
      assert.ok(found.includes(`${base}/images/fox.png`), base);
    assert.ok(found.indexOf('packages/site/public/images/fox.png') < found.indexOf('public/images/fox.png'));
    assert.ok(found.indexOf('public/images/fox.png') < found.indexOf('docs/images/fox.png'));
    assert.equal(found.at(-1), 'images/fox.png');
    assert.equal(new Set(found).size, found.length);
  });

  it('6.1 says from which folder a candidate counts, for the host to ask whether it exists', () => {
    const resolved = resolveTarget('/images/fox.png', { directory: [] });
    assert.ok('candidates' in resolved);
    assert.deepEqual(resolved.candidates[0], { segments: ['public', 'images', 'fox.png'], base: ['public'] });
    assert.deepEqual(resolved.candidates.at(-1), { segments: ['images', 'fox.png'], base: [] });
  });

  it('6.1 from the root of a site is in the public folder that is set, and nowhere else', () => {
    assert.deepEqual(paths('/fox.png', { ...guide, publicDirectory: 'site/www' }), ['site/www/fox.png']);
    assert.deepEqual(paths('/fox.png', { ...guide, publicDirectory: '.' }), ['fox.png']);
    assert.deepEqual(paths('fox.png', { ...guide, publicDirectory: 'site' }), ['docs/guide/fox.png']);
    assert.match(problem('/fox.png', { ...guide, publicDirectory: '../out' }), /leads out of its folder/);
    assert.match(problem('/fox.png', { ...guide, publicDirectory: '/srv' }), /is absolute/);
  });

  it('6.1 begins with a builder’s alias where it has one', () => {
    assert.ok(paths('@/assets/fox.png', { directory: ['src', 'pages'] }).includes('src/assets/fox.png'));
    assert.ok(paths('@site/static/fox.png').includes('static/fox.png'));
    assert.ok(paths('$lib/fox.png').includes('src/lib/fox.png'));
    assert.ok(paths('~@/fox.png').includes('src/fox.png'));
  });

  const refused: readonly (readonly [target: string, reason: RegExp])[] = [
    ['../../../fox.png', /leads out of the workspace folder/],
    ['%2e%2e/../../fox.png', /leads out of the workspace folder/],
    ['/../fox.png', /leads out of the workspace folder/],
    ['../../.git/fox.png', /Git's own folder/],
    ['..%2f..%2ffox.png', /holds a slash or backslash/],
    ['a\\..\\fox.png', /holds a slash or backslash/],
    ['con.png', /device/],
    ['a%00.png', /control character/],
    ['git~1/fox.png', /8\.3/],
    ['sub/', /names a folder/],
    ['..', /names a folder/],
    ['https://a.b/fox.png', /is not a path/],
    ['//a.b/fox.png', /is not a path/],
    ['data:image/png;base64,AAAA', /is not a path/],
    ['file:///etc/fox.png', /is not a path/],
    ['C:/fox.png', /is not a path/],
    ['{{ base }}/fox.png', /names no image/],
    ['fox.svg', /names no image/],
    ['', /names no image/],
    ['a%3Fb.png', /holds a character that Windows has in no name/],
    ['photo%E2%80%AEgnp.jpg', /holds a character that turns the direction of writing/],
  ];
  for (const [target, reason] of refused)
    it(`6.1 is none for ${JSON.stringify(target)}`, () => assert.match(problem(target), reason));

  it('6.1 never lies outside the workspace folder nor in Git’s, whatever the target is', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      'a',
      '/',
      '\\',
      '%2e',
      '%2f',
      '%5c',
      '.git',
      '@/',
      '~/',
      '?',
      '#',
      '%',
      ':',
    );
    const target = fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 9 });
    const directory = fc.array(fc.constantFrom('docs', 'public', 'b'), { maxLength: 8 });
    fc.assert(
      fc.property(target, directory, (parts, names) => {
        const resolved = resolveTarget(parts.join(''), { directory: names });
        for (const { segments } of 'candidates' in resolved ? resolved.candidates : []) {
          assert.ok(segments.length > 0);
          for (const one of segments)
            assert.ok(!/^(|\.|\.\.|\.git)$/i.test(one) && !/[\\/:\0]/.test(one), one);
        }
        if ('candidates' in resolved) assert.ok(resolved.candidates.length <= 100);
      }),
      { numRuns: 3000 },
    );
  });
});
