import assert from 'node:assert/strict';
import { dragSource, droppedUris } from '../../media/dropped.ts';
import { referenceName, referenceNews } from '../../media/referenceWords.ts';
import type { PanelReference, ReferencesStrings } from '../../src/protocol/references.ts';

const dataOf = (data: Readonly<Record<string, string>>) => (type: string) => data[type] ?? '';

describe('5.3 what is dropped on the panel', () => {
  it('5.3 is told apart by its types, which is all that is known before it is dropped', () => {
    // As VS Code 1.139 has them for a file of its explorer.
    const explorer = [
      'text/plain',
      'text/uri-list',
      'application/vnd.code.uri-list',
      'codeeditors',
      'resourceurls',
    ];
    assert.equal(dragSource(explorer), 'editor');
    assert.equal(dragSource(['text/plain', 'codefiles']), 'editor');
    assert.equal(dragSource(['Files']), 'disk');
    assert.equal(dragSource(['text/uri-list', 'text/html']), 'elsewhere');
    assert.equal(dragSource(['text/plain', 'text/html']), undefined);
    assert.equal(dragSource([]), undefined);
  });

  it('5.3 is taken from the list that holds all of it, each Uri once', () => {
    const all = 'file:///w/a.png\r\nfile:///w/b.png\r\nfile:///w/a.png';
    const uris = ['file:///w/a.png', 'file:///w/b.png'];
    const first = { 'text/uri-list': 'file:///w/a.png' };
    assert.deepEqual(droppedUris(dataOf({ ...first, 'application/vnd.code.uri-list': all })), uris);
    assert.deepEqual(droppedUris(dataOf({ ...first, resourceurls: JSON.stringify(uris) })), uris);
    assert.deepEqual(
      droppedUris(dataOf({ 'text/uri-list': '# two\nfile:///w/a.png\n\nfile:///w/b.png\n' })),
      uris,
    );
  });

  it('5.3 is nothing where a list is none', () => {
    for (const resourceurls of ['', '{', 'null', '{"a":1}', '[7, null, {}]', '"file:///w/a.png"'])
      assert.deepEqual(droppedUris(dataOf({ resourceurls })), []);
  });
});

describe('5.3 what is said of references', () => {
  const strings = {
    reference: '{0}, {2}/{3}',
    referenceWithRole: '{0}, {1}, {2}/{3}',
    style: 'Style',
    added: '+{0}',
    removed: '-{0}',
    moved: '{0} is {1} of {2}',
    roleSet: '{0}: {1}',
    roleCleared: '{0}: none',
  } as ReferencesStrings;
  const one = (id: string, role: PanelReference['role'] = 'none'): PanelReference => {
    return { id, name: `${id}.png`, facts: '', role };
  };
  const [a, b, c] = [one('a'), one('b'), one('c')];

  it('5.3 names a picture, its role where it has one, and its place', () => {
    assert.equal(referenceName(a, 0, 2, strings), 'a.png, 1/2');
    assert.equal(referenceName(one('b', 'style'), 1, 2, strings), 'b.png, Style, 2/2');
  });

  const news: readonly (readonly [string, readonly PanelReference[], readonly PanelReference[], string])[] = [
    ['nothing new', [a, b], [a, b], ''],
    ['one that came', [a], [a, b], '+b.png'],
    ['several that came', [], [a, b], '+a.png +b.png'],
    ['one that went, and not that the others moved up', [a, b, c], [b, c], '-a.png'],
    ['a role', [a, b], [a, one('b', 'style')], 'b.png: Style'],
    ['a role that was taken back', [one('a', 'style')], [a], 'a.png: none'],
    ['a new place', [a, b, c], [a, c, b], 'c.png is 2 of 3'],
  ];
  for (const [what, before, after, words] of news) {
    it(`5.3 says ${what}`, () => assert.equal(referenceNews(before, after, strings), words));
  }
});
