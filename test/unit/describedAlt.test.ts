import assert from 'node:assert/strict';
import { describedAlt } from '../../src/core/document/describedAlt.ts';
import { promptLimit } from '../../src/core/generateArgs.ts';
import { promptOfSelection } from '../../src/core/document/selectedPrompt.ts';

describe('6.5 alternative texts', () => {
  const prompt = 'fox, flat, 4k, trending';
  const cases: readonly (readonly [name: string, words: object, alt: string])[] = [
    ['the prompt where the model says nothing', {}, prompt],
    [
      'the first sentence of the prompt that the model made anew',
      { revisedPrompt: 'A red fox sleeps in fresh snow. The style is flat.' },
      'A red fox sleeps in fresh snow',
    ],
    [
      'what the model says the picture shows',
      { said: 'Here is an image of a red fox asleep in the snow. Let me know!' },
      'A red fox asleep in the snow',
    ],
    [
      'the same behind a courtesy',
      { said: 'Sure! Here’s a flat vector illustration of a red fox curled up.' },
      'A red fox curled up',
    ],
    ['no talk about the request', { said: 'Here is your image.' }, prompt],
    ['no talk to the person', { said: 'I made an image of what you asked me for.' }, prompt],
    ['no other words', { said: 'Foxes sleep in dens. They hunt at night.' }, prompt],
    ['never nothing', { prompt: '   ', revisedPrompt: '\u200b' }, 'image'],
    ['one line without control characters', { revisedPrompt: 'A fox\u0007 in\nsnow' }, 'A fox in snow'],
  ];
  for (const [name, words, alt] of cases)
    it(`6.5 are ${name}`, () => assert.equal(describedAlt({ prompt, ...words }), alt));

  it('6.5 end quickly whatever a model says', () => {
    for (const said of ['here is '.repeat(200_000), 'an '.repeat(500_000), `Sure${'!'.repeat(500_000)}`])
      assert.equal(describedAlt({ prompt, said }), prompt);
  });
});

describe('6.4 selected text as a prompt', () => {
  const cases: readonly (readonly [text: string, isProse: boolean, prompt: string])[] = [
    ['// A red fox\n//   asleep in snow', false, 'A red fox asleep in snow'],
    ['/**\n * A red fox\n * asleep.\n */', false, 'A red fox asleep.'],
    ['# a red fox', false, 'a red fox'],
    ['<!-- a red fox -->', false, 'a red fox'],
    ['"""A red fox"""', false, 'A red fox'],
    ['-- a red fox', false, 'a red fox'],
    ['/* a red fox **/', false, 'a red fox'],
    ['<!-- a red fox ---->  \nasleep', false, 'a red fox asleep'],
    ['(* a * red fox *)', false, 'a * red fox'],
    ['renderRedFox', false, 'render red fox'],
    ['RED_FOX_ICON', false, 'red fox icon'],
    ['XMLParserIcon', false, 'xml parser icon'],
    ['fox', false, 'fox'],
    ['# Foxes', true, '# Foxes'],
    ['* a fox\n* a den', true, '* a fox * a den'],
    ['renderRedFox', true, 'renderRedFox'],
  ];
  for (const [text, isProse, prompt] of cases)
    it(`6.4 is its words: ${JSON.stringify(text)}${isProse ? ' in prose' : ''}`, () => {
      assert.equal(promptOfSelection(text, isProse), prompt);
    });

  for (const unit of [' ', '\t', '*', '-', ' *', '- ', '"', '\n ', '/*', '*/ ', 'aB', '_'])
    it(`6.4 is read in time where it is ${JSON.stringify(unit)} again and again`, () => {
      for (const end of ['', 'x', '\nx'])
        for (const isProse of [true, false])
          assert.ok(promptOfSelection(unit.repeat(900_000 / unit.length) + end, isProse).length < 900_000);
    });

  it('6.4 is the beginning of what is selected where that is longer than any prompt', () => {
    const text = `// A red fox\n${'// asleep in snow\n'.repeat(60_000)}`;
    const prompt = promptOfSelection(text, false);
    assert.ok(prompt.startsWith('A red fox asleep in snow asleep') && prompt.length > promptLimit);
  });
});
