import assert from 'node:assert/strict';
import { noPrompts, type PromptHistory, promptRecalled, promptsReceived } from '../../media/promptHistory.ts';
import { parsePrompts, withPrompt } from '../../src/host/panel/promptMemory.ts';
import { decodeToPrompts } from '../../src/protocol/prompts.ts';

/** Goes through the history as the keys do; returns what the box showed after each, undefined where nothing changed. */
function walk(history: PromptHistory, draft: string, ...steps: readonly ('older' | 'newer')[]) {
  let at = history;
  let box = draft;
  return steps.map((to) => {
    const next = promptRecalled(at, to, box);
    if (next === undefined) return undefined;
    at = next.history;
    return (box = next.text);
  });
}

const three = promptsReceived(noPrompts, ['third', 'second', 'first']);

describe('5.5 the history of prompts', () => {
  it('5.5 goes back to the oldest and no further, and forth again to the draft and no further', () => {
    assert.deepEqual(
      walk(three, 'dra', 'older', 'older', 'older', 'older', 'newer', 'newer', 'newer', 'newer'),
      ['third', 'second', 'first', undefined, 'second', 'third', 'dra', undefined],
    );
  });

  it('5.5 begins behind a prompt that stands in the box already', () => {
    assert.deepEqual(walk(three, 'third', 'older', 'newer'), ['second', 'third']);
  });

  it('5.5 has nothing to show where nothing was ever asked', () => {
    assert.deepEqual(walk(noPrompts, '', 'older', 'newer'), [undefined, undefined]);
    assert.deepEqual(walk(promptsReceived(noPrompts, ['only']), 'only', 'older'), [undefined]);
  });

  it('5.5 makes a draft of a prompt that was changed', () => {
    const shown = promptRecalled(three, 'older', 'dra');
    assert.equal(shown?.text, 'third');
    assert.deepEqual(walk(shown.history, 'third, but blue', 'older', 'newer'), ['third', 'third, but blue']);
  });

  it('5.5 keeps its place while a new prompt comes', () => {
    const shown = promptRecalled(promptRecalled(three, 'older', '')!.history, 'older', 'third')!;
    assert.equal(shown.text, 'second');
    const after = promptsReceived(shown.history, ['fourth', 'third', 'second', 'first']);
    assert.equal(promptRecalled(after, 'older', 'second')?.text, 'first');
    assert.equal(promptsReceived(shown.history, ['fourth']).at, -1, 'what is gone is not shown any more');
  });
});

describe('5.5 the memory of prompts', () => {
  it('5.5 has each once, the newest first', () => {
    assert.deepEqual(withPrompt(withPrompt(withPrompt([], 'a'), 'b'), 'a'), ['a', 'b']);
  });

  it('5.5 keeps a hundred, and of very long ones fewer', () => {
    const many = Array.from({ length: 150 }, (_, index) => `prompt ${index}`);
    assert.deepEqual(parsePrompts(many), many.slice(0, 100));
    const long = Array.from({ length: 20 }, (_, index) => `${index}`.padEnd(30_000, 'x'));
    assert.equal(parsePrompts(long).length, 6);
    assert.equal(withPrompt(long, 'new')[0], 'new');
  });

  it('5.5 takes nothing stored that is no prompt', () => {
    for (const stored of [undefined, null, 'a', { 0: 'a' }, 7]) assert.deepEqual(parsePrompts(stored), []);
    assert.deepEqual(parsePrompts(['a', 7, null, ['b'], '', '  ', 'x'.repeat(32_001), 'a', 'c']), ['a', 'c']);
  });

  it('5.5 is told to the page within bounds', () => {
    const message = { type: 'prompts', prompts: ['a'], recalled: '{0}' };
    assert.deepEqual(decodeToPrompts({ ...message, uri: 'x' }), message);
    for (const prompts of [Array(101).fill('a'), ['x'.repeat(32_001)], [7], 'a', undefined])
      assert.equal(decodeToPrompts({ ...message, prompts }), undefined);
  });
});
