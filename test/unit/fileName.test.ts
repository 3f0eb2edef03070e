import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expandFileName, numberedName, safeStem } from '../../src/core/files/fileName.ts';
import type { FileNameValues } from '../../src/core/files/fileName.ts';
import { refusePathSegment } from '../../src/core/files/pathSegments.ts';
import { shown } from '../support/shown.ts';

const values: FileNameValues = {
  prompt: 'A red fox, in the snow!',
  model: 'google/gemini-2.5-flash-image:free',
  date: new Date(2026, 0, 5, 9, 8, 7, 6),
  index: 3,
  documentBaseName: 'Read me',
};

const stemOf = (template: string, given = values) => {
  const result = expandFileName(template, given);
  assert.ok('stem' in result, 'problem' in result ? result.problem : '');
  return result.stem;
};
const problemOf = (template: string, given = values) => {
  const result = expandFileName(template, given);
  assert.ok('problem' in result, 'stem' in result ? result.stem : '');
  return result.problem;
};

describe('2.7 the file name template', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['${prompt}', 'a-red-fox-in-the-snow'],
    ['', 'a-red-fox-in-the-snow'],
    ['${model}', 'gemini-2.5-flash-image-free'],
    ['${date}_${time}', '2026-01-05_09-08-07'],
    ['${unixTime}', String(values.date.getTime())],
    ['${documentBaseName}-${index}', 'Read me-3'],
    ['Hero $5 {x}', 'Hero $5 {x}'],
    ['hero.PNG', 'hero'],
    ['${prompt}.webp', 'a-red-fox-in-the-snow'],
    ['v1.2', 'v1.2'],
    ['nul', 'nul-image'],
    ['.git', 'git'],
  ];
  for (const [template, expected] of cases) {
    it(`2.7 turns ${template || 'an empty template'} into ${expected}`, () =>
      assert.equal(stemOf(template), expected));
  }

  it('2.7 names a variable that it does not know, and those it does', () => {
    const problem = problemOf('x-${promt}');
    assert.match(problem, /\$\{promt\}/);
    for (const name of ['prompt', 'model', 'date', 'time', 'unixTime', 'index', 'documentBaseName']) {
      assert.ok(problem.includes(`\${${name}}`), name);
    }
    assert.match(problemOf('${}'), /uses \$\{\},/);
    assert.match(problemOf('${toString}'), /\$\{toString\}/);
  });

  it('2.7 needs a document for ${documentBaseName}, and says so', () => {
    const without: FileNameValues = { prompt: values.prompt, model: 'm', date: values.date, index: 1 };
    assert.match(problemOf('${documentBaseName}', without), /\$\{documentBaseName\}, which needs a document/);
    assert.equal(stemOf('${prompt}', without), 'a-red-fox-in-the-snow');
  });

  it('2.7 refuses transforms, open variables and folders', () => {
    assert.match(problemOf('${prompt/(a+)+$/x/}'), /transform in \$\{prompt\}/);
    assert.match(problemOf('fox-${prompt'), /does not close/);
    assert.match(problemOf('foxes/${prompt}'), /slash/);
    assert.match(problemOf('foxes\\${prompt}'), /slash/);
    assert.match(problemOf('../${prompt}'), /slash/);
  });

  it('2.7 repeats no outside text in a problem from which a link could form', () => {
    assert.ok(!/\]\(|command:/.test(problemOf('${[x](command:evil)}')));
  });

  it('2.7 does not read variables in what variables stand for', () => {
    assert.equal(stemOf('${documentBaseName}', { ...values, documentBaseName: '${model}' }), '${model}');
  });

  it('2.7 takes any prompt and model without a problem', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (prompt, model) => {
        const stem = stemOf('${prompt}-${model}', { ...values, prompt, model });
        assert.equal(refusePathSegment(`${stem}.png`), undefined);
      }),
    );
  });
});

describe('2.7 names that every platform takes', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a<b>c:d"e/f\\g|h?i*j', 'a-b-c-d-e-f-g-h-i-j'],
    ['tab\tnul\0bell\x07del\x7f', 'tab-nul-bell-del-'],
    ['name. . .', 'name'],
    ['..hidden', 'hidden'],
    [' . ', 'image'],
    ['', 'image'],
    ['CON', 'CON-image'],
    ['con.fox', 'con-image.fox'],
    ['Aux .fox', 'Aux-image .fox'],
    ['COM0', 'COM0-image'],
    ['lpt9', 'lpt9-image'],
    ['COM\u00b9', 'COM\u00b9-image'],
    ['conin$', 'conin$-image'],
    ['CONOUT$.x', 'CONOUT$-image.x'],
    ['\uff23\uff2f\uff2e', '\uff23\uff2f\uff2e-image'],
    ['c\u200bon', 'con-image'],
    ['console', 'console'],
    ['com10', 'com10'],
    ['.g\u200cit', 'git'],
    ['fox\u202Egnp.exe', 'foxgnp.exe'],
    ['a\uff1ab', 'a-b'],
    ['git~1', 'git-1'],
    ['\u2026fox', '-fox'],
    ['cafe\u0301', 'caf\u00e9'],
    ['no\u00a0break', 'no break'],
  ];
  for (const [stem, expected] of cases) {
    it(`2.7 makes ${shown(stem)} ${shown(expected)}`, () => assert.equal(safeStem(stem), expected));
  }

  it('2.7 are at most 120 bytes, cut between characters', () => {
    assert.equal(safeStem('狐'.repeat(99)), '狐'.repeat(40));
    assert.equal(safeStem(`${'a'.repeat(119)}. b`), 'a'.repeat(119));
  });

  it('2.7 hold for any text: accepted, not hidden, short, and unchanged when made safe again', () => {
    const tricky = fc.constantFrom(
      'con',
      'COM',
      '1',
      '¹',
      '.',
      ' ',
      '~',
      ':',
      '.git',
      'aux',
      '\u200c',
      '\uff0e',
      '$',
      'a',
      '-',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 150 }),
      fc.array(tricky, { maxLength: 8 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.nat({ max: 2 }), (stem, k) => {
        const safe = safeStem(stem);
        assert.equal(refusePathSegment(safe), undefined);
        assert.equal(refusePathSegment(numberedName(safe, 'avif', k)), undefined);
        assert.ok(!/^[. ]|[. ]$|[<>:"/\\|?*\p{Cc}\p{Cf}]/u.test(safe), safe);
        assert.ok(safe !== '' && Buffer.byteLength(safe) <= 120);
        assert.equal(safeStem(safe), safe);
      }),
      { numRuns: 5000 },
    );
  });

  it('2.7 are numbered as VS Code numbers names', () => {
    assert.deepEqual(
      [0, 1, 2, 10].map((k) => numberedName('fox', 'png', k)),
      ['fox.png', 'fox-1.png', 'fox-2.png', 'fox-10.png'],
    );
    assert.equal(numberedName('v1.2', 'jpg', 1), 'v1.2-1.jpg');
  });
});
