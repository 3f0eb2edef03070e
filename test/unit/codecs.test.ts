import assert from 'node:assert/strict';
import { decodeImage } from '../../src/core/image/codecs/decodeImage.ts';
import { encodeImage } from '../../src/core/image/codecs/encodeImage.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { modules } from '../support/codecs.ts';
import { draw, fileOf, gradient, greatestDifference, pixelOf, pngOfRows } from '../support/drawnPictures.ts';
import { ascii, bytesOf, pngChunk } from '../support/pictureBytes.ts';

const inputs = ['png', 'jpeg', 'webp', 'avif'] as const;
const outputs = ['png', 'jpeg', 'webp'] as const;
const convert = async (source: Uint8Array, to: (typeof outputs)[number]) =>
  encodeImage((await decodeImage(source, modules)).raster, to, modules, 95);

describe('4.3 formats: PNG, JPEG, WebP and AVIF in, PNG, JPEG and WebP out', () => {
  for (const from of inputs) {
    for (const to of outputs) {
      it(`4.3 turns ${from} into ${to} and keeps the picture`, async () => {
        const drawn = gradient(61, 43);
        const source = await fileOf(drawn, from);
        const result = await convert(source, to);
        const facts = inspectImage(result.bytes);
        assert.deepEqual(
          [facts?.format, facts?.width, facts?.height, facts?.complete, facts?.hasAlpha],
          [to, 61, 43, true, false],
        );
        const { raster } = await decodeImage(result.bytes, modules);
        const tolerance = from === 'png' && to === 'png' ? 0 : 16;
        const difference = greatestDifference(drawn, raster);
        assert.ok(difference <= tolerance, `differs by ${difference}`);
      });
    }

    if (from === 'jpeg') continue;
    it(`4.3 keeps the alpha of ${from}; JPEG lays it onto white and says so`, async () => {
      const drawn = gradient(64, 24, true);
      const source = await fileOf(drawn, from);
      for (const to of outputs) {
        const result = await convert(source, to);
        const { raster } = await decodeImage(result.bytes, modules);
        assert.equal(result.hasAlpha, to !== 'jpeg', to);
        assert.equal(result.flattened, to === 'jpeg', to);
        assert.equal(inspectImage(result.bytes)?.hasAlpha, to !== 'jpeg', to);
        const [, , , alpha] = pixelOf(raster, 48, 12);
        assert.ok(Math.abs(alpha - (to === 'jpeg' ? 255 : 64)) <= 4, `${to}: ${alpha}`);
        // 48 of 64: three quarters red, a quarter of it seen.
        const [red] = pixelOf(raster, 48, 12);
        const expected = to === 'jpeg' ? 255 - (255 - 191) * 0.25 : 191;
        assert.ok(Math.abs(red - expected) <= 18, `${to}: red ${red}`);
      }
    });
  }

  it('4.3 writes PNG without loss, alpha and unseen colours included', async () => {
    let seed = 7;
    const drawn = draw(37, 29, () => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      return [seed & 255, (seed >> 8) & 255, (seed >> 16) & 255, (seed >> 20) & 255];
    });
    const { bytes } = await encodeImage(drawn, 'png', modules);
    const { raster } = await decodeImage(bytes, modules);
    assert.deepEqual(Buffer.from(raster.data), Buffer.from(drawn.data));
  });

  it('4.3 writes smaller files for lower quality', async () => {
    const drawn = gradient(160, 120);
    for (const format of ['jpeg', 'webp'] as const) {
      const sizes = [];
      for (const quality of [20, 60, 95]) {
        sizes.push((await encodeImage(drawn, format, modules, quality)).bytes.length);
      }
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => a - b),
        format,
      );
      assert.ok(sizes[0]! < sizes[2]!, format);
    }
    for (const quality of [0, 101, NaN]) {
      await assert.rejects(encodeImage(drawn, 'jpeg', modules, quality), RangeError);
    }
  });

  it('4.3 refuses sides that a format has no numbers for', async () => {
    await assert.rejects(
      encodeImage(
        draw(16_384, 1, () => [0, 0, 0, 255]),
        'webp',
        modules,
      ),
      {
        name: 'CodecError',
        reason: 'tooLarge',
      },
    );
    await assert.rejects(
      encodeImage(
        draw(65_501, 1, () => [0, 0, 0, 255]),
        'jpeg',
        modules,
      ),
      {
        name: 'CodecError',
        reason: 'tooLarge',
      },
    );
  });

  it('4.3 leaves out what follows the picture', async () => {
    const drawn = gradient(20, 10);
    for (const format of inputs) {
      const source = bytesOf(await fileOf(drawn, format), ascii('<script>'));
      assert.ok(greatestDifference((await decodeImage(source, modules)).raster, drawn) <= 16, format);
    }
  });
});

describe('4.3 PNG in every form', () => {
  const size = { width: 4, height: 2 };
  const decode = async (...parts: Parameters<typeof pngOfRows>) =>
    (await decodeImage(pngOfRows(...parts), modules)).raster;

  it('4.3 cuts 16 bits to 8', async () => {
    const row = Uint8Array.from({ length: 4 * 8 }, (_, index) => (index % 2 === 0 ? index * 8 : 0x77));
    const raster = await decode(size, { bits: 16, colourType: 6 }, [row, row]);
    const expected = Array.from({ length: 16 }, (_, index) => index * 16);
    for (const [index, value] of expected.entries()) assert.ok(Math.abs(raster.data[index]! - value) <= 1);
  });

  it('4.3 reads palettes with transparent entries', async () => {
    const palette = pngChunk('PLTE', Uint8Array.of(10, 20, 30, 200, 100, 50, 1, 2, 3, 255, 255, 255));
    const alphas = pngChunk('tRNS', Uint8Array.of(255, 128));
    const raster = await decode(
      size,
      { bits: 2, colourType: 3 },
      [Uint8Array.of(0b00011011), Uint8Array.of(0)],
      [palette, alphas],
    );
    assert.deepEqual(
      [0, 1, 2, 3].map((x) => pixelOf(raster, x, 0)),
      [
        [10, 20, 30, 255],
        [200, 100, 50, 128],
        [1, 2, 3, 255],
        [255, 255, 255, 255],
      ],
    );
  });

  it('4.3 reads greys of 1, 8 and 16 bits, with alpha and with a transparent grey', async () => {
    const oneBit = await decode(size, { bits: 1, colourType: 0 }, [
      Uint8Array.of(0b01010000),
      Uint8Array.of(0),
    ]);
    assert.deepEqual(
      [0, 1].map((x) => pixelOf(oneBit, x, 0)),
      [
        [0, 0, 0, 255],
        [255, 255, 255, 255],
      ],
    );
    const grey = Uint8Array.of(7, 77, 177, 255);
    const keyed = await decode(
      size,
      { bits: 8, colourType: 0 },
      [grey, grey],
      [pngChunk('tRNS', Uint8Array.of(0, 77))],
    );
    assert.deepEqual(
      [0, 1].map((x) => pixelOf(keyed, x, 0)),
      [
        [7, 7, 7, 255],
        [77, 77, 77, 0],
      ],
    );
    const withAlpha = Uint8Array.of(9, 90, 8, 80, 7, 70, 6, 60);
    const alpha = await decode(size, { bits: 8, colourType: 4 }, [withAlpha, withAlpha]);
    assert.deepEqual(pixelOf(alpha, 1, 1), [8, 8, 8, 80]);
    const deep = Uint8Array.of(0x80, 0, 0x40, 0, 0xff, 0xff, 0, 0);
    assert.deepEqual(
      pixelOf(await decode(size, { bits: 16, colourType: 0 }, [deep, deep]), 1, 0),
      [64, 64, 64, 255],
    );
  });
});

describe('4.3 JPEG beyond a megapixel is encoded in strips', () => {
  // Photographic noise on a smooth picture: many different symbols in every strip.
  let seed = 3;
  const noisy = (width: number, height: number) =>
    draw(width, height, (x, y) => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
      const noise = (seed >> 16) & 15;
      return [
        (x * 200) / width + noise,
        (y * 200) / height + noise,
        100 + 60 * Math.sin(x / 30) + noise,
        255,
      ];
    });

  for (const [width, height, quality] of [
    [1501, 1009, 30],
    [1501, 1009, 85],
    [16_001, 90, 95],
    [97, 12_001, 85],
  ] as const) {
    it(`4.3 joins them to one whole picture: ${width}×${height} at quality ${quality}`, async () => {
      const drawn = noisy(width, height);
      const { bytes } = await encodeImage(drawn, 'jpeg', modules, quality);
      const facts = inspectImage(bytes);
      assert.deepEqual([facts?.width, facts?.height, facts?.complete], [width, height, true]);
      // libjpeg's warnings count as damage, so a fault in any code of any strip would show.
      const { raster } = await decodeImage(bytes, modules);
      let sum = 0;
      for (let at = 0; at < drawn.data.length; at++) sum += Math.abs(drawn.data[at]! - raster.data[at]!);
      const mean = sum / drawn.data.length;
      assert.ok(mean < (quality === 30 ? 5 : 3), `mean difference ${mean}`);
    });
  }

  it('4.3 they are as small as the file in one piece', async () => {
    const drawn = noisy(1024, 1024);
    const whole = (await encodeImage(drawn, 'jpeg', modules, 85)).bytes.length;
    const tall = { ...noisy(1024, 2048) };
    const strips = (await encodeImage(tall, 'jpeg', modules, 85)).bytes.length;
    assert.ok(strips < whole * 2 * 1.1, `${strips} beside twice ${whole}`);
  });
});
