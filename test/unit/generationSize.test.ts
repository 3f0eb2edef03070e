import assert from 'node:assert/strict';
import { generationSize, sizesInRefusal } from '../../src/core/gateway/generationSize.ts';
import { randomNumbers } from '../support/pixels.ts';

const asked = { width: 1200, height: 630 };
const read = (message: string) => {
  const legal = sizesInRefusal(message, asked);
  return legal && { ...legal, sizes: legal.sizes.map(({ width, height }) => `${width}x${height}`) };
};
const sizes = (...texts: readonly string[]) =>
  texts.map((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  });
const best = (wanted: string, ...legal: readonly string[]) => {
  const [size] = sizes(wanted);
  const found = size && generationSize(size, { sizes: sizes(...legal) });
  return found && `${found.width}x${found.height}`;
};

describe('4.2 the size that is asked for', () => {
  it('4.2 is read off refusals in many words', () => {
    const openAi = ['1024x1024', '1024x1536', '1536x1024'];
    for (const [message, expected] of [
      [
        "Invalid value: '1200x630'. Supported values are: '1024x1024', '1024x1536', '1536x1024', and 'auto'.",
        openAi,
      ],
      ['size must be one of 1024×1024, 1024 x 1536 or 1536*1024', openAi],
      ['Size 1200x630 not supported (try 512x512)', ['512x512']],
    ] as const)
      assert.deepEqual(read(message)?.sizes, expected, message);
    assert.deepEqual(read('Width and height must be divisible by 16.'), { sizes: [], multiple: 16 });
    assert.deepEqual(read('dimensions must be multiples of 64, e.g. 1024x768'), {
      sizes: ['1024x768'],
      multiple: 64,
    });
    for (const silent of [
      '',
      'size 1200x630 is not supported',
      'image is 0x7f',
      'version 2.0',
      'divisible by 1',
    ])
      assert.equal(read(silent), undefined, silent);
  });

  it('4.2 is not read off numbers that no picture has, and takes no time over a page of them', () => {
    assert.equal(read('x'.repeat(100_000)), undefined);
    assert.equal(read('99999x99999 123456x123456'), undefined);
    assert.equal(read('1x'.repeat(50_000)), undefined);
    assert.ok((read('10x20 11x21 '.repeat(10_000))?.sizes.length ?? 99) <= 40);
  });

  it('4.2 covers the wanted one with the least that is cut off, and is enlarged only where nothing covers it', () => {
    const openAi = ['1024x1024', '1024x1536', '1536x1024'] as const;
    assert.equal(best('1200x630', ...openAi), '1536x1024');
    assert.equal(best('512x512', ...openAi), '1024x1024');
    assert.equal(best('630x1200', ...openAi), '1024x1536');
    assert.equal(best('1920x1080', ...openAi), '1536x1024', 'the least enlarged');
    assert.equal(best('1200x630', '1344x768', '2048x2048', '4096x2304'), '1344x768');
    assert.equal(best('64x48'), undefined);
    assert.deepEqual(generationSize({ width: 1200, height: 630 }, { sizes: [], multiple: 16 }), {
      width: 1200,
      height: 640,
    });
  });

  it('4.2 covers whenever something does: 20,000 cases', () => {
    const random = randomNumbers(42);
    const side = () => 64 + Math.floor(random() * 4000);
    const covers = (one: { width: number; height: number }, wanted: { width: number; height: number }) =>
      one.width >= wanted.width && one.height >= wanted.height;
    for (let round = 0; round < 20_000; round++) {
      const wanted = { width: side(), height: side() };
      const legal = Array.from({ length: 1 + Math.floor(random() * 6) }, () => ({
        width: side(),
        height: side(),
      }));
      const chosen = generationSize(wanted, { sizes: legal });
      assert.ok(chosen !== undefined && legal.includes(chosen));
      assert.equal(
        covers(chosen, wanted),
        legal.some((one) => covers(one, wanted)),
      );
    }
  });
});
