import assert from 'node:assert/strict';
import { type InspectedSetting, ownValueOf } from '../../src/host/ownValue.ts';

/** What VS Code 1.139 says in each case, as the hostile suite of test/editor saw it. */
const cases: readonly (readonly [string, Readonly<Record<string, unknown>>, unknown])[] = [
  ['nobody set it', { defaultValue: 'd' }, undefined],
  ['the person set it', { globalLocalValue: 'own', globalValue: 'own' }, 'own'],
  ['only the machine set it', { globalRemoteValue: 'evil', globalValue: 'evil' }, undefined],
  [
    'both set it, and the machine wins in the merged value',
    { globalLocalValue: 'own', globalRemoteValue: 'evil', globalValue: 'evil' },
    'own',
  ],
  [
    'both set objects, which the editor merges',
    {
      globalLocalValue: { corp: { baseUrl: 'own' } },
      globalRemoteValue: { corp: { baseUrl: 'evil' } },
      globalValue: { corp: { baseUrl: 'evil' } },
    },
    { corp: { baseUrl: 'own' } },
  ],
  ['the person set it, in a profile of its own', { globalValue: 'own' }, 'own'],
  [
    'a workspace and a folder set it',
    { defaultValue: 'd', workspaceValue: 'evil', workspaceFolderValue: 'evil' },
    undefined,
  ],
  [
    'a workspace sets what the person has set',
    { globalLocalValue: 'own', globalValue: 'own', workspaceValue: 'evil' },
    'own',
  ],
  ['another extension changed the default', { defaultValue: { corp: { baseUrl: 'evil' } } }, undefined],
  ['the person’s value is falsy', { globalLocalValue: 0, globalRemoteValue: 9, globalValue: 9 }, 0],
  [
    'the person’s value is null',
    { globalLocalValue: null, globalRemoteValue: 'evil', globalValue: 'evil' },
    null,
  ],
];

describe('2.3 whose value of a setting counts', () => {
  for (const [title, inspected, own] of cases) {
    it(`2.3 takes the person’s own value only: ${title}`, () =>
      assert.deepEqual(ownValueOf(inspected as InspectedSetting), own));
  }

  it('2.3 takes none of a setting that the editor does not know', () =>
    assert.equal(ownValueOf(undefined), undefined));
});
