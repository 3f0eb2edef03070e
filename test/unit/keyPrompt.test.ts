import assert from 'node:assert/strict';
import { chooseKeyColour, keyColourSentence } from '../../src/core/image/keyPrompt.ts';

describe('4.4 the key colour in the prompt', () => {
  for (const [prompt, name] of [
    ['a red fox', 'green'],
    ['', 'green'],
    ['a green dragon in a forest', 'magenta'],
    ['An oak TREE', 'magenta'],
    ['a frog on a pink lotus', 'blue'],
    ['ein grünes Blatt', 'magenta'],
    ['一片绿叶', 'magenta'],
    ['a greenhouse worker', 'magenta'],
    ['a treaty, engraved', 'green'],
  ] as const)
    it(`4.4 is ${name} for “${prompt}”`, () => assert.equal(chooseKeyColour(prompt).name, name));

  it('4.4 is asked for in one sentence that names it, and what would spoil it', () => {
    const sentence = keyColourSentence(chooseKeyColour('a leaf'));
    for (const words of [
      'perfectly flat',
      'magenta',
      '#ff00ff',
      'no gradient',
      'no shadow',
      'no checkerboard',
    ])
      assert.ok(sentence.includes(words), words);
  });

  it('4.4 is chosen in a moment, whatever the prompt', () => {
    for (const unit of ['green', 'g', 'leaf ', 'violett', ' '])
      assert.ok(chooseKeyColour(unit.repeat(1_000_000)));
  });
});
