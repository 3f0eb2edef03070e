import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dollarWords, parseDollars } from '../../src/core/gateway/dollars.ts';
import { imageModels, parseModels } from '../../src/core/gateway/models.ts';
import { countedPriceWords, priceWords } from '../../src/core/gateway/prices.ts';
import { recordedList, recordedLists } from '../support/recordedLists.ts';

describe('3.3 amounts of money', () => {
  const cases: readonly (readonly [string | number, string])[] = [
    ['0.04', '$0.04'],
    [0.1 + 0.2, '$0.30'],
    [4e-7, '$0'],
    ['2', '$2'],
    ['95.50', '$95.50'],
    ['-1.25', '-$1.25'],
    ['1e-2', '$0.01'],
    ['0.000123', '$0.000123'],
    ['0', '$0'],
  ];
  for (const [value, words] of cases) {
    it(`3.3 writes ${String(value)} as people do`, () => {
      const amount = parseDollars(value);
      assert.notEqual(amount, undefined);
      assert.equal(dollarWords(amount ?? -1n), words);
    });
  }

  for (const value of [
    '',
    'free',
    '0x10',
    '1,5',
    'NaN',
    NaN,
    Infinity,
    1e300,
    '9'.repeat(5000),
    null,
    {},
    true,
  ]) {
    it(`3.3 takes ${JSON.stringify(value).slice(0, 20)} for no amount`, () =>
      assert.equal(parseDollars(value), undefined));
  }

  it('3.3 multiplies before it rounds: the price of a token is smaller than a millionth', () =>
    assert.equal(dollarWords(parseDollars(0.00000028, 1_000_000n) ?? 0n), '$0.28'));
});

describe('3.3 prices of the list', () => {
  const cases: readonly (readonly [string, unknown, string | undefined])[] = [
    ['an image at Vercel', { image: '0.04' }, '$0.04 per image'],
    [
      'sizes and qualities at Vercel',
      {
        image: '0.04',
        image_dimension_quality_pricing: [{ cost: '0.17' }, { cost: '0.011' }, { cost: 'x' }],
      },
      '$0.011–$0.17 per image',
    ],
    ['tokens at Vercel', { input: '0.000002', output: '0.000012' }, '$2 / $12 per M tokens'],
    ['only what comes out', { output: 0.00003 }, '$30 per M output tokens'],
    ['only what goes in', { input: '0.000005', output: '0' }, '$5 per M input tokens'],
    [
      'tokens at OpenRouter, whose image is one that is sent',
      { prompt: '0.0000003', completion: '0.0000025', image: '0.001238', request: '0' },
      '$0.30 / $2.50 per M tokens',
    ],
    ['requests at OpenRouter', { prompt: '0', completion: '0', request: '0.02' }, '$0.02 per request'],
    [
      'lines of an image model',
      [
        { billable: 'output_image', unit: 'image', cost_usd: 0.02 },
        { billable: 'output_image', unit: 'image', cost_usd: 0.07, variant: '2K' },
        { billable: 'input_image', unit: 'image', cost_usd: 0.01 },
      ],
      '$0.02–$0.07 per image',
    ],
    ['megapixels', [{ billable: 'output_image', unit: 'megapixel', cost_usd: 0.03 }], '$0.03 per megapixel'],
    ['image tokens', [{ billable: 'output_image', unit: 'token', cost_usd: 3e-5 }], '$30 per M image tokens'],
    ['zeros, which are no price', { prompt: '0', completion: '0', image: '0' }, undefined],
    ['a price that varies', { prompt: '-1', completion: '-1' }, undefined],
    ['nothing', undefined, undefined],
    ['an empty object', {}, undefined],
    ['words', { image: 'ask us', input: '[x](command:quit)' }, undefined],
    ['a string', '0.04', undefined],
  ];
  for (const [what, pricing, words] of cases)
    it(`3.3 tells ${what}`, () => assert.equal(priceWords(pricing), words));

  it('3.3 is one short line of digits and our own words, whatever a gateway sends, and never throws', () => {
    const amount = fc.oneof(
      fc.double(),
      fc.string(),
      fc.constantFrom('0.04', '1e-6', '-1', '2'),
      fc.anything(),
    );
    const line = fc.record({
      billable: fc.constantFrom('output_image', 'x'),
      unit: fc.string(),
      cost_usd: amount,
    });
    const names = ['image', 'input', 'output', 'prompt', 'completion', 'request'];
    const record = fc.dictionary(fc.constantFrom(...names), amount);
    fc.assert(
      fc.property(fc.oneof(fc.anything(), record, fc.array(line)), (pricing) => {
        const words = priceWords(pricing) ?? '$1 per image';
        assert.match(words, /^[-$\d.–/ a-zM,]{1,120}$/);
        assert.doesNotMatch(words, /\$0 /);
      }),
    );
  });
});

describe('5.2 the price of several pictures', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['images', '$0.04 per image', '3 × $0.04 per image'],
    ['images of several qualities', '$0.011–$0.17 per image', '3 × $0.011–$0.17 per image'],
    ['requests, of which each picture is one', '$0.02 per request', '3 × $0.02 per request'],
    [
      'images, and tells the rate of tokens as it is',
      '$0.04 per image, $2 / $12 per M tokens',
      '3 × $0.04 per image, $2 / $12 per M tokens',
    ],
  ];
  for (const [what, words, counted] of cases)
    it(`5.2 counts ${what}`, () => assert.equal(countedPriceWords(words, 3), counted));

  for (const rate of [
    ...['$2 / $12 per M tokens', '$5 per M input tokens', '$30 per M output tokens'],
    ...['$30 per M image tokens', '$0.03 per megapixel', '$0.03 per megapixel, $30 per M image tokens'],
  ])
    it(`5.2 is the rate alone where it is ${rate}`, () => assert.equal(countedPriceWords(rate, 3), rate));

  it('5.2 is the price itself for one picture', () =>
    assert.equal(countedPriceWords('$0.04 per image', 1), '$0.04 per image'));
});

describe('3.3 the recorded lists', () => {
  /** The image models that each list is known to hold, with what it says of the first. */
  const expected: Readonly<
    Record<string, readonly [number, number, string | undefined, boolean | undefined]>
  > = {
    vercel: [13, 9, '$2 / $12 per M tokens', true],
    'agnic-openai': [12, 5, undefined, undefined],
    'agnic-openrouter': [12, 6, '$0.10 / $0.40 per M tokens', true],
    openrouter: [12, 12, '$2 / $12 per M tokens', true],
    'openrouter-images': [12, 12, '$0.04 per image', true],
    openai: [13, 5, undefined, undefined],
    localai: [12, 2, undefined, undefined],
    litellm: [12, 5, undefined, undefined],
    sdcpp: [1, 1, undefined, undefined],
  };

  it('3.3 are the ones that are expected here', () =>
    assert.deepEqual([...recordedLists].sort(), Object.keys(expected).sort()));

  for (const name of recordedLists) {
    it(`3.3 reads ${name}'s: models, image models, price and whether references are taken`, () => {
      const models = parseModels(recordedList(name)) ?? [];
      const images = imageModels(models);
      const [first] = images;
      assert.deepEqual([models.length, images.length, first?.price, first?.takesImages], expected[name]);
    });
  }

  it('3.3 says of a model that takes words only that it takes no references', () => {
    const recraft = (parseModels(recordedList('openrouter')) ?? []).find(
      ({ id }) => id === 'recraft/recraft-v4',
    );
    assert.equal(recraft?.takesImages, false);
    assert.equal(recraft.price, undefined);
  });

  it('3.3 a list whose details are of other types is read all the same', () => {
    const odd = [null, 7, 'x', [], {}, [[]], { cost: {} }];
    for (const pricing of odd)
      for (const architecture of odd)
        assert.equal(
          parseModels([{ id: 'a', type: 'image', pricing, architecture, tags: pricing }])?.length,
          1,
        );
  });
});
