import assert from 'node:assert/strict';
import { createRandom, pick } from '../../src/core/gateway/offline/random.ts';
import { sizesInRefusal, type SizesTold } from '../../src/core/gateway/sizesInRefusal.ts';
import { isLimit, mostListed, parseSizeRules, sides } from '../../src/core/gateway/sizeRules.ts';
import { ratioText, sizeText } from '../../src/core/size.ts';

/** The rules in one line: lists as texts, limits as they are. */
function shown({ sizes, aspectRatios, ...rest }: SizesTold): object {
  return {
    ...rest,
    ...(sizes && { sizes: sizes.map(sizeText).join(' ') }),
    ...(aspectRatios && { ratios: aspectRatios.map(ratioText).join(' ') }),
  };
}

const gpt = '1024x1024 1024x1536 1536x1024';

/** What gateways and models write (publicly reported wordings, shortened), and what it says. */
const wordings: readonly (readonly [message: string, told: object])[] = [
  [
    "Invalid value: '1254x836'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.",
    { sizes: gpt },
  ],
  [
    "Invalid value: '512x512'.Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.",
    { sizes: gpt },
  ],
  [
    'size must be one of 1024x1024, 1536x1024, 1024x1536 and auto, got 512x512',
    { sizes: '1024x1024 1536x1024 1024x1536' },
  ],
  [
    'size must be one of 1024x1024, 1024x1792 or 1792x1024 for dall-e-3',
    { sizes: '1024x1024 1024x1792 1792x1024' },
  ],
  [
    'Invalid size: 832x480. Allowed sizes for wan-2.1/i2v-480p are 832*480, 480*832',
    { sizes: '832x480 480x832' },
  ],
  ['Unsupported size 512x512; use 1024 × 1024', { sizes: '1024x1024' }],
  ['The size 640x480 is not supported. Valid sizes: [1024x1024]', { sizes: '1024x1024' }],
  ["Invalid size '872x2048'. Width and height must both be divisible by 16.", { multipleOf: 16 }],
  ['`height` and `width` have to be divisible by 8 but are 200 and 500.', { multipleOf: 8 }],
  ['image dimensions must be multiples of 64, got 183x276', { multipleOf: 64 }],
  ["Invalid size '4096x4096'. The longest edge must be less than or equal to 3840.", { maxSide: 3840 }],
  ['maximum 3840 pixels', { maxSide: 3840 }],
  ["'width' must be at least 768 pixels.", { minSide: 768 }],
  ['width: Input should be less than or equal to 1440', { maxSide: 1440 }],
  ['width must be less than 2049 and greater than 255', { maxSide: 2048, minSide: 256 }],
  ['width must be between 256 and 2048, a multiple of 32', { minSide: 256, maxSide: 2048, multipleOf: 32 }],
  ['Dimensions in range [256,1440] px allowed', { minSide: 256, maxSide: 1440 }],
  ['The maximum supported resolution is 3840x2160', { maxSide: 3840, maxPixels: 8_294_400 }],
  [
    'at least 512x512, at most 2048x2048 pixels',
    { minSide: 512, minPixels: 262_144, maxSide: 2048, maxPixels: 4_194_304 },
  ],
  ['Total pixels must be between 655,360 and 8,294,400', { minPixels: 655_360, maxPixels: 8_294_400 }],
  [
    'The parameter `size` specified in the request is not valid: image size must be at least 3686400 pixels. Request id: 021788429887422382',
    { minPixels: 3_686_400 },
  ],
  ['`size` is not valid: image area must be at most 4624220 pixels.', { maxPixels: 4_624_220 }],
  ['image too large, 1081344>1048576 pixels', { maxPixels: 1_048_576 }],
  ['Total pixels must not exceed 4 megapixels', { maxPixels: 4_000_000 }],
  [
    'Size 1920x1920 exceeds the maximum pixel budget 3000000 for gpt-image-2; current pixels: 3686400',
    { maxPixels: 3_000_000 },
  ],
  ['Invalid size. Long-edge to short-edge ratio must be less than or equal to 3:1.', { maxRatio: 3 }],
  ['the aspect ratio must be between 1:3 and 3:1', { maxRatio: 3 }],
  ['aspect ratio has to be between 0.5 and 2.0', { maxRatio: 2 }],
  ['aspect_ratio must be one of 1:1, 16:9, 9:16 for gpt-image2', { ratios: '1:1 16:9 9:16' }],
  ['size must be 1K, 2K or 4K', { resolutions: ['1K', '2K', '4K'] }],
  ['Requested resolution is below the current minimum pixel budget.', { verdict: 'tooSmall' }],
  ['The size exceeds the maximum.', { verdict: 'tooLarge' }],
  ['Image dimensions too large', { verdict: 'tooLarge' }],
  // Nothing about sizes, or nothing that can be believed.
  ['prompt must be at most 4000 characters', {}],
  ['n must be between 1 and 10', {}],
  ['Maximum image size is 20 MB', {}],
  ['Argument not supported: size', {}],
  ['Invalid size 512x512', {}],
  ['The size 512x512 is not supported', {}],
  ['size must be one of 1x1, 99999x99999', {}],
  ['size must be divisible by 0, at most 3 pixels, at least 99999999999999 pixels', {}],
  ['Model gpt-image-2 at 12:30:45 does not support size', {}],
  ['', {}],
];

describe('4.2 the sizes in a refusal', () => {
  for (const [message, told] of wordings)
    it(`4.2 are read from: ${message.slice(0, 90)}`, () =>
      assert.deepEqual(shown(sizesInRefusal(message)), told));

  it('4.2 are believable ones, whatever 20,000 made-up messages say', () => {
    const random = createRandom('refusals');
    const parts = [
      ...wordings.flatMap(([message]) => message.split(' ')),
      ...[
        '99999x99999',
        '0x0',
        '1e9',
        '-5',
        '1,000,000,000,000',
        '0:0',
        '99:1',
        '\n',
        '. ',
        '>',
        '<=',
        '😀',
        '\u0000',
        'size',
      ],
    ] as [string, ...string[]];
    let read = 0;
    for (let round = 0; round < 20_000; round++) {
      const count = 1 + Math.floor(random() * 30);
      const message = Array.from({ length: count }, () => pick(random, parts)).join(
        random() < 0.9 ? ' ' : '',
      );
      const { verdict, ...rules } = sizesInRefusal(message);
      for (const name of ['multipleOf', 'minPixels', 'maxPixels', 'minSide', 'maxSide', 'maxRatio'] as const)
        assert.ok(rules[name] === undefined || isLimit(name, rules[name]), message);
      for (const { width, height } of rules.sizes ?? [])
        assert.ok(
          Math.min(width, height) >= sides.least && Math.max(width, height) <= sides.greatest,
          message,
        );
      // What is stored is read back, but for limits that contradict each other.
      const stored = parseSizeRules(JSON.parse(JSON.stringify(rules)));
      assert.deepEqual({ ...rules, ...stored }, rules, message);
      assert.ok(verdict === undefined || rules.minPixels === undefined, message);
      if (Object.keys(rules).length > 0) read++;
    }
    assert.ok(read > 5000, `${read}`);
  });

  it('4.2 are read up to a bound, each once, from megabytes made to keep it busy', () => {
    const units = [
      'size ',
      '1',
      '1x',
      '9,',
      '1:',
      'not ',
      'not a ',
      '> ',
      'x'.repeat(50),
      '1 > ',
      'no one of ',
      '\n',
      'size 1,000',
    ];
    for (const unit of units) {
      const message = `size must be ${unit.repeat(Math.ceil(2_000_000 / unit.length))}`;
      // A pattern that goes back and forth would not come to an end here within the test's time.
      assert.deepEqual(sizesInRefusal(message), sizesInRefusal(message.slice(0, 4000)), unit);
    }
    const many = `size must be one of ${Array.from({ length: 300 }, (_, index) => `${100 + index}x100`).join(', ')}`;
    assert.equal(sizesInRefusal(many).sizes?.length, mostListed);
    assert.deepEqual(sizesInRefusal(`${' '.repeat(5000)}size must be one of 512x512`), {});
  });
});
