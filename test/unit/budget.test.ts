import assert from 'node:assert/strict';
import { Budget, type BudgetRecord, parseBudgetRecord } from '../../src/host/budget.ts';
import { ImageGatewayError } from '../../src/core/failure.ts';

const minute = 60_000;

/** What is remembered between windows; `lag` keeps writes back, as the editor does for a moment. */
function memory(initial: BudgetRecord = []) {
  let stored = initial;
  let waiting: BudgetRecord | undefined;
  const control = { lag: false };
  return {
    control,
    get: () => stored,
    set: (value: BudgetRecord) => {
      if (control.lag) waiting = value;
      else stored = value;
      return Promise.resolve();
    },
    arrive: () => (stored = waiting ?? stored),
  };
}

const tooMany = (error: unknown) => error instanceof ImageGatewayError && error.code === 'budgetExceeded';

describe('2.3 the budget of calls with a prompt', () => {
  it('2.3 lets through what fits, and counts images, not calls', () => {
    const budget = new Budget(memory(), () => 0);
    budget.reserve(4, 10);
    budget.reserve(6, 10);
    assert.throws(() => budget.reserve(1, 10), tooMany);
  });

  it('2.3 counts nothing of a call that does not fit, and says what is used', () => {
    const budget = new Budget(memory(), () => 0);
    budget.reserve(3, 4);
    assert.throws(() => budget.reserve(2, 4), /3 of 4 images.*2 more.*maxImagesPerHour/);
    budget.reserve(1, 4);
  });

  it('2.3 forgets what was asked for more than an hour ago', () => {
    let now = 0;
    const budget = new Budget(memory(), () => now);
    budget.reserve(2, 2);
    now = 59 * minute;
    assert.throws(() => budget.reserve(1, 2), tooMany);
    now = 60 * minute;
    budget.reserve(2, 2);
  });

  it('2.3 allows none where the setting is 0', () => {
    assert.throws(() => new Budget(memory(), () => 0).reserve(1, 0), tooMany);
  });

  it('2.3 remembers over a restart', () => {
    const record = memory();
    new Budget(record, () => 0).reserve(2, 2);
    assert.throws(() => new Budget(record, () => minute).reserve(1, 2), tooMany);
  });

  it('2.3 counts calls that come before the record of the last one is written', () => {
    const record = memory();
    record.control.lag = true;
    const budget = new Budget(record, () => 0);
    for (let call = 0; call < 20; call++) budget.reserve(1, 20);
    assert.throws(() => budget.reserve(1, 20), tooMany);
  });

  it('2.3 counts what another window asked for', () => {
    const record = memory();
    const [one, other] = [new Budget(record, () => 0), new Budget(record, () => 0)];
    one.reserve(1, 3);
    other.reserve(1, 3);
    one.reserve(1, 3);
    assert.throws(() => other.reserve(1, 3), tooMany);
  });

  it('2.3 takes nothing but numbers from what was stored', () => {
    assert.deepEqual(parseBudgetRecord([1, '2', null, {}]), [1]);
    assert.deepEqual(parseBudgetRecord({ length: 3 }), []);
    assert.deepEqual(parseBudgetRecord(undefined), []);
  });
});
