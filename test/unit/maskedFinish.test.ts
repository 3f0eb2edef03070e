import assert from 'node:assert/strict';
import type { ReceivedImage } from '../../src/core/events.ts';
import { isImageGatewayError } from '../../src/core/failure.ts';
import { type Finished, finishImage } from '../../src/core/finishing.ts';
import { sha256Hex } from '../../src/core/files/sha256.ts';
import { checkMask } from '../../src/core/image/checkMask.ts';
import { encodeImage } from '../../src/core/image/codecs/encodeImage.ts';
import type { ImageFormat } from '../../src/core/image/imageFacts.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { MaskStroke } from '../../src/core/image/maskStroke.ts';
import { maskFromStrokes } from '../../src/core/image/maskStrokes.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { compareImage, receiptOf } from '../../src/core/receipt.ts';
import type { ImageRequest, ReferenceImage } from '../../src/core/request.ts';
import { modules } from '../support/codecs.ts';
import {
  displayP3,
  draw,
  fileOf,
  gammaTag,
  iccpChunk,
  matrixProfile,
  withPngChunks,
} from '../support/drawnPictures.ts';
import { decode, pixelAt, randomNumbers } from '../support/pixels.ts';
import { png, pngChunk, uint32 } from '../support/pictureBytes.ts';

const [width, height] = [48, 32];
const engine: PixelEngine = { run: (task) => workOn(task, modules) };
const never = new AbortController().signal;
const inside: MaskStroke = { tool: 'rectangle', x: 10, y: 8, width: 20, height: 12 };
const isInside = (x: number, y: number) => x >= 10 && x < 30 && y >= 8 && y < 20;

/** Noise, which nothing but a lossless format keeps; with alpha, also of the colour that cannot be seen. */
function noise(hasAlpha = false): Raster {
  const next = randomNumbers(7);
  const byte = () => Math.floor(next() * 256);
  return draw(width, height, (x) => [
    byte(),
    byte(),
    byte(),
    hasAlpha && x < 24 ? (x < 8 ? 0 : byte()) : 255,
  ]);
}

async function reference(format: ImageFormat, raster = noise()): Promise<ReferenceImage> {
  return { bytes: await fileOf(raster, format, 'png' === format ? 90 : 95), format };
}

async function maskOf(strokes: readonly MaskStroke[] = [inside]): Promise<ReferenceImage> {
  return { bytes: await maskFromStrokes(width, height, strokes), format: 'png' };
}

function received(bytes: Uint8Array): ReceivedImage {
  const facts = inspectImage(bytes);
  assert.ok(facts);
  return { bytes, facts };
}

/** An edit that came: all of one colour, in a size and a format of its own. */
async function edit(side = 64, format: ImageFormat = 'png'): Promise<ReceivedImage> {
  return received(
    await fileOf(
      draw(side, side, () => [10, 200, 30, 255]),
      format,
    ),
  );
}

async function requestFor(original: ReferenceImage, more: Partial<ImageRequest> = {}): Promise<ImageRequest> {
  return { prompt: 'a hat', model: 'm', references: [original], mask: await maskOf(), ...more };
}

async function outsideDiffers({ image }: Finished, original: ReferenceImage): Promise<number> {
  const [now, then] = [await decode(image.bytes), await decode(original.bytes)];
  assert.deepEqual([now.width, now.height], [width, height]);
  let most = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (isInside(x, y)) continue;
      const [one, other] = [pixelAt(now, x, y), pixelAt(then, x, y)];
      for (let part = 0; part < 4; part++) most = Math.max(most, Math.abs(one[part]! - other[part]!));
    }
  return most;
}

const codes = ({ notices }: Finished) => notices.map(({ code }) => code);

describe('5.3 an edit with a mask, as it is saved', () => {
  for (const format of ['png', 'webp'] as const) {
    for (const hasAlpha of [false, true]) {
      it(`5.3 has the original’s size and format, and outside its pixels to the last bit: ${format}${hasAlpha ? ', seen through' : ''}`, async () => {
        const original = await reference(format, noise(hasAlpha));
        const done = await finishImage(await edit(), await requestFor(original), engine, never);
        assert.equal(done.image.facts.format, format);
        assert.equal(await outsideDiffers(done, original), 0);
        assert.deepEqual(pixelAt(await decode(done.image.bytes), 20, 14), [10, 200, 30, 255]);
        assert.deepEqual(
          codes(done),
          format === 'png' ? ['outsideRestored'] : ['outsideRestored', 'converted'],
        );
        assert.match(done.notices[0]!.message, /64×64 came and was scaled to its size/);
      });
    }
  }

  it('5.3 a JPEG is told not to be exact, and is as near as JPEG comes', async () => {
    const raster = draw(width, height, (x, y) => [x * 5, y * 7, 90, 255]);
    const original = await reference('jpeg', raster);
    const done = await finishImage(await edit(48), await requestFor(original), engine, never);
    assert.equal(done.image.facts.format, 'jpeg');
    assert.deepEqual(codes(done), ['outsideNotExact', 'converted']);
    assert.match(done.notices[0]!.message, /not to the last bit: JPEG keeps no pixel exactly/);
    const differs = await outsideDiffers(done, original);
    assert.ok(differs > 0 && differs < 40, String(differs));
  });

  it('5.3 is written in the format that is asked for, an AVIF as PNG where none is', async () => {
    const original = await reference('jpeg', noise());
    const asked = await finishImage(
      await edit(),
      await requestFor(original, { outputFormat: 'webp' }),
      engine,
      never,
    );
    assert.equal(asked.image.facts.format, 'webp');
    assert.equal(await outsideDiffers(asked, original), 0);
    const avif = await reference('avif', noise());
    const done = await finishImage(await edit(), await requestFor(avif), engine, never);
    assert.equal(done.image.facts.format, 'png');
    assert.equal(await outsideDiffers(done, avif), 0);
  });

  it('5.3 tells where the original’s colours had to be converted', async () => {
    const { bytes } = await reference('png');
    const profile = matrixProfile(displayP3, gammaTag(2.2));
    const original: ReferenceImage = { bytes: withPngChunks(bytes, iccpChunk(profile)), format: 'png' };
    const done = await finishImage(await edit(48), await requestFor(original), engine, never);
    assert.deepEqual(codes(done), ['outsideNotExact', 'converted']);
    assert.match(done.notices[0]!.message, /other colours than 8-bit sRGB/);
  });

  it('5.3 stays as it came where the original cannot be put back, and says that it may have changed outside', async () => {
    const animated = png({ before: [pngChunk('acTL', Uint8Array.of(...uint32(2), ...uint32(0)))] });
    const whole = await reference('png');
    const damaged = whole.bytes.slice();
    damaged.fill(0, 60, damaged.length - 20);
    const came = await edit();
    for (const [bytes, why] of [
      [animated, /its mask or the edit is animated/],
      [damaged, /its mask or the edit is damaged/],
    ] as const) {
      const done = await finishImage(came, await requestFor({ bytes, format: 'png' }), engine, never);
      assert.deepEqual(done.image.bytes, came.bytes);
      assert.deepEqual(codes(done), ['notConverted']);
      assert.match(done.notices[0]!.message, /outside the mask may have changed/);
      assert.match(done.notices[0]!.message, why);
      assert.match(done.notices[0]!.message, /saved as it came, 64×64 PNG/);
    }
  });

  it('5.3 the receipt tells both sizes, and that another one was asked for', async () => {
    const size = { width: 64, height: 64 };
    const request = await requestFor(await reference('png'), { size });
    const { image } = await finishImage(await edit(), request, engine, never);
    const row = receiptOf(request, {}, [image]).find(({ topic }) => topic === 'size');
    assert.deepEqual(row, { topic: 'size', asked: '64×64', came: '64×64', saved: '48×32', differs: true });
    assert.deepEqual(compareImage(request, image), [
      {
        code: 'sizeDiffers',
        message: '64×64 was asked for, but an edit with a mask keeps its original’s size, 48×32.',
      },
    ]);
  });
});

describe('5.3 a lossless WebP', () => {
  it('5.3 keeps six megapixels of noise to the last bit, which more effort of the encoder does not', async () => {
    const raster = draw(3072, 2048, () => [0, 0, 0, 255]);
    const next = randomNumbers(3);
    for (let at = 0; at < raster.data.length; at++) if (at % 4 !== 3) raster.data[at] = next() * 256;
    const { bytes } = await encodeImage(raster, 'webp', modules, 'lossless');
    const hash = (one: Raster) => sha256Hex(new Uint8Array(one.data.buffer));
    assert.equal(await hash(await decode(bytes)), await hash(raster));
  });
});

describe('5.3 a mask before it is sent', () => {
  const refusal = async (mask: ReferenceImage, original: ReferenceImage) => {
    const thrown = await checkMask(mask, original, engine, never).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(isImageGatewayError(thrown));
    assert.equal(thrown.code, 'invalidArguments');
    return thrown.message;
  };

  it('5.3 is put into words', async () => {
    const words = await checkMask(await maskOf(), await reference('png'), engine, never);
    assert.match(words, /^the area from 20 % to 6\d % of the width and 25 % to 6\d % of the height/);
  });

  it('5.3 is refused where it marks nothing, has another size, or cannot be read', async () => {
    const original = await reference('png');
    assert.match(await refusal(await maskOf([]), original), /marks nothing/);
    const opaque = await reference('jpeg');
    assert.match(await refusal(opaque, original), /marks nothing/);
    const small: ReferenceImage = { bytes: await maskFromStrokes(9, 9, [inside]), format: 'png' };
    assert.match(await refusal(small, original), /has 9×9 pixels, but the image that it is for has 48×32/);
    const damaged = (await maskOf()).bytes.slice();
    damaged.fill(0, 60, damaged.length - 20);
    assert.match(await refusal({ bytes: damaged, format: 'png' }, original), /cannot be read/);
    assert.match(await refusal({ bytes: new Uint8Array(9), format: 'png' }, original), /no image/);
  });
});
