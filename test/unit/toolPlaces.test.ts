import assert from 'node:assert/strict';
import type { ToolInput } from '../../src/core/agent/toolInput.ts';
import type * as confirming from '../../src/host/tools/confirmTool.ts';
import type * as places from '../../src/host/tools/toolPlaces.ts';
import { hostModule, Uri, workspace } from '../support/vscodeWithFiles.ts';

const { uriOf } = (await hostModule('tools/toolPlaces.ts')) as typeof places;
const { filesRows } = (await hostModule('tools/confirmTool.ts')) as typeof confirming;

describe('7.4 where an agent’s path leads', () => {
  const { workspaceFolders } = workspace;
  const open = (...folders: readonly { readonly name: string; readonly path: string }[]) => {
    workspace.workspaceFolders = folders.map(({ name, path }, index) => ({
      ...{ name, index, uri: new Uri('file', path) },
    }));
  };
  afterEach(() => {
    workspace.workspaceFolders = workspaceFolders;
  });

  it('7.4 begins with the name of one of several folders', () => {
    open({ name: 'site', path: '/w/site' }, { name: 'docs', path: '/w/docs' });
    assert.equal(uriOf('path', ['docs', 'a.png']).path, '/w/docs/a.png');
    assert.throws(() => uriOf('path', ['x', 'a.png']), /must begin with the name of one: site, docs/);
  });

  it('7.4 is refused where two folders have the name with which it begins', () => {
    open({ name: 'site', path: '/w/one/site' }, { name: 'site', path: '/w/two/site' });
    assert.throws(() => uriOf('references', ['site', 'a.png']), /argument references.*\[invalidArguments\]$/);
  });

  it('7.4 has a row of its own in the confirmation: a comma in a name makes no second file', () => {
    const input = { image: ['a.png, b.png'], references: [['c.png']], mask: ['d.png'] };
    const rows = filesRows(input as unknown as ToolInput);
    assert.deepEqual(
      rows.map(({ value }) => value),
      ['a.png, b.png', 'c.png', 'd.png'],
    );
    assert.ok(rows.every(({ limit = 0 }) => limit > 1000));
  });
});
