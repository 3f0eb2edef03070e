import assert from 'node:assert/strict';
import {
  expandDestination,
  resolveCopyFilesDestination,
  resolveOutputDirectory,
} from '../../src/core/files/destinationTemplate.ts';
import type { DestinationVariables } from '../../src/core/files/destinationTemplate.ts';
import { shown } from '../support/shown.ts';

const variables: DestinationVariables = {
  documentDirName: '/ws/docs/guide',
  documentRelativeDirName: 'docs/guide',
  documentFileName: 'start.md',
  documentBaseName: 'start',
  documentExtName: 'md',
  documentFilePath: '/ws/docs/guide/start.md',
  documentRelativeFilePath: 'docs/guide/start.md',
  documentWorkspaceFolder: '/ws',
  fileName: 'fox.png',
  fileExtName: 'png',
  unixTime: '1700000000000',
  isoTime: '2023-11-14T22:13:20.000Z',
};
const atTheTop: DestinationVariables = { ...variables, documentDirName: '/ws', documentRelativeDirName: '' };

describe('2.7 the variables of markdown.copyFiles.destination', () => {
  for (const [name, value] of Object.entries(variables)) {
    it(`2.7 fills in \${${name}}`, () => {
      assert.deepEqual(expandDestination(`a-\${${name}}-b`, variables), { path: `a-${value}-b` });
    });
  }

  it('2.7 takes an escaped dollar sign for itself', () => {
    assert.deepEqual(expandDestination('\\${fileName}-$5-${fileName}', variables), {
      path: '${fileName}-$5-fox.png',
    });
  });

  it('2.7 does not read variables or patterns in what variables stand for', () => {
    const odd = { ...variables, documentBaseName: '${fileName}$&' };
    assert.deepEqual(expandDestination('${documentBaseName}', odd), { path: '${fileName}$&' });
  });

  it('2.7 refuses what it does not know, by name', () => {
    for (const name of ['foo', '', 'toString', 'env:HOME', '__proto__']) {
      const result = expandDestination(`\${${name}}`, variables);
      assert.ok(
        'problem' in result && result.problem.includes(`uses \${${name}}, which is not one of`),
        name,
      );
    }
    const open = expandDestination('${fileName', variables);
    assert.ok('problem' in open && open.problem.includes('does not close'));
  });

  it('2.7 refuses transforms, which are a repository’s own regular expressions', () => {
    for (const template of ['${fileName/(a+)+$/x/}', '${documentBaseName/a\\/b//}', '${fileName/x}']) {
      const result = expandDestination(template, variables);
      assert.ok('problem' in result && result.problem.includes('uses a transform in ${'), template);
    }
  });
});

describe('2.7 where markdown.copyFiles.destination puts a file', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', '/ws/docs/guide/fox.png'],
    ['  ', '/ws/docs/guide/fox.png'],
    ['images/', '/ws/docs/guide/images/fox.png'],
    [' images/${fileName} ', '/ws/docs/guide/images/fox.png'],
    ['images/pic.png', '/ws/docs/guide/images/pic.png'],
    ['/', '/ws/fox.png'],
    ['/media/', '/ws/media/fox.png'],
    ['/media/${documentBaseName}/', '/ws/media/start/fox.png'],
    ['${documentWorkspaceFolder}/assets/', '/ws/assets/fox.png'],
    ['${documentDirName}/img/', '/ws/docs/guide/img/fox.png'],
    ['../img/./', '/ws/docs/img/fox.png'],
    ['../../../../../etc/', '/etc/fox.png'],
    ['C:/pictures/', '/c:/pictures/fox.png'],
  ];
  for (const [template, path] of cases) {
    it(`2.7 follows the built-in support: ${shown(template)}`, () => {
      assert.deepEqual(resolveCopyFilesDestination(template, variables), { path });
    });
  }

  it('2.7 stays in the folder for a document at the top of it', () => {
    const result = resolveCopyFilesDestination('${documentRelativeDirName}/img/', atTheTop);
    assert.deepEqual(result, { path: '/ws/img/fox.png' });
  });

  it('2.7 passes a problem on', () => {
    assert.ok('problem' in resolveCopyFilesDestination('${foo}/', variables));
  });
});

describe('2.7 where imageGateway.output.directory puts files', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['images', 'images'],
    ['./images/', 'images'],
    ['', ''],
    ['.', ''],
    ['price-\\$5', 'price-$5'],
    ['$5', '$5'],
    ['${documentRelativeDirName}/images', 'docs/guide/images'],
    ['${documentDirName}/images', 'docs/guide/images'],
    ['${documentWorkspaceFolder}', ''],
    ['${documentWorkspaceFolder}/images', 'images'],
    ['images/${documentBaseName}', 'images/start'],
  ];
  for (const [template, directory] of cases) {
    it(`2.7 takes ${shown(template)}`, () => {
      assert.deepEqual(resolveOutputDirectory(template, variables), { directory });
    });
  }

  it('2.7 needs a document for variables only', () => {
    assert.deepEqual(resolveOutputDirectory('images/x', undefined), { directory: 'images/x' });
    assert.deepEqual(resolveOutputDirectory('price-\\$5', undefined), { directory: 'price-$5' });
    const result = resolveOutputDirectory('${documentBaseName}/images', undefined);
    assert.ok('problem' in result && result.problem.includes('${documentBaseName}, which needs a document'));
    const unknown = resolveOutputDirectory('${foo}', undefined);
    assert.ok('problem' in unknown && unknown.problem.includes('is not one of'));
  });

  it('2.7 stays relative for a document at the top of the folder', () => {
    assert.deepEqual(resolveOutputDirectory('${documentRelativeDirName}/images', atTheTop), {
      directory: 'images',
    });
    assert.deepEqual(resolveOutputDirectory('${documentRelativeDirName}', atTheTop), { directory: '' });
  });

  it('2.7 works in a workspace folder that is the root', () => {
    const root = { ...variables, documentWorkspaceFolder: '/', documentDirName: '/docs' };
    assert.deepEqual(resolveOutputDirectory('${documentDirName}/images', root), { directory: 'docs/images' });
  });

  const refused: readonly (readonly [string, RegExp])[] = [
    ['/images', /absolute/],
    ['/ws/images', /absolute/],
    ['../images', /leads out/],
    ['.git/hooks', /Git's own/],
    ['${documentDirName}/../../../x', /leads out/],
    ['${documentWorkspaceFolder}-evil/x', /not inside/],
    ['/${documentBaseName}', /not inside/],
    ['${fileName/a/b/}', /transform/],
    ['${foo}', /is not one of/],
    ['${isoTime}', /colon/],
  ];
  for (const [template, reason] of refused) {
    it(`2.7 refuses ${shown(template)} with a sentence`, () => {
      const result = resolveOutputDirectory(template, variables);
      assert.ok('problem' in result, JSON.stringify(result));
      assert.match(result.problem, reason);
    });
  }
});
