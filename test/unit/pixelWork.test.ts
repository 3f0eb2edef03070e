import assert from 'node:assert/strict';
import { deflateSync } from 'node:zlib';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { PixelError, type PixelProblem, type PixelTask } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { ascii, bytesOf, png, pngChunk, uint32 } from '../support/pictureBytes.ts';
import { fileOf } from '../support/drawnPictures.ts';
import { disc, drawScene } from '../support/drawnScenes.ts';
import { modules } from '../support/codecs.ts';
import { decode, difference, encode, paint, pixelAt, randomNumbers } from '../support/pixels.ts';
import { makePng, type Rgba } from '../support/png.ts';
const work = (bytes: Uint8Array, task: Omit<PixelTask, 'bytes'> = {}) => workOn({ bytes, ...task }, modules);
const red: Rgba = [220, 30, 40, 255];
const green: Rgba = [20, 160, 60, 255];
const blue: Rgba = [30, 60, 200, 255];
const yellow: Rgba = [240, 220, 40, 255];
/** Four colours, one in each quarter, so that a turn shows. */
const quarters = paint(64, 48, (x, y) => (y < 24 ? (x < 32 ? red : green) : x < 32 ? blue : yellow));
async function problemOf(
  bytes: Uint8Array,
  task?: Omit<PixelTask, 'bytes'>,
): Promise<PixelProblem | undefined> {
  try {
    await work(bytes, task ?? { output: { format: 'png', quality: 90 } });
    return undefined;
  } catch (thrown) {
    assert.ok(thrown instanceof PixelError, String(thrown));
    return thrown.problem;
  }
}

describe('4.3 formats', () => {
  it('4.3 keeps transparency in PNG and WebP, and puts it on white in JPEG', async () => {
    const seeThrough = await encode(
      paint(32, 32, (x) => (x < 16 ? red : [0, 0, 0, 0])),
      'png',
      90,
    );
    for (const format of ['png', 'webp', 'jpeg'] as const) {
      const result = await work(seeThrough, { output: { format, quality: 95 } });
      assert.equal(result.flattened, format === 'jpeg');
      assert.equal(result.alpha, format === 'jpeg' ? 'none' : 'used');
      const there = pixelAt(await decode(result.bytes ?? new Uint8Array()), 28, 16);
      if (format === 'jpeg') assert.ok(difference(there, [255, 255, 255, 255]) <= 6, there.join());
      else assert.equal(there[3], 0);
    }
  });

  it('4.3 tells an alpha channel that nothing is seen through', async () => {
    assert.equal((await work(makePng(8, 8))).alpha, 'unused');
    assert.equal((await work(makePng(8, 8, [1, 2, 3, 100]))).alpha, 'used');
    assert.equal((await work(png())).alpha, 'none');
  });
});

describe('4.2 exact pixels', () => {
  it('4.2 delivers precisely what is wanted, cropped around the focal point and scaled down', async () => {
    const picture = await encode(
      paint(320, 200, (x) => (x < 160 ? red : blue)),
      'png',
      90,
    );
    for (const [size, crop] of [
      [
        { width: 120, height: 63 },
        { x: 0, y: 16, width: 320, height: 168 },
      ],
      [
        { width: 51, height: 51 },
        { x: 60, y: 0, width: 200, height: 200 },
      ],
      [
        { width: 192, height: 108 },
        { x: 0, y: 10, width: 320, height: 180 },
      ],
    ] as const) {
      const fit = { size, focalPoint: { x: 0.5, y: 0.5 } };
      const result = await work(picture, { fit, output: { format: 'webp', quality: 90 } });
      assert.deepEqual(result.crop, crop);
      assert.equal(result.scale, 'down');
      const facts = inspectImage(result.bytes ?? new Uint8Array());
      assert.deepEqual([facts?.width, facts?.height], [size.width, size.height]);
    }
    const left = { size: { width: 50, height: 50 }, focalPoint: { x: 0, y: 0.5 } };
    const { bytes, crop } = await work(picture, { fit: left, output: { format: 'png', quality: 90 } });
    assert.deepEqual(crop, { x: 0, y: 0, width: 200, height: 200 });
    const made = await decode(bytes ?? new Uint8Array());
    assert.ok(difference(pixelAt(made, 20, 25), red) <= 2);
    assert.ok(difference(pixelAt(made, 45, 25), blue) <= 2);
  });

  it('4.2 says when it had to enlarge, and when there was nothing to do', async () => {
    const picture = await encode(quarters, 'png', 90);
    const to = (width: number, height: number) =>
      work(picture, {
        fit: { size: { width, height }, focalPoint: { x: 0.5, y: 0.5 } },
        output: { format: 'png', quality: 90 },
      });
    assert.equal((await to(128, 96)).scale, 'up');
    assert.equal((await to(64, 40)).scale, 'none');
    assert.deepEqual((await to(64, 40)).crop, { x: 0, y: 4, width: 64, height: 40 });
  });

  it('4.2 resamples in linear light, and colours that cannot be seen do not bleed', async () => {
    const lines = await encode(
      paint(64, 64, (x) => (x % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255])),
      'png',
      90,
    );
    const fit = { size: { width: 16, height: 16 }, focalPoint: { x: 0.5, y: 0.5 } };
    const grey = await decode(
      (await work(lines, { fit, output: { format: 'png', quality: 90 } })).bytes ?? new Uint8Array(),
    );
    // Half of the light is 188 in sRGB, not 128.
    assert.ok(Math.abs(pixelAt(grey, 8, 8)[0] - 188) <= 6, String(pixelAt(grey, 8, 8)[0]));
    const hidden = await encode(
      paint(64, 64, (x) => (x < 32 ? [255, 0, 0, 255] : [0, 255, 0, 0])),
      'png',
      90,
    );
    const edge = await decode(
      (await work(hidden, { fit, output: { format: 'png', quality: 90 } })).bytes ?? new Uint8Array(),
    );
    for (let x = 0; x < 16; x++)
      assert.ok(
        pixelAt(edge, x, 8)[3] < 8 || pixelAt(edge, x, 8)[1] <= 4,
        `${x}: ${pixelAt(edge, x, 8).join()}`,
      );
  });
});

describe('4.8 bad input', () => {
  it('4.8 is refused for what it is', async () => {
    const whole = await encode(quarters, 'jpeg', 90);
    assert.equal(await problemOf(new Uint8Array()), 'unsupported');
    assert.equal(await problemOf(ascii('<svg onload="alert(1)"/>')), 'unsupported');
    assert.equal(await problemOf(whole.subarray(0, whole.length - 40)), 'damaged');
    assert.equal(await problemOf(png({ before: [pngChunk('acTL', new Uint8Array(8))] })), 'animated');
    assert.equal(await problemOf(cmyk(whole)), 'unsupported');
  });

  it('4.8 a file of 1 kB that claims 60,000 × 60,000 pixels is refused before it is decoded', async () => {
    const header = bytesOf(uint32(60_000), uint32(60_000), Uint8Array.of(8, 6, 0, 0, 0));
    const bomb = bytesOf(
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(new Uint8Array(800))),
      pngChunk('IEND', new Uint8Array()),
    );
    const before = process.memoryUsage.rss();
    assert.equal(await problemOf(bomb), 'tooLarge');
    assert.ok(process.memoryUsage.rss() - before < 200_000_000);
    assert.equal(
      await problemOf(makePng(8, 8), {
        fit: { size: { width: 16_384, height: 16_384 }, focalPoint: { x: 0, y: 0 } },
      }),
      'tooLarge',
    );
  });

  it('4.8 fuzz: 3,000 damaged pictures end in a picture or a problem, and the codecs still work after them', async function () {
    this.timeout(120_000);
    const random = randomNumbers(20_261_121);
    const seeds = [
      await encode(quarters, 'png', 90),
      await encode(quarters, 'jpeg', 90),
      await encode(quarters, 'webp', 90),
      await fileOf(quarters, 'avif'),
    ];
    const ends = new Map<string, number>();
    for (let round = 0; round < 3000; round++) {
      const bytes = new Uint8Array(seeds[round % seeds.length] ?? []);
      const changes = 1 + Math.floor(random() * 6);
      for (let change = 0; change < changes; change++)
        bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const end = (await problemOf(bytes, { output: { format: 'webp', quality: 50 } })) ?? 'picture';
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    assert.ok((ends.get('picture') ?? 0) > 100, JSON.stringify([...ends]));
    assert.ok((ends.get('damaged') ?? 0) > 100, JSON.stringify([...ends]));
    for (const seed of seeds) assert.equal(await problemOf(seed), undefined);
  });
});

/** A JPEG whose frame says that it has four components. */
function cmyk(jpeg: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(jpeg);
  const frame = bytes.findIndex(
    (value, at) => value === 0xff && [0xc0, 0xc1, 0xc2].includes(bytes[at + 1] ?? 0),
  );
  bytes[frame + 9] = 4;
  return bytes;
}

describe('4.4 a background of one colour in a file', () => {
  const key = [0, 255, 0] as const;

  it('4.4 goes through the noise of a JPEG, and the PNG that is written has the alpha it was mixed with', async () => {
    const { picture, truth } = drawScene([disc(96, 96, 60, [210, 60, 40])], {
      width: 192,
      height: 192,
      background: [6, 246, 10],
      noise: 4,
    });
    const result = await workOn(
      {
        bytes: await encode(picture, 'jpeg', 85),
        keyColour: key,
        checksTransparency: true,
        output: { format: 'png', quality: 90 },
      },
      modules,
    );
    assert.equal(result.background, 'removed');
    assert.equal(result.alpha, 'used');
    assert.deepEqual(result.transparency, { ok: true });
    assert.equal(inspectImage(result.bytes ?? new Uint8Array())?.hasAlpha, true);
    const made = await decode(result.bytes ?? new Uint8Array());
    let off = 0;
    for (let at = 3; at < truth.data.length; at += 4)
      off += Math.abs((made.data[at] ?? 0) - (truth.data[at] ?? 0));
    assert.ok(off / (192 * 192) < 1.5, String(off / (192 * 192)));
  });

  it('4.4 is left alone where the model made a transparent one all the same', async () => {
    const { truth } = drawScene([disc(32, 32, 20, [210, 60, 40])], {
      width: 64,
      height: 64,
      background: [0, 0, 0],
    });
    const bytes = await encode(truth, 'png', 90);
    const result = await workOn({ bytes, keyColour: key, checksTransparency: true }, modules);
    assert.equal(result.background, 'wasTransparent');
    assert.deepEqual(result.transparency, { ok: true });
  });
});
