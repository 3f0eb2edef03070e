import assert from 'node:assert/strict';
import { createRandom } from '../../src/core/gateway/offline/random.ts';
import { manifestWithIcons } from '../../src/core/iconManifest.ts';
import { manifestIcons } from '../../src/core/iconSet.ts';

describe('4.5 the icons in a web manifest', () => {
  const icons = manifestIcons((name) => `icons/${name}`);
  const textOf = (before: string) => {
    const edit = manifestWithIcons(before, icons);
    assert.ok(edit.ok, JSON.stringify(edit));
    return edit.text;
  };

  it('4.5 are added, and everything else stays as it is written', () => {
    const before = '{\r\n\t"name":   "Ünïcode \\u00e9",\r\n\t"scope": "/" ,\r\n\t"n": 1.0\r\n}\r\n';
    const after = textOf(before);
    assert.ok(
      after.startsWith('{\r\n\t"name":   "Ünïcode \\u00e9",\r\n\t"scope": "/" ,\r\n\t"n": 1.0,\r\n\t"icons"'),
      after,
    );
    assert.ok(after.endsWith('\r\n}\r\n') && !/[^\r]\n/.test(after) && after.includes('\r\n\t\t{'), after);
    assert.deepEqual((JSON.parse(after) as { icons: unknown }).icons, icons);
  });

  it('4.5 are added on the same line to what stands on one line', () => {
    assert.equal(textOf('{"name":"x",  "n":1}'), `{"name":"x",  "n":1,"icons": ${JSON.stringify(icons)}}`);
  });

  it('4.5 replace their own entries only, and a second time change nothing', () => {
    const other = { src: 'old.png', sizes: '48x48' };
    const mine = { src: 'icons/icon-512.png', sizes: '1x1', purpose: 'any' };
    const before = JSON.stringify({ icons: [other, mine, 'junk'], name: 'x' }, undefined, 2);
    const after = textOf(before);
    assert.deepEqual(JSON.parse(after), { icons: [other, icons[1], 'junk', icons[0], icons[2]], name: 'x' });
    assert.equal(textOf(after), after);
  });

  it('4.5 make a manifest of an empty file, and keep a byte order mark', () => {
    for (const empty of ['', ' \n']) assert.deepEqual(JSON.parse(textOf(empty)), { icons });
    assert.ok(textOf('\uFEFF{}').startsWith('\uFEFF{'));
    assert.deepEqual(JSON.parse(textOf('{"icons": null}')), { icons });
  });

  for (const [text, reason] of [
    ['{', 'notJson'],
    ['{"a": 1,}', 'notJson'],
    ['// comment\n{}', 'notJson'],
    ['[]', 'notObject'],
    ['null', 'notObject'],
    ['{"icons": [], "icons": []}', 'notJson'],
    ['{"icons": {}, "icons": []}', 'notJson'],
    ['{"icons": [], "icons": {}}', 'notJson'],
    ['{"icons": 1, "icons": [{}]}', 'notJson'],
    ['{"__proto__": '.repeat(5000), 'notJson'],
    ['['.repeat(500_000), 'notJson'],
    ['["]",'.repeat(150_000), 'notJson'],
    [`${'[["]]",'.repeat(500)}0${']]'.repeat(500)}`, 'notJson'],
    [' '.repeat(1_000_001), 'tooLarge'],
  ] as const)
    it(`4.5 refuse ${text.slice(0, 20)}… as ${reason}`, () =>
      assert.deepEqual(manifestWithIcons(text, icons), { ok: false, reason }));

  it('4.5 throw for no text, and say ok for nothing but JSON', () => {
    const random = createRandom('manifests');
    const parts = [
      '{',
      '}',
      '[',
      ']',
      '"icons"',
      ':',
      ',',
      '"a"',
      '1',
      'null',
      '\n',
      '\t',
      '//',
      '\\',
      '"',
      '\u0000',
      '{"icons":[',
      ']}',
    ];
    let ok = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from(
        { length: 1 + Math.floor(random() * 9) },
        () => parts[Math.floor(random() * parts.length)],
      ).join('');
      const edit = manifestWithIcons(text, icons);
      if (!edit.ok) continue;
      const written = JSON.parse(edit.text) as { icons: unknown[] };
      for (const icon of icons)
        assert.ok(
          written.icons.some((one) => JSON.stringify(one) === JSON.stringify(icon)),
          text,
        );
      ok++;
    }
    assert.ok(ok > 50, `${ok}`);
  });
});
