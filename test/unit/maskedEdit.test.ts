import assert from 'node:assert/strict';
import { composeMaskedEdit } from '../../src/core/image/maskedEdit.ts';
import { describeRegion, regionsOf } from '../../src/core/image/maskRegion.ts';
import type { MaskStroke } from '../../src/core/image/maskStroke.ts';
import { drawMask, maskFromStrokes } from '../../src/core/image/maskStrokes.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { PixelError, type PixelTask } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { modules } from '../support/codecs.ts';
import { decode, encode, paint, pixelAt, randomNumbers } from '../support/pixels.ts';

const random = randomNumbers(5);
const byte = () => Math.floor(random() * 256);
/** Every channel at random, so that nothing survives by accident: unseen colours too. */
const noise = (width: number, height: number) => paint(width, height, () => [byte(), byte(), byte(), byte()]);
const flat = (width: number, height: number) => paint(width, height, () => [10, 200, 30, 255]);
const rectangle = (x: number, y: number, width: number, height: number): MaskStroke => ({
  ...{ tool: 'rectangle', x, y, width, height },
});
const brush = (radius: number, ...places: readonly (readonly [number, number])[]): MaskStroke => ({
  ...{ tool: 'brush', radius, points: places.map(([x, y]) => ({ x, y })) },
});
const erased = (stroke: MaskStroke): MaskStroke =>
  stroke.tool === 'brush' ? { ...stroke, tool: 'eraser' } : stroke;
const copy = (raster: Raster): Raster => ({ ...raster, data: raster.data.slice() });
const alphaAt = (raster: Raster, x: number, y: number) => pixelAt(raster, x, y)[3];
const work = (task: PixelTask) => workOn(task, modules);

/** Part of the mask that is open, in pixels. */
function openArea({ data }: Raster): number {
  let sum = 0;
  for (let at = 3; at < data.length; at += 4) sum += 1 - data[at]! / 255;
  return sum;
}

async function problemOf(task: PixelTask): Promise<string | undefined> {
  return work(task).then(
    () => undefined,
    (thrown: unknown) => (thrown instanceof PixelError ? thrown.problem : String(thrown)),
  );
}

describe('5.3 a masked edit', () => {
  it('5.3 leaves every pixel outside the mask as it was, to the last bit, and takes the edit’s inside', () => {
    const original = noise(40, 30);
    const before = copy(original);
    const edited = noise(40, 30);
    const mask = drawMask(40, 30, [rectangle(10, 5, 12, 9)]);
    const composed = composeMaskedEdit(original, edited, mask);
    for (let y = 0; y < 30; y++)
      for (let x = 0; x < 40; x++) {
        const isInside = x >= 10 && x < 22 && y >= 5 && y < 14;
        assert.deepEqual(pixelAt(composed, x, y), pixelAt(isInside ? edited : before, x, y), `${x},${y}`);
      }
  });

  it('5.3 mixes both where the mask is partly transparent, premultiplied', () => {
    const mask = paint(4, 1, (x) => [0, 0, 0, [255, 128, 64, 0][x]!]);
    const opaque = composeMaskedEdit(
      paint(4, 1, () => [200, 0, 0, 255]),
      paint(4, 1, () => [0, 100, 0, 255]),
      mask,
    );
    assert.deepEqual(
      [pixelAt(opaque, 0, 0), pixelAt(opaque, 3, 0)],
      [
        [200, 0, 0, 255],
        [0, 100, 0, 255],
      ],
    );
    assert.deepEqual(pixelAt(opaque, 1, 0), [100, 50, 0, 255]);
    assert.deepEqual(pixelAt(opaque, 2, 0), [50, 75, 0, 255]);
    const unseen = composeMaskedEdit(
      paint(4, 1, () => [200, 10, 20, 255]),
      paint(4, 1, () => [0, 255, 0, 0]),
      mask,
    );
    // The colour of what cannot be seen does not bleed in.
    assert.deepEqual(pixelAt(unseen, 1, 0), [200, 10, 20, 128]);
  });

  it('5.3 keeps the original’s size where the edit came in another', () => {
    const original = noise(60, 40);
    const before = copy(original);
    const edited = paint(96, 64, (_, y) => (y < 32 ? [10, 200, 30, 255] : [200, 10, 30, 255]));
    const composed = composeMaskedEdit(original, edited, drawMask(60, 40, [rectangle(30, 0, 30, 40)]));
    assert.deepEqual([composed.width, composed.height], [60, 40]);
    assert.deepEqual(pixelAt(composed, 45, 10), [10, 200, 30, 255]);
    assert.deepEqual(pixelAt(composed, 45, 30), [200, 10, 30, 255]);
    assert.deepEqual(pixelAt(composed, 29, 20), pixelAt(before, 29, 20));
  });

  it('5.3 is done by the pixel engine: PNG in, PNG out, byte for byte outside, the size kept', async () => {
    const original = noise(64, 48);
    const mask = await maskFromStrokes(64, 48, [brush(9, [32, 24])]);
    const bytes = await encode(flat(128, 96), 'png', 90);
    const restoreOutside = { original: await encode(original, 'png', 90), mask };
    const result = await work({ bytes, restoreOutside, output: { format: 'png', quality: 90 } });
    assert.deepEqual([result.decoded, result.scale], [{ width: 128, height: 96 }, 'down']);
    const composed = await decode(result.bytes!);
    let outside = 0;
    const opened = await decode(mask);
    for (let y = 0; y < 48; y++)
      for (let x = 0; x < 64; x++) {
        if (alphaAt(opened, x, y) !== 255) continue;
        outside++;
        assert.deepEqual(pixelAt(composed, x, y), pixelAt(original, x, y));
      }
    assert.ok(outside > 2000 && outside < 64 * 48 - 200, String(outside));
    assert.deepEqual(pixelAt(composed, 32, 24), [10, 200, 30, 255]);
  });

  it('5.3 refuses a mask of another size, and files that are no pictures', async () => {
    const [small, large] = [await encode(flat(8, 8), 'png', 90), await encode(flat(9, 8), 'png', 90)];
    const task = (original: Uint8Array, mask: Uint8Array): PixelTask => ({
      bytes: small,
      restoreOutside: { original, mask },
      output: { format: 'png', quality: 90 },
    });
    assert.equal(await problemOf(task(small, large)), 'unsupported');
    assert.equal(await problemOf(task(new Uint8Array(9), small)), 'unsupported');
    assert.equal(await problemOf(task(small, small.subarray(0, 60))), 'damaged');
    assert.equal(await problemOf(task(small, small)), undefined);
    // 49 megapixels: fewer than one picture alone may have, and more than four beside each other.
    const claims = small.slice();
    new DataView(claims.buffer).setUint32(16, 7000);
    new DataView(claims.buffer).setUint32(20, 7000);
    assert.equal(await problemOf(task(claims, small)), 'tooLarge');
  });
});

describe('5.3 a mask', () => {
  it('5.3 is transparent where a brush went, opaque elsewhere, and an eraser closes it, in their order', () => {
    const line = brush(6, [20, 20], [80, 20]);
    const mask = drawMask(100, 40, [line, erased(brush(8, [50, 20])), brush(2, [50, 20])]);
    assert.deepEqual(pixelAt(mask, 0, 0), [0, 0, 0, 255]);
    for (const [x, y, alpha] of [
      [20, 20, 0],
      [15, 20, 0],
      [13, 20, 255],
      [30, 25, 0],
      [30, 27, 255],
      [46, 20, 255],
      [50, 20, 0],
      [70, 15, 0],
      [84, 20, 0],
    ] as const)
      assert.equal(alphaAt(mask, x, y), alpha, `${x},${y}`);
  });

  it('5.3 has the area that was drawn, with edges smoothed over one pixel', () => {
    const dot = drawMask(100, 100, [brush(30, [50.3, 49.6])]);
    assert.ok(Math.abs(openArea(dot) - Math.PI * 900) < 3, String(openArea(dot)));
    const slanted = drawMask(200, 200, [brush(10, [30, 30], [130, 110])]);
    const expected = Math.PI * 100 + 20 * Math.hypot(100, 80);
    assert.ok(Math.abs(openArea(slanted) - expected) < 5, `${openArea(slanted)} ${expected}`);
    assert.ok(Math.abs(openArea(drawMask(50, 50, [rectangle(10.25, 10.5, 20.5, 5)])) - 102.5) < 1);
    const soft = [...dot.data].filter((value, at) => at % 4 === 3 && value > 0 && value < 255).length;
    assert.ok(soft > 100 && soft < 400, String(soft));
  });

  it('5.3 counts a stroke once where it crosses itself', () => {
    const line = drawMask(100, 100, [brush(5.5, [20, 50.2], [80, 60])]);
    const thrice = drawMask(100, 100, [brush(5.5, [20, 50.2], [80, 60], [20, 50.2], [80, 60])]);
    assert.ok(line.data.some((value) => value > 0 && value < 255));
    assert.deepEqual(thrice.data, line.data);
  });

  it('5.3 is cut at the picture’s edge, whatever leads beyond it', () => {
    const mask = drawMask(20, 10, [
      brush(5, [-1000, 5], [1000, 5]),
      rectangle(-50, -50, 20, 20),
      rectangle(18, 8, 100, 100),
      brush(3, [-20, -20]),
    ]);
    assert.equal(openArea(mask), 20 * 10);
    assert.equal(openArea(drawMask(20, 10, [rectangle(500, 500, 1, 1)])), 0);
  });

  it('5.3 is a PNG with an alpha channel, also where nothing was drawn', async () => {
    for (const strokes of [[], [brush(3, [5, 5])]]) {
      const facts = inspectImage(await maskFromStrokes(31, 17, strokes));
      assert.deepEqual([facts?.format, facts?.width, facts?.height, facts?.hasAlpha], ['png', 31, 17, true]);
    }
  });

  it('5.3 is drawn by the pixel engine in the size of its picture, and put into words', async () => {
    const bytes = await encode(flat(200, 100), 'jpeg', 80);
    const maskStrokes = [rectangle(24, 30, 72, 50)];
    const output = { format: 'png', quality: 90 } as const;
    const drawn = await work({ bytes, maskStrokes, describesMask: true, output });
    assert.deepEqual(new Uint8Array(drawn.bytes!), await maskFromStrokes(200, 100, maskStrokes));
    assert.equal(
      drawn.maskRegion,
      'the area from 12 % to 48 % of the width and 30 % to 80 % of the height (left middle)',
    );
    const read = await work({ bytes: drawn.bytes!, describesMask: true });
    assert.deepEqual([read.maskRegion, read.bytes], [drawn.maskRegion, undefined]);
    const empty = await work({ bytes, maskStrokes: [], describesMask: true, output });
    assert.equal(empty.maskRegion, undefined);
    assert.equal(inspectImage(empty.bytes!)?.hasAlpha, true);
  });

  it('5.3 refuses strokes that are none, and more of them than can be drawn', () => {
    const point = { x: 1, y: 1 };
    for (const stroke of [
      { tool: 'brush', radius: 0, points: [point] },
      { tool: 'brush', radius: NaN, points: [point] },
      { tool: 'brush', radius: 1e9, points: [point] },
      { tool: 'brush', radius: 1, points: [] },
      { tool: 'eraser', radius: 1, points: [{ x: Infinity, y: 0 }] },
      { tool: 'rectangle', x: 0, y: 0, width: -1, height: 5 },
      { tool: 'rectangle', x: NaN, y: 0, width: 1, height: 5 },
    ] as const)
      assert.throws(() => drawMask(10, 10, [stroke]), { name: 'CodecError', reason: 'unsupported' });
    const scribble = brush(
      4000,
      ...Array.from({ length: 15_000 }, (_, at) => [at % 7000, at % 6000] as const),
    );
    const all = Array.from({ length: 200 }, () => rectangle(0, 0, 8000, 8000));
    const many = Array.from({ length: 6000 }, () => rectangle(0, 0, 1, 1));
    for (const strokes of [[scribble], all, many])
      assert.throws(() => drawMask(8000, 8000, strokes), { reason: 'tooLarge' });
    assert.throws(() => drawMask(60_000, 60_000, []), { reason: 'tooLarge' });
  });
});

describe('5.3 a region in words', () => {
  const described = (...strokes: MaskStroke[]) => describeRegion(drawMask(200, 100, strokes));

  it('5.3 says where it is, in percent and by its place', () => {
    assert.equal(
      described(rectangle(150, 70, 50, 30)),
      'the area from 75 % to 100 % of the width and 70 % to 100 % of the height (right bottom)',
    );
    assert.equal(
      described(rectangle(80, 0, 40, 20)),
      'the area from 40 % to 60 % of the width and 0 % to 20 % of the height (centre top)',
    );
    assert.match(described(rectangle(80, 40, 40, 20)) ?? '', /\(centre\)$/);
    assert.equal(described(rectangle(0, 0, 200, 100)), 'the whole picture');
    assert.equal(described(), undefined);
  });

  it('5.3 does not call a frame the whole picture', () => {
    const frame = [
      rectangle(0, 0, 200, 10),
      rectangle(0, 90, 200, 10),
      rectangle(0, 0, 10, 100),
      rectangle(190, 0, 10, 100),
    ];
    assert.match(described(...frame) ?? '', /^the area from 0 % to 100 %/);
  });

  it('5.3 names areas apart from each other one by one, the largest first, and many as one', () => {
    assert.equal(
      described(rectangle(0, 0, 20, 10), rectangle(100, 50, 100, 50)),
      'the areas from 50 % to 100 % of the width and 50 % to 100 % of the height (right bottom) and from 0 % to 10 % of the width and 0 % to 10 % of the height (left top)',
    );
    const dots = Array.from({ length: 7 }, (_, at) => brush(4, [15 + at * 25, 50]));
    assert.match(
      described(...dots) ?? '',
      /^several places within the area from 5 % to 85 % of the width and 46 % to 54 % /,
    );
  });

  it('5.3 finds regions in pictures of any size', () => {
    for (const [width, height] of [
      [1, 1],
      [3, 500],
      [99, 101],
      [1000, 7],
    ] as const) {
      const mask = paint(width, height, () => [0, 0, 0, 0]);
      assert.deepEqual(regionsOf(mask), [{ left: 0, right: 100, top: 0, bottom: 100 }]);
    }
  });
});
