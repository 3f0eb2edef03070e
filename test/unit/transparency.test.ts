import assert from 'node:assert/strict';
import { alphaOf, looksLikeCheckerboard } from '../../src/core/image/alpha.ts';
import { flattenOn } from '../../src/core/image/compose.ts';
import { removeKeyColour } from '../../src/core/image/keyColour.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import type { Rgb } from '../../src/core/image/rgb.ts';
import { checkTransparency } from '../../src/core/image/transparency.ts';
import { blank, createGauss, disc, drawPixels, drawScene, letters } from '../support/drawnScenes.ts';

interface Board {
  readonly cell: number;
  readonly light?: number;
  readonly dark?: number;
  readonly phase?: readonly [number, number];
  readonly noise?: number;
  readonly vignette?: number;
}

function board(
  { cell, light = 255, dark = 204, phase = [0, 0], noise = 0, vignette = 0 }: Board,
  side = 400,
): Raster {
  const gauss = createGauss(`board ${cell}`);
  return drawPixels(side, side, (x, y) => {
    const isLight = (Math.floor((x + phase[0]) / cell) + Math.floor((y + phase[1]) / cell)) % 2 === 0;
    const from = Math.hypot(x / side - 0.5, y / side - 0.5);
    const value = (isLight ? light : dark) * (1 - vignette * from * from) + gauss() * noise;
    return [value, value, value];
  });
}

/** Lays a subject on a picture. */
function withSubject(
  picture: Raster,
  [left, top, right, bottom]: readonly number[],
  colour: Rgb = [180, 60, 40],
): Raster {
  return drawPixels(picture.width, picture.height, (x, y) => {
    const at = (y * picture.width + x) * 4;
    if (x >= left! && x < right! && y >= top! && y < bottom!) return colour;
    return [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!];
  });
}

describe('4.4 painted checkerboards', () => {
  it('4.4 are found with cells from 4 to 64 pixels, at any phase', () => {
    for (let cell = 4; cell <= 64; cell += cell < 12 ? 1 : 3)
      for (const phase of [
        [0, 0],
        [1, Math.floor(cell / 2)],
        [cell - 1, cell + 3],
      ] as const)
        assert.ok(
          looksLikeCheckerboard(board({ cell, phase }, 100 + 4 * cell)),
          `${cell} at ${phase.join()}`,
        );
  });

  for (const [name, made] of [
    ['white and almost white', { cell: 16, light: 255, dark: 240 }],
    ['middle greys', { cell: 10, light: 153, dark: 102 }],
    ['noise of a bad JPEG', { cell: 8, noise: 6 }],
    ['a strong vignette', { cell: 20, vignette: 0.5, noise: 3 }],
    ['cells of 10.67 pixels', { cell: 10.67, noise: 2 }],
    ['cells of 21.3 pixels', { cell: 21.3 }],
  ] as const)
    it(`4.4 are found with ${name}`, () => assert.ok(looksLikeCheckerboard(board(made))));

  it('4.4 are found round a subject, also one that touches the border', () => {
    assert.ok(looksLikeCheckerboard(withSubject(board({ cell: 12, noise: 3 }), [60, 60, 340, 340])));
    assert.ok(looksLikeCheckerboard(withSubject(board({ cell: 12 }), [80, 100, 320, 400])));
  });

  const gauss = createGauss('others');
  const grey = (value: number) => [value, value, value] as const;
  const cell = (x: number, y: number, side: number) => (Math.floor(x / side) + Math.floor(y / side)) % 2;
  const others: Readonly<Record<string, (x: number, y: number) => readonly [number, number, number]>> = {
    white: () => grey(255),
    'grey noise': () => grey(200 + gauss() * 25),
    'a smooth gradient': (x, y) => grey(140 + (x + y) / 8),
    'vertical stripes': (x) => grey(x % 24 < 12 ? 255 : 204),
    'horizontal stripes': (_, y) => grey(y % 16 < 8 ? 255 : 204),
    'diagonal stripes': (x, y) => grey((x + y) % 24 < 12 ? 255 : 204),
    'diagonal stripes the other way': (x, y) => grey((x - y + 400) % 24 < 12 ? 255 : 204),
    'grid lines': (x, y) => grey(x % 16 === 0 || y % 16 === 0 ? 204 : 255),
    dots: (x, y) => grey(Math.hypot((x % 20) - 10, (y % 20) - 10) < 5 ? 204 : 255),
    bricks: (x, y) => grey(y % 20 < 3 || (x + (Math.floor(y / 20) % 2) * 20) % 40 < 3 ? 200 : 240),
    'a coloured board': (x, y) => (cell(x, y, 16) ? [255, 220, 160] : [200, 120, 60]),
    'a black and white board': (x, y) => grey(cell(x, y, 16) ? 255 : 10),
    'a chess board of greys in the middle': (x, y) =>
      grey(x > 80 && x < 320 && y > 80 && y < 320 && cell(x, y, 30) ? 204 : 255),
    'a tiled floor below a wall': (x, y) => grey(y > 260 && cell(x, y, 20) ? 204 : 245),
    'a wave': (x, y) => grey(210 + 30 * Math.sin(x / 5) * Math.sin((x + y) / 9)),
  };
  for (const [name, at] of Object.entries(others))
    it(`4.4 are not seen in ${name}`, () =>
      assert.equal(looksLikeCheckerboard(drawPixels(400, 400, at)), false));

  it('4.4 are not seen in 150 random textures, nor in the smallest pictures', () => {
    for (let round = 0; round < 150; round++) {
      const random = createGauss(`texture ${round}`);
      const waves = Array.from({ length: 6 }, () => [
        random() / 4,
        random() / 4,
        random() * 3,
        10 + Math.abs(random()) * 15,
      ]);
      const texture = drawPixels(120, 120, (x, y) =>
        grey(
          200 +
            waves.reduce(
              (sum, [across, down, phase, strength]) =>
                sum + strength! * Math.sin(x * across! + y * down! + phase!),
              0,
            ) +
            random() * 3,
        ),
      );
      assert.equal(looksLikeCheckerboard(texture), false, `texture ${round}`);
    }
    for (let side = 1; side < 12; side++)
      assert.equal(looksLikeCheckerboard(board({ cell: 1 }, side)), false);
  });
});

describe('4.4 alpha', () => {
  it('4.4 is counted: none, part and whole', () => {
    const picture = drawPixels(10, 10, (x) => [1, 2, 3, x < 2 ? 0 : x < 5 ? 128 : 255]);
    assert.deepEqual(alphaOf(picture), {
      ...{ isUsed: true, transparent: 0.2, partly: 0.3, opaque: 0.5 },
      seenThrough: (20 * 255 + 30 * 127) / 255 / 100,
    });
    assert.equal(alphaOf(board({ cell: 8 })).isUsed, false);
    const noise = drawPixels(10, 10, (x) => [1, 2, 3, x < 5 ? 253 : 255]);
    assert.equal(alphaOf(noise).isUsed, false, 'noise of an encoder');
  });

  it('4.4 is laid on a colour', () => {
    const picture = drawPixels(4, 1, (x) => [255, 0, 0, [0, 128, 128, 0][x]!]);
    assert.deepEqual(
      [...flattenOn(picture, [0, 0, 255]).data.subarray(0, 8)],
      [0, 0, 255, 255, 128, 0, 127, 255],
    );
  });
});

describe('4.4 the check of a transparent picture', () => {
  const green: Rgb = [4, 249, 6];
  const shapes = [disc(100, 100, 60, [200, 50, 40]), ...letters(20, 160, 30, 2, [20, 20, 20])];
  const scene = () => drawScene(shapes, { width: 200, height: 200, background: green, noise: 3 });

  it('4.4 passes what the key colour was taken out of', () => {
    const { picture } = scene();
    assert.ok(removeKeyColour(picture).ok);
    const check = checkTransparency(picture, green);
    assert.ok(check.ok && check.fringe < 0.03, JSON.stringify(check));
  });

  it('4.4 passes the true picture, a green one as well, and a figure on the bottom edge', () => {
    assert.ok(checkTransparency(scene().truth, green).ok);
    const leaf = drawScene([disc(100, 100, 60, [60, 180, 60])], {
      width: 200,
      height: 200,
      background: green,
    });
    assert.ok(checkTransparency(leaf.truth, green).ok);
    const bust = drawScene([disc(100, 200, 90, [90, 60, 50])], {
      width: 200,
      height: 200,
      background: green,
    });
    assert.ok(checkTransparency(bust.truth, green).ok);
    // A button that reaches every edge, round at its corners; glass, of which nothing is opaque.
    const button = drawPixels(200, 80, (x, y) => {
      const [across, down] = [Math.max(16 - x, x - 183, 0), Math.max(16 - y, y - 63, 0)];
      return [40, 90, 200, Math.hypot(across, down) > 16 ? 0 : 255];
    });
    assert.ok(checkTransparency(button).ok);
    assert.ok(checkTransparency(drawPixels(60, 60, () => [200, 220, 255, 120])).ok);
  });

  it('4.4 finds edges that kept the key’s colour', () => {
    const { picture, truth } = scene();
    // The true alpha with the colours as they came: what a keyer without spill removal gives.
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = truth.data[at]!;
    const check = checkTransparency(picture, green);
    assert.deepEqual([check.ok, !check.ok && check.reason], [false, 'fringe']);
    assert.ok(checkTransparency(picture).ok, 'without a key nothing is known of its colour');
  });

  it('4.4 calls opaque, painted and empty pictures what they are', () => {
    const reasonOf = (raster: Raster) => {
      const check = checkTransparency(raster, green);
      return check.ok ? 'ok' : check.reason;
    };
    assert.equal(reasonOf(scene().picture), 'opaque');
    assert.equal(reasonOf(withSubject(board({ cell: 16 }), [100, 100, 300, 300])), 'checkerboard');
    const faint = (alpha: number, picture: Raster) =>
      drawPixels(picture.width, picture.height, (x, y) => {
        const at = (y * picture.width + x) * 4;
        return [picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!, alpha];
      });
    assert.equal(reasonOf(faint(250, scene().picture)), 'opaque', 'hardly to be seen through');
    assert.equal(reasonOf(faint(252, board({ cell: 16 }))), 'checkerboard', 'painted, and a little faint');
    const framed = drawPixels(400, 400, (x, y) => {
      if (Math.min(x, y, 399 - x, 399 - y) < 32) return [0, 0, 0, 0];
      const value = (Math.floor(x / 16) + Math.floor(y / 16)) % 2 === 0 ? 255 : 204;
      return Math.hypot(x - 200, y - 200) < 90 ? [200, 50, 40] : [value, value, value];
    });
    assert.equal(reasonOf(framed), 'checkerboard', 'painted inside a frame of real transparency');
    const striped = drawPixels(200, 200, (x, y) => [x, y, 90, y < 2 ? 0 : 255]);
    assert.equal(reasonOf(striped), 'opaque', 'two rows of nothing at the top');
    assert.equal(reasonOf(blank(50, 50)), 'empty');
    // A hole in the middle of an opaque picture is no transparent background.
    assert.equal(
      reasonOf(drawPixels(60, 60, (x, y) => [9, 9, 9, Math.hypot(x - 30, y - 30) < 10 ? 0 : 255])),
      'opaque',
    );
    assert.equal(reasonOf(drawPixels(1, 1, () => [0, 0, 0, 255])), 'opaque');
  });
});
