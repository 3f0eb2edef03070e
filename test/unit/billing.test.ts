import assert from 'node:assert/strict';
import { type Bill, followBill } from '../../src/core/billing.ts';
import type { GenerationEvent, GenerationOutcome } from '../../src/core/events.ts';
import { type FailureCode, ImageGatewayError } from '../../src/core/failure.ts';

const started: GenerationEvent = { type: 'started', model: 'm', gateway: 'g' };
const billable: GenerationEvent = { type: 'billable' };
const paid: GenerationEvent = { type: 'usage', cost: { amount: '0.04', currency: 'USD' } };
const cancelled: GenerationEvent = { type: 'cancelled' };
const finished: GenerationEvent = { type: 'finished', outcome: {} as GenerationOutcome };
const failed = (code: FailureCode): GenerationEvent => ({
  type: 'failed',
  error: new ImageGatewayError(code, 'No.'),
});

/** What the last of the events said. */
function billOf(...events: readonly GenerationEvent[]): Bill | undefined {
  const follow = followBill();
  return events.map((event) => follow(event)).at(-1);
}

describe('7.2 what a request cost', () => {
  it('7.2 is said with the last event only', () => {
    const follow = followBill();
    assert.deepEqual([started, billable, paid].map(follow), [undefined, undefined, undefined]);
    assert.deepEqual(follow(finished), { amount: '0.04', currency: 'USD' });
  });

  it('7.2 is nothing where nothing was sent, or the gateway refused it', () => {
    assert.equal(billOf(failed('modelNotFound')), 'none');
    assert.equal(billOf(cancelled), 'none');
    for (const code of ['unauthorized', 'rateLimited', 'badRequest', 'network'] as const)
      assert.equal(billOf(started, failed(code)), 'none', code);
  });

  it('7.2 is unknown where it may have been billed and nobody said', () => {
    assert.equal(billOf(started, finished), 'unknown');
    assert.equal(billOf(started, cancelled), 'unknown');
    for (const code of ['network', 'rateLimited', 'badRequest'] as const)
      assert.equal(billOf(started, billable, failed(code)), 'unknown', code);
    for (const code of ['timeout', 'interrupted', 'contentFiltered', 'noImage'] as const)
      assert.equal(billOf(started, failed(code)), 'unknown', code);
  });

  it('7.2 is what the gateway said, whatever came of it', () => {
    for (const end of [failed('noImage'), failed('badRequest'), cancelled])
      assert.deepEqual(billOf(started, paid, end), { amount: '0.04', currency: 'USD' });
  });
});
