import assert from 'node:assert/strict';
import { ConfirmedCalls, type ToldCall } from '../../src/host/tools/confirmedCalls.ts';

const input = { prompt: 'a fox' };
const told = (facts: string, id = 'painter', price?: string): ToldCall => ({ facts, model: { id, price } });

describe('7.2 what the person was told of a call', () => {
  let calls: ConfirmedCalls;
  beforeEach(() => (calls = new ConfirmedCalls()));
  const passes = (now: ToldCall, isAsAssumed = true) =>
    assert.doesNotThrow(() => calls.check('generate', { ...input }, now, isAsAssumed));
  const fails = (now: ToldCall, isAsAssumed = true) =>
    assert.throws(() => calls.check('generate', { ...input }, now, isAsAssumed), /has changed since/);

  it('7.2 is what it must still come to when it runs', () => {
    calls.note('generate', input, told('a'));
    fails(told('b'));
    fails(told('a', 'dear-painter'));
    passes(told('a'));
  });

  it('7.2 counts for one tool and one input', () => {
    calls.note('generate', input, told('a'));
    assert.doesNotThrow(() => calls.check('edit', input, told('b'), true));
    assert.doesNotThrow(() => calls.check('generate', { prompt: 'a hen' }, told('b'), true));
  });

  it('7.2 counts once for each time that it was told', () => {
    calls.note('generate', input, told('a'));
    calls.note('generate', input, told('b'));
    passes(told('a'));
    fails(told('a'));
    passes(told('b'));
    fails(told('b'));
  });

  it('7.2 of a price that was not known: it may not be more than what was assumed', () => {
    calls.note('generate', input, told('a', ''));
    fails(told('a', 'dear-painter', '1.50'), false);
    passes(told('a', 'painter', '0.04'));
    calls.note('generate', input, told('a', 'painter', '0.04'));
    fails(told('a', 'painter', '0.05'));
    passes(told('a', 'painter', '0.04'));
  });

  it('7.2 is forgotten of the oldest where there are very many', () => {
    for (let index = 0; index < 51; index++) calls.note('generate', { index }, told('a'));
    assert.doesNotThrow(() => calls.check('generate', { index: 0 }, told('b'), true));
    assert.throws(() => calls.check('generate', { index: 1 }, told('b'), true));
  });
});
