import assert from 'node:assert/strict';
import { inspectImage } from '../../src/core/image/inspect.ts';
import type { PixelEngine } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import { makeThumbnail } from '../../src/core/image/thumbnail.ts';
import { mostThumbnailBytes } from '../../src/core/history/thumbnails.ts';
import { modules } from '../support/codecs.ts';
import { fileOf } from '../support/drawnPictures.ts';
import { decode, difference, encode, paint, pixelAt, randomNumbers } from '../support/pixels.ts';

const engine: PixelEngine = { run: (task) => workOn(task, modules) };
const { signal } = new AbortController();
const thumbnailOf = (bytes: Uint8Array) => makeThumbnail(bytes, engine, signal);
const halves = (width: number, height: number) =>
  paint(width, height, (x) => (x < width / 2 ? [220, 30, 40, 255] : [0, 0, 0, 0]));

describe('5.4 a thumbnail', () => {
  it('5.4 has at most 256 pixels on its longer side, whole and in shape', async () => {
    for (const [width, height, expected] of [
      [1024, 768, [256, 192]],
      [300, 900, [85, 256]],
      [256, 256, [256, 256]],
      [2000, 2, [256, 1]],
    ] as const) {
      const { bytes, ...said } = await thumbnailOf(await encode(halves(width, height), 'png', 90));
      assert.deepEqual([said.width, said.height, said.mediaType], [...expected, 'image/webp']);
      const facts = inspectImage(bytes);
      assert.deepEqual([facts?.width, facts?.height, facts?.format], [...expected, 'webp']);
    }
  });

  it('5.4 is never larger than its picture', async () => {
    const { width, height } = await thumbnailOf(await encode(halves(40, 20), 'png', 90));
    assert.deepEqual([width, height], [40, 20]);
  });

  it('5.4 shows the picture with its alpha, of every format', async () => {
    const seeThrough = await decode((await thumbnailOf(await encode(halves(800, 400), 'png', 90))).bytes);
    assert.ok(difference(pixelAt(seeThrough, 60, 60), [220, 30, 40, 255]) < 12);
    assert.equal(pixelAt(seeThrough, 200, 60)[3], 0);
    const opaque = paint(600, 600, () => [30, 60, 200, 255]);
    for (const format of ['jpeg', 'webp', 'avif'] as const) {
      const { bytes } = await thumbnailOf(await fileOf(opaque, format));
      assert.ok(difference(pixelAt(await decode(bytes), 100, 100), [30, 60, 200, 255]) < 12, format);
    }
  });

  it('5.4 fits its place in the history even of noise', async () => {
    const random = randomNumbers(1);
    const byte = () => Math.floor(random() * 256);
    const noise = paint(256, 256, () => [byte(), byte(), byte(), byte()]);
    const { bytes } = await thumbnailOf(await encode(noise, 'png', 90));
    assert.ok(bytes.length < mostThumbnailBytes, String(bytes.length));
  });

  it('5.4 fails as a picture that cannot be worked on fails', async () => {
    await assert.rejects(thumbnailOf(new Uint8Array(10)), { name: 'PixelError', problem: 'unsupported' });
  });
});
