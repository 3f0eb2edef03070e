import assert from 'node:assert/strict';
import type * as registering from '../../src/host/tools/registerTools.ts';
import { hostModule } from '../support/vscodeWithFiles.ts';

const { registerTools } = (await hostModule('tools/registerTools.ts')) as typeof registering;

describe('7.1 an editor without tools', () => {
  it('7.1 gets none, and the extension goes on', () => {
    const parts = {} as Parameters<typeof registerTools>[0];
    assert.doesNotThrow(() => registerTools(parts).dispose());
  });
});
