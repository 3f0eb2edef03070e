import assert from 'node:assert/strict';
import { generationRatio, generationSize } from '../../src/core/gateway/generationSize.ts';
import { createRandom } from '../../src/core/gateway/offline/random.ts';
import {
  mergeRules,
  parseSizeRules,
  rulesAfterRefusal,
  sides,
  type SizeRules,
} from '../../src/core/gateway/sizeRules.ts';
import { fitInto } from '../../src/core/image/fit.ts';
import { hasRatio, sizeText } from '../../src/core/size.ts';

const size = (text: string) => {
  const [width = 0, height = 0] = text.split(/[x:]/).map(Number);
  return { width, height };
};
const sizes = (...texts: string[]) => ({ sizes: texts.map(size) });
const three = sizes('1024x1024', '1536x1024', '1024x1536');
const free: SizeRules = {
  multipleOf: 16,
  minPixels: 655_360,
  maxPixels: 8_294_400,
  maxSide: 3840,
  maxRatio: 3,
};
const ratios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'].map(size);

/** Whether a size is one that the rules allow, as far as they say. */
function isLegalSize(size: { readonly width: number; readonly height: number }, rules: SizeRules): boolean {
  const { width, height } = size;
  if (rules.sizes?.length) return rules.sizes.some((one) => sizeText(one) === sizeText(size));
  const { multipleOf = 1, minSide = 1, maxSide = sides.greatest, maxRatio = Infinity } = rules;
  const { minPixels = 1, maxPixels = Infinity } = rules;
  return (
    width % multipleOf === 0 &&
    height % multipleOf === 0 &&
    Math.min(width, height) >= minSide &&
    Math.max(width, height) <= maxSide &&
    Math.max(width, height) <= Math.min(width, height) * maxRatio &&
    width * height >= minPixels &&
    width * height <= maxPixels &&
    (!rules.aspectRatios?.length || rules.aspectRatios.some((ratio) => hasRatio(size, ratio)))
  );
}

describe('4.2 the size a model is asked for', () => {
  for (const [wanted, rules, asked, covers] of [
    ['1200x630', {}, '1200x630', true],
    ['1200x630', three, '1536x1024', true],
    ['512x512', three, '1024x1024', true],
    ['600x1200', three, '1024x1536', true],
    ['1920x1080', three, '1536x1024', false],
    ['1200x630', free, '1200x640', true],
    ['1920x1080', free, '1920x1088', true],
    ['512x512', free, '816x816', true],
    ['64x64', free, '816x816', true],
    ['1000x100', free, '1376x480', true],
    ['3840x2160', free, '3840x2160', true],
    ['4096x4096', free, '2880x2880', false],
    ['1365x768', { maxPixels: 1_048_576, multipleOf: 64 }, '1344x768', false],
    ['512x512', { minSide: 768, maxPixels: 1_048_576 }, '768x768', true],
    ['300x200', { minPixels: 3_686_400 }, '2352x1568', true],
  ] as const) {
    it(`4.2 for ${wanted} is ${asked} under ${JSON.stringify(rules).slice(0, 60)}`, () => {
      const chosen = generationSize(size(wanted), rules);
      assert.deepEqual([chosen && sizeText(chosen.size), chosen?.covers], [asked, covers]);
    });
  }

  it('4.2 is none where the rules leave none', () => {
    assert.equal(generationSize(size('10x10'), { minSide: 2000, maxPixels: 1000 }), undefined);
    assert.equal(generationSize(size('10x10'), { multipleOf: 1024, maxSide: 1000 }), undefined);
  });

  it('4.2 is the best of all legal ones for 400 rules, counted out, and never one that enlarges without need', () => {
    const random = createRandom('sizes');
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    let covered = 0;
    for (let round = 0; round < 400; round++) {
      const rules: SizeRules = {
        maxSide: 20 + upTo(60),
        ...(random() < 0.6 && { multipleOf: 1 + upTo(8) }),
        ...(random() < 0.4 && { minSide: upTo(30) }),
        ...(random() < 0.5 && { minPixels: upTo(3000) }),
        ...(random() < 0.5 && { maxPixels: upTo(6000) }),
        ...(random() < 0.4 && { maxRatio: 1 + random() * 3 }),
      };
      const wanted = { width: upTo(90), height: upTo(90) };
      const all: { width: number; height: number }[] = [];
      for (let width = 1; width <= 80; width++)
        for (let height = 1; height <= 80; height++) all.push({ width, height });
      const legal = all.filter((one) => isLegalSize(one, rules));
      const chosen = generationSize(wanted, rules);
      const told = JSON.stringify({ rules, wanted, chosen });
      assert.equal(chosen === undefined, legal.length === 0, told);
      if (chosen === undefined) continue;
      assert.ok(isLegalSize(chosen.size, rules), told);
      const best = legal.map((one) => rank(wanted, one)).reduce((a, b) => (isBefore(b, a) ? b : a));
      assert.deepEqual(rank(wanted, chosen.size), best, told);
      assert.equal(
        chosen.covers,
        fitInto(chosen.size, wanted, { x: 0.5, y: 0.5 }).scale !== 'up' || enlarged(wanted, chosen.size) <= 1,
      );
      if (chosen.covers) covered++;
    }
    assert.ok(covered > 50 && covered < 350, `${covered}`);
  });

  it('4.2 keeps the wanted size or covers it for 20,000 sizes of one grid', () => {
    const random = createRandom('grid');
    for (let round = 0; round < 20_000; round++) {
      const wanted = { width: 1 + Math.floor(random() * 2000), height: 1 + Math.floor(random() * 2000) };
      const step = [8, 16, 32, 64][round % 4] ?? 8;
      const up = (side: number) => Math.ceil(side / step) * step;
      // Without further limits the nearest size of a grid is each side rounded up.
      if (round % 40 === 0)
        assert.deepEqual(generationSize(wanted, { multipleOf: step, maxSide: 2048 }), {
          size: { width: up(wanted.width), height: up(wanted.height) },
          covers: true,
        });
      const chosen = generationSize(wanted, three);
      const fits = three.sizes.filter((one) => fitInto(one, wanted, { x: 0.5, y: 0.5 }).scale !== 'up');
      assert.equal(chosen?.covers, fits.length > 0);
    }
  });
});

function enlarged(wanted: { width: number; height: number }, one: { width: number; height: number }): number {
  return Math.max(1, wanted.width / one.width, wanted.height / one.height);
}

function rank(wanted: { width: number; height: number }, one: { width: number; height: number }): number[] {
  const scale = Math.min(one.width / wanted.width, one.height / wanted.height);
  const cut = one.width * one.height - scale * scale * wanted.width * wanted.height;
  return [enlarged(wanted, one), one.width * one.height + cut, cut];
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const place = a.findIndex((value, index) => value !== b[index]);
  return place >= 0 && a[place]! < b[place]!;
}

describe('4.2 the aspect ratio and resolution a model is asked for', () => {
  for (const [wanted, ratio, resolution, covers] of [
    ['1024x1024', '1:1', '1K', true],
    ['1200x630', '16:9', '1K', true],
    ['1920x1080', '16:9', '2K', true],
    ['512x512', '1:1', '1K', true],
    ['2560x1080', '21:9', '2K', true],
    ['1080x1920', '9:16', '2K', true],
    ['6000x6000', '1:1', '4K', false],
  ] as const) {
    it(`4.2 for ${wanted} is ${ratio} in ${resolution}`, () => {
      const chosen = generationRatio(size(wanted), {}, ratios);
      assert.deepEqual(
        [chosen?.aspectRatio, chosen?.resolution, chosen?.covers],
        [size(ratio), resolution, covers],
      );
    });
  }

  it('4.2 stays within what the model lists', () => {
    const rules: SizeRules = { aspectRatios: ['1:1', '16:9', '9:16'].map(size), resolutions: ['1K'] };
    const chosen = generationRatio(size('1600x1200'), rules, ratios);
    assert.deepEqual([chosen?.resolution, chosen?.covers], ['1K', false]);
    assert.equal(generationRatio(size('1x1'), {}, []), undefined);
  });

  it('4.2 expects no more than the documented pictures are', () => {
    for (const [ratio, width, height] of [
      ['2:3', 832, 1248],
      ['4:3', 1184, 864],
      ['4:5', 896, 1152],
      ['16:9', 1344, 768],
      ['21:9', 1536, 672],
    ] as const) {
      const expected = generationRatio(size('10x10'), { resolutions: ['1K'] }, [size(ratio)])!.size;
      assert.ok(expected.width <= width && expected.width >= width - 32, ratio);
      assert.ok(expected.height <= height && expected.height >= height - 32, ratio);
    }
  });
});

describe('4.2 what refusals taught about sizes', () => {
  it('4.2 doubles and halves the pixels where a refusal names no number, until it is accepted', () => {
    let rules: SizeRules = {};
    let asked = size('512x512');
    for (let refusals = 0; asked.width * asked.height < 655_360; refusals++) {
      assert.ok(refusals < 3);
      rules = rulesAfterRefusal(rules, { verdict: 'tooSmall' }, asked);
      asked = generationSize(size('512x512'), rules)!.size;
    }
    assert.equal(sizeText(asked), '1025x1025');
    rules = rulesAfterRefusal({}, { verdict: 'tooLarge' }, size('4096x4096'));
    assert.equal(sizeText(generationSize(size('4096x4096'), rules)!.size), '2896x2896');
  });

  it('4.2 lets newer words win over older ones that leave no size', () => {
    assert.deepEqual(mergeRules({ minSide: 2000, multipleOf: 8 }, { maxSide: 1024 }), {
      multipleOf: 8,
      maxSide: 1024,
    });
    assert.deepEqual(mergeRules({ maxPixels: 100, maxSide: 64 }, { minPixels: 200 }), {
      minPixels: 200,
      maxSide: 64,
    });
  });

  it('4.2 reads back what was stored, and nothing else', () => {
    const rules: SizeRules = {
      ...free,
      ...three,
      aspectRatios: ratios,
      resolutions: ['1K', '4K'],
      minSide: 64,
    };
    assert.deepEqual(parseSizeRules(JSON.parse(JSON.stringify(rules))), rules);
    for (const bad of [
      null,
      [],
      'x',
      { constructor: 1, toString: 2, maxSide: '4', minSide: -1, multipleOf: 1.5, maxRatio: NaN },
      { sizes: [{ width: 1e9, height: 5 }, { width: '10', height: 10 }, null, 7], resolutions: ['9K'] },
      { aspectRatios: [{ width: 0, height: 1 }] },
    ])
      assert.deepEqual(parseSizeRules(bad), {}, JSON.stringify(bad));
  });
});
