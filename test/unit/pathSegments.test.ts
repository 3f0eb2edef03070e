import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalizeRelativeDirectory, refusePathSegment } from '../../src/core/files/pathSegments.ts';
import { shown } from '../support/shown.ts';

describe('2.7 names that are refused on every platform', () => {
  const refused: Readonly<Record<string, { readonly names: readonly string[]; readonly reason: RegExp }>> = {
    'Git’s own folder in any disguise': {
      names: [
        '.git',
        '.GIT',
        '.Git',
        '.git.',
        '.git ',
        '.git . .',
        '.g\u200cit',
        '.\u200dgit',
        '.git\ufeff',
        '\u202e.git',
        '.gi\u206ft',
        '\uff0e\uff47\uff49\uff54',
        '\u2024git',
        '.g\u0131t',
        '.\u{e0067}git',
        '.git\u00ad.',
      ],
      reason: /Git's own/,
    },
    'streams and drives': {
      names: ['.git::$INDEX_ALLOCATION', '.git:x', 'a:b', 'C:', 'a\uff1ab', 'images\ufe55'],
      reason: /colon/,
    },
    'short aliases': {
      names: [
        'git~1',
        'GIT~1',
        'GIT~23',
        'PROGRA~1',
        'gi7eb7~1',
        'LONGNA~1.PNG',
        'git\uff5e1',
        'g\u200cit~1',
        'A~1',
      ],
      reason: /8\.3/,
    },
    'device names': {
      names: [
        'CON',
        'con',
        'nul.txt',
        'AUX .x',
        'com1',
        'COM0',
        'com\u00b2',
        'LPT9.png',
        'CONIN$',
        'conout$',
        'nul.',
      ],
      reason: /device/,
    },
    'ways out': { names: ['..'], reason: /leads out/ },
    'nothing at all': {
      names: ['...', '. .', ' ', '.. ', '.', '\u200b', '\uff0e\uff0e', '\u2025'],
      reason: /nothing but/,
    },
    'an empty name': { names: [''], reason: /empty/ },
    'control characters': { names: ['a\0', 'a\nb', '\x7f', 'a\u2028b', '\ud800'], reason: /control/ },
    slashes: { names: ['a\\b', 'a/b', 'a\uff3cb', 'a\uff0fb'], reason: /slash/ },
    'too long a name': { names: ['a'.repeat(256), '狐'.repeat(86)], reason: /255 bytes/ },
  };
  for (const [what, { names, reason }] of Object.entries(refused)) {
    it(`2.7 refuses ${what}`, () => {
      for (const name of names) assert.match(refusePathSegment(name) ?? '', reason, JSON.stringify(name));
    });
  }

  it('2.7 takes ordinary names', () => {
    const names = [
      'images',
      'Bilder für Äpfel',
      '狐',
      '.github',
      '.vitepress',
      'git',
      'a.git',
      'console',
      'com10',
      'nuls',
      'fox~',
      'foxes~1000000',
      'foxes~1000',
      'my-long-name~1',
      'fox~1.webp',
      '@2x',
      'a'.repeat(255),
    ];
    for (const name of names) assert.equal(refusePathSegment(name), undefined, name);
  });

  it('2.7 finds .git under any invisible characters, case and trailing dots', () => {
    const invisible = fc.constantFrom(
      '',
      '\u200b',
      '\u200c',
      '\u2060',
      '\ufeff',
      '\u00ad',
      '\u{e0001}',
      '\u034f',
    );
    const letters = fc.tuple(
      fc.constantFrom('.', '\uff0e'),
      fc.constantFrom('g', 'G', '\uff47', '𝐠', 'ⓖ'),
      fc.constantFrom('i', 'I', '\uff29', 'ⅰ'),
      fc.constantFrom('t', 'T', '𝕥'),
      fc.constantFrom('', '.', ' ', '. .', '\uff0e'),
    );
    fc.assert(
      fc.property(letters, fc.array(invisible, { minLength: 5, maxLength: 5 }), (parts, between) => {
        const name = parts.map((part, index) => part + between[index]!).join('');
        assert.match(refusePathSegment(name) ?? '', /Git's own/, JSON.stringify(name));
      }),
    );
  });
});

describe('2.7 directories inside the workspace folder', () => {
  const taken: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['.', []],
    ['./', []],
    ['images', ['images']],
    [' images/ ', ['images']],
    ['./docs//images/.', ['docs', 'images']],
    ['docs/Bilder & mehr', ['docs', 'Bilder & mehr']],
    ['~x', ['~x']],
  ];
  for (const [path, segments] of taken) {
    it(`2.7 takes ${shown(path)}`, () => assert.deepEqual(normalizeRelativeDirectory(path), { segments }));
  }

  const refused: readonly (readonly [string, RegExp])[] = [
    ['/images', /absolute/],
    ['C:\\images', /absolute/],
    ['c:/images', /absolute/],
    ['\\\\server\\share', /absolute/],
    ['//server/share', /absolute/],
    ['~', /absolute/],
    ['~/images', /absolute/],
    ['file:///tmp', /URI/],
    ['vscode-remote://x/y', /URI/],
    ['docs\\images', /separate folders with "\/"/],
    ['..', /leads out/],
    ['images/../..', /leads out/],
    ['images/../images', /leads out/],
    ['docs/.GIT/hooks', /Git's own/],
    ['images/nul', /device/],
    ['images/... /x', /nothing but/],
  ];
  for (const [path, reason] of refused) {
    it(`2.7 refuses ${shown(path)} with a sentence`, () => {
      const result = normalizeRelativeDirectory(path);
      assert.ok('problem' in result);
      assert.match(result.problem, reason);
      assert.match(result.problem, /^The directory ".*\.$/);
    });
  }

  it('2.7 repeats no outside text in a problem from which a link could form', () => {
    const result = normalizeRelativeDirectory(`[x](command:evil)\u202e\n${'y'.repeat(500)}/..`);
    assert.ok('problem' in result);
    assert.ok(
      !/\[|command:|[\p{Cc}\p{Cf}]/u.test(result.problem) && result.problem.length < 300,
      result.problem,
    );
  });

  it('2.7 gives nothing but harmless names, whatever the path', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      '.git',
      'a',
      ':',
      '~',
      ' ',
      '\u200c',
      '\0',
      'con',
      '\uff0e',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 10 }), (parts) => {
        const result = normalizeRelativeDirectory(parts.join(''));
        if ('problem' in result) return;
        for (const segment of result.segments) assert.equal(refusePathSegment(segment), undefined);
        assert.ok(!result.segments.some((segment) => /[/\\]/.test(segment) || /^\.*$/.test(segment)));
      }),
      { numRuns: 3000 },
    );
  });
});
