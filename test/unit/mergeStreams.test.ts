import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDecimals, UsageTotal } from '../../src/core/cost.ts';
import { mergeStreams } from '../../src/core/mergeStreams.ts';

async function* counting(
  name: string,
  count: number,
  ms: number,
  failsAt = Infinity,
): AsyncGenerator<string> {
  for (let at = 0; at < count; at++) {
    await sleep(ms);
    if (at === failsAt) throw new Error(name);
    yield `${name}${at}`;
  }
}

describe('3.2 several streams at once', () => {
  it('3.2 are told as they come, each in its order, and all of them', async () => {
    const seen: string[] = [];
    const streams = ['a', 'b', 'c'].map((name) => () => counting(name, 3, 1));
    for await (const one of mergeStreams(streams, 2)) seen.push(one);
    assert.deepEqual([...seen].sort(), ['a0', 'a1', 'a2', 'b0', 'b1', 'b2', 'c0', 'c1', 'c2']);
    assert.deepEqual(
      seen.filter((one) => one.startsWith('b')),
      ['b0', 'b1', 'b2'],
    );
    assert.ok(seen.indexOf('c0') > Math.min(seen.indexOf('a2'), seen.indexOf('b2')), 'two at a time');
  });

  it('3.2 a failing one does not end the others, and its failure is told at the end', async () => {
    const seen: string[] = [];
    const streams = [() => counting('a', 3, 1, 1), () => counting('b', 3, 3), () => counting('c', 2, 1, 0)];
    const reading = async () => {
      for await (const one of mergeStreams(streams, 2)) seen.push(one);
    };
    await assert.rejects(reading, /^Error: a$/);
    assert.deepEqual(seen.sort(), ['a0', 'b0', 'b1', 'b2']);
  });

  it('3.2 nobody waits for a stream that stands still when reading ends', async () => {
    const still = async function* (): AsyncGenerator<string> {
      yield 'one';
      await new Promise(() => undefined);
    };
    for await (const one of mergeStreams([still, still], 2)) {
      assert.equal(one, 'one');
      break;
    }
  });
});

describe('3.7 costs', () => {
  it('3.7 are added as decimals', () => {
    assert.equal(addDecimals('0.1', '0.2'), '0.3');
    assert.equal(addDecimals('0', '0'), '0');
    assert.equal(addDecimals('9.999999999999', '0.000000000001'), '10');
    assert.equal(addDecimals('12', '0.0125'), '12.0125');
  });

  it('3.7 of several answers are known only where all of them are', () => {
    const cost = { amount: '0.04', currency: 'USD' };
    const both = new UsageTotal();
    both.add({ cost, usage: { total_tokens: 3 } });
    both.add({ cost, usage: { total_tokens: 4, images: 1 } });
    assert.deepEqual(both.total, {
      ...{ usage: { total_tokens: 7, images: 1 } },
      ...{ cost: { amount: '0.08', currency: 'USD' } },
    });
    for (const other of [
      undefined,
      { usage: { total_tokens: 1 } },
      { cost: { amount: '1', currency: 'EUR' } },
    ]) {
      const total = new UsageTotal();
      total.add({ cost });
      total.add(other);
      assert.equal(total.total?.cost, undefined);
    }
    const [first, last] = [new UsageTotal(), new UsageTotal()];
    first.add(undefined);
    first.add({ cost });
    assert.equal(first.total, undefined);
    assert.equal(last.total, undefined);
  });
});
