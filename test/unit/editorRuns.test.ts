import assert from 'node:assert/strict';
import { editorTestFiles } from '../../scripts/bundleTests.ts';
import { benchRun, editorRuns } from '../../scripts/editorRun.ts';

describe('1.5 the editor runs', () => {
  it('1.5 leave out only files that are there, and none that no run has', () => {
    for (const file of editorTestFiles().filter((path) => path.includes('/'))) {
      const [suite, name] = [file.split('/')[0], file.replace(/^.*\/|\.test\.ts$/g, '')];
      const having = [...editorRuns, benchRun].filter(
        (run) => run.suite === suite && run.without?.includes(name) !== true,
      );
      assert.ok(having.length > 0, `no run has ${file}`);
    }
    for (const { suite, without = [] } of editorRuns)
      for (const name of without)
        assert.ok(editorTestFiles().includes(`${suite}/${name}.test.ts`), `${name} is no file of ${suite}`);
  });
});
