import assert from 'node:assert/strict';
import { ConfirmedCalls } from '../../src/host/tools/confirmedCalls.ts';

const input = { prompt: 'a fox' };

describe('7.2 what the person was told of a call', () => {
  it('7.2 is what it must still come to when it runs', () => {
    const calls = new ConfirmedCalls();
    calls.note('generate', input, 'acme painter');
    assert.throws(() => calls.check('generate', { ...input }, 'acme dear-painter'), /has changed since/);
    calls.note('generate', input, 'acme painter');
    assert.doesNotThrow(() => calls.check('generate', { ...input }, 'acme painter'));
  });

  it('7.2 counts for one call, of one tool and one input', () => {
    const calls = new ConfirmedCalls();
    calls.note('generate', input, 'acme painter');
    assert.doesNotThrow(() => calls.check('edit', input, 'other'));
    assert.doesNotThrow(() => calls.check('generate', { prompt: 'a hen' }, 'other'));
    assert.throws(() => calls.check('generate', input, 'other'));
    assert.doesNotThrow(() => calls.check('generate', input, 'other'));
  });

  it('7.2 is forgotten of the oldest where there are very many', () => {
    const calls = new ConfirmedCalls();
    for (let index = 0; index < 51; index++) calls.note('generate', { index }, 'told');
    assert.doesNotThrow(() => calls.check('generate', { index: 0 }, 'other'));
    assert.throws(() => calls.check('generate', { index: 1 }, 'other'));
  });
});
