import assert from 'node:assert/strict';
import { cropRaster, resizeRaster } from '../../src/core/image/codecs/resize.ts';
import {
  draw,
  gradient,
  greatestDifference,
  pixelOf,
  quarters,
  quartersOf,
} from '../support/drawnPictures.ts';

describe('4.2 exact pixels: cropping and resampling', () => {
  it('4.2 has exactly the size asked for, whatever the ratio', () => {
    const drawn = gradient(97, 61);
    for (const [width, height] of [
      [1, 1],
      [96, 61],
      [97, 60],
      [13, 200],
      [300, 7],
      [194, 122],
      [640, 1],
    ] as const) {
      const { data, ...size } = resizeRaster(drawn, width, height);
      assert.deepEqual([size, data.length], [{ width, height }, width * height * 4]);
    }
    assert.equal(resizeRaster(drawn, 97, 61), drawn);
  });

  it('4.2 keeps one colour one colour, opaque and half transparent', () => {
    for (const colour of [
      [200, 100, 50, 255],
      [10, 250, 128, 128],
      [255, 255, 255, 255],
    ] as const) {
      const drawn = draw(50, 40, () => colour);
      for (const [width, height] of [
        [7, 5],
        [33, 90],
        [50, 1],
      ] as const) {
        const difference = greatestDifference(
          resizeRaster(drawn, width, height),
          draw(width, height, () => colour),
        );
        assert.ok(difference <= 1, `${colour.join()} at ${width}×${height}: ${difference}`);
      }
    }
  });

  it('4.2 keeps everything in its place, and a smooth picture smooth', () => {
    assert.deepEqual(quartersOf(resizeRaster(quarters(96, 64), 24, 16)), quartersOf(quarters(24, 16)));
    for (const [width, height] of [
      [64, 48],
      [512, 384],
    ] as const) {
      const resized = resizeRaster(gradient(256, 192), width, height);
      for (const [x, y] of [
        [0.25, 0.25],
        [0.5, 0.75],
        [0.75, 0.5],
      ] as const) {
        const [red, green, blue] = pixelOf(resized, width * x, height * y);
        assert.ok(
          Math.abs(red - 255 * x) <= 4 && Math.abs(green - 255 * y) <= 4 && Math.abs(blue - 128) <= 1,
        );
      }
    }
  });

  it('4.2 makes pictures smaller in linear light: black and white lines become the grey of half the light', () => {
    const lines = draw(128, 128, (x) => (x % 2 === 0 ? [0, 0, 0, 255] : [255, 255, 255, 255]));
    const [red] = pixelOf(resizeRaster(lines, 32, 32), 16, 16);
    // sRGB of linear 0.5 is 188; on stored values it would be 128.
    assert.ok(Math.abs(red - 188) <= 3, `${red}`);
  });

  it('4.2 lets no unseen colour bleed into the seen', () => {
    const drawn = draw(64, 64, (x) => (x < 32 ? [255, 0, 0, 255] : [0, 255, 0, 0]));
    const resized = resizeRaster(drawn, 13, 13);
    for (let x = 0; x < 13; x++) {
      const [red, green, , alpha] = pixelOf(resized, x, 6);
      if (alpha > 8) assert.ok(red > 245 && green < 10, `${red} ${green} at alpha ${alpha}`);
    }
  });

  it('4.2 crops to the pixel and refuses a part outside', () => {
    const drawn = gradient(30, 20, true);
    const part = cropRaster(drawn, { x: 3, y: 5, width: 11, height: 7 });
    assert.deepEqual([part.width, part.height], [11, 7]);
    assert.deepEqual(pixelOf(part, 10, 6), pixelOf(drawn, 13, 11));
    for (const wrong of [
      { x: 20, y: 0, width: 11, height: 1 },
      { x: -1, y: 0, width: 5, height: 5 },
      { x: 0.5, y: 0, width: 5, height: 5 },
      { x: 0, y: 0, width: 0, height: 5 },
      { x: NaN, y: 0, width: 5, height: 5 },
    ]) {
      assert.throws(() => cropRaster(drawn, wrong), RangeError);
    }
  });

  it('4.2 refuses sides that are none, and more pixels than allowed', () => {
    for (const side of [0, -5, 1.5, NaN, Infinity])
      assert.throws(() => resizeRaster(gradient(4, 4), side, 4), RangeError);
    assert.throws(() => resizeRaster(gradient(4, 4), 100_000, 100_000), {
      name: 'CodecError',
      reason: 'tooLarge',
    });
  });

  it('4.8 refuses to make thousands of rows of one, which would be open all at a time', () => {
    const one = { width: 1, height: 1, data: new Uint8ClampedArray([1, 2, 3, 255]) };
    assert.throws(() => resizeRaster(one, 4096, 4096), { reason: 'tooLarge' });
    assert.equal(resizeRaster(one, 512, 512).data[2], 3);
  });
});
