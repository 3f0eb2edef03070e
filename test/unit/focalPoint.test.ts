import assert from 'node:assert/strict';
import { fitInto } from '../../src/core/image/fit.ts';
import { focalPointOf } from '../../src/core/image/focalPoint.ts';
import { blank, createGauss, disc, drawPixels, drawScene } from '../support/drawnScenes.ts';

const square = { width: 100, height: 100 };
const wide = { width: 1200, height: 630 };

describe('4.2 where a picture is cropped', () => {
  for (const [name, x, y, width, height] of [
    ['on the left', 70, 100, 400, 200],
    ['on the right', 330, 100, 400, 200],
    ['at the top', 100, 60, 200, 400],
    ['at the bottom', 100, 340, 200, 400],
  ] as const)
    it(`4.2 a subject ${name} stays whole`, () => {
      const { picture } = drawScene([disc(x, y, 55, [190, 60, 40])], {
        ...{ width, height, background: [210, 215, 220], noise: 2, vignette: 0.1 },
      });
      const { crop } = fitInto(picture, square, focalPointOf(picture, square));
      const [left, top] = [x - 55 - crop.x, y - 55 - crop.y];
      assert.ok(left >= 0 && left + 110 <= crop.width, `${left} of ${crop.width}`);
      assert.ok(top >= 0 && top + 110 <= crop.height, `${top} of ${crop.height}`);
      const middle = fitInto(picture, square, { x: 0.5, y: 0.5 }).crop;
      assert.ok(
        x - 55 < middle.x ||
          y - 55 < middle.y ||
          x + 55 > middle.x + middle.width ||
          y + 55 > middle.y + middle.height,
        'the middle would have cut it',
      );
    });

  it('4.2 a sticker counts by what can be seen of it', () => {
    const { truth } = drawScene([disc(320, 100, 60, [230, 230, 230])], {
      ...{ width: 400, height: 200, background: [0, 0, 0] },
    });
    assert.ok(focalPointOf(truth, square).x > 0.7);
  });

  it('4.2 the middle is taken where no other part holds clearly more', () => {
    const gauss = createGauss('even');
    for (const picture of [
      drawPixels(300, 200, () => [128 + gauss() * 30, 128, 128]),
      drawPixels(300, 200, (x, y) => [x / 2, y, 90]),
      drawScene([disc(150, 100, 60, [190, 60, 40])], { width: 300, height: 200, background: [9, 9, 9] })
        .picture,
      blank(300, 200),
    ]) {
      assert.deepEqual(focalPointOf(picture, square), { x: 0.5, y: 0.5 });
      assert.deepEqual(focalPointOf(picture, wide), { x: 0.5, y: 0.5 });
    }
  });

  it('4.2 every small size has a place, also one pixel', () => {
    for (let width = 1; width <= 6; width++)
      for (let height = 1; height <= 6; height++) {
        const picture = drawPixels(width, height, (x, y) => [x * 40, y * 40, 0]);
        const { x, y } = focalPointOf(picture, wide);
        assert.ok(x > 0 && x < 1 && y > 0 && y < 1, `${width}×${height}: ${x}, ${y}`);
        const { crop } = fitInto(picture, wide, { x, y });
        assert.ok(crop.x + crop.width <= width && crop.y + crop.height <= height);
      }
  });
});
