import assert from 'node:assert/strict';
import { keyBackgroundFor, removeKeyColour } from '../../src/core/image/keyColour.ts';
import type { Colour } from '../../src/core/image/pixelTask.ts';
import { workOn } from '../../src/core/image/pixelWork.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import { transparencyOf } from '../../src/core/image/transparency.ts';
import { inspectImage } from '../../src/core/image/inspect.ts';
import { modules } from '../support/codecs.ts';
import { decode, encode, paint, pixelAt, randomNumbers } from '../support/pixels.ts';
import type { Rgba } from '../support/png.ts';

const green: Colour = { red: 0, green: 255, blue: 0 };

/** A subject with its own alpha, as a model paints it on a ground that is nearly the one asked for. */
function painted(
  size: number,
  subject: (x: number, y: number) => Rgba,
  { ground = [6, 246, 10], noise = 0 }: { ground?: readonly [number, number, number]; noise?: number } = {},
): { readonly raster: Raster; readonly truth: Raster } {
  const random = randomNumbers(11);
  const shake = () => (random() - 0.5) * 2 * noise;
  const truth = paint(size, size, subject);
  const raster = paint(size, size, (x, y) => {
    const [red, g, blue, alpha] = pixelAt(truth, x, y);
    const share = alpha / 255;
    const mix = (own: number, from: number) => own * share + from * (1 - share) + shake();
    return [mix(red, ground[0]), mix(g, ground[1]), mix(blue, ground[2]), 255];
  });
  return { raster, truth };
}

/** A disc whose edge is as soft as anti-aliasing makes it. */
const disc =
  (size: number, radius: number, colour: readonly [number, number, number]) =>
  (x: number, y: number): Rgba => {
    const distance = Math.hypot(x - size / 2 + 0.5, y - size / 2 + 0.5);
    return [...colour, 255 * Math.min(1, Math.max(0, radius + 0.5 - distance))];
  };

/** Mean error of alpha, and of colour where there is some to be seen. */
function errors(raster: Raster, truth: Raster): { alpha: number; colour: number; edge: number } {
  let [alpha, colour, seen, edge, edges] = [0, 0, 0, 0, 0];
  for (let y = 0; y < truth.height; y++) {
    for (let x = 0; x < truth.width; x++) {
      const [own, real] = [pixelAt(raster, x, y), pixelAt(truth, x, y)];
      const off = Math.abs(own[3] - real[3]);
      alpha += off;
      if (real[3] > 10 && real[3] < 245) {
        edge += off;
        edges++;
      }
      if (real[3] < 128) continue;
      colour += Math.max(Math.abs(own[0] - real[0]), Math.abs(own[1] - real[1]), Math.abs(own[2] - real[2]));
      seen++;
    }
  }
  return {
    alpha: alpha / (truth.width * truth.height),
    colour: colour / seen,
    edge: edge / Math.max(1, edges),
  };
}

describe('4.4 a background of one colour', () => {
  it('4.4 goes, and the subject stays with its edges and colours', () => {
    for (const colour of [
      [200, 40, 30],
      [30, 60, 210],
      [245, 245, 240],
      [20, 20, 24],
      [230, 180, 60],
    ] as const) {
      const { raster, truth } = painted(160, disc(160, 52, colour));
      assert.equal(removeKeyColour(raster, green), 'removed');
      const { alpha, colour: off, edge } = errors(raster, truth);
      assert.ok(alpha < 0.6, `${colour.join()}: alpha is off by ${alpha}`);
      assert.ok(edge < 40, `${colour.join()}: edges are off by ${edge}`);
      assert.ok(off < 3, `${colour.join()}: colours are off by ${off}`);
      assert.deepEqual(transparencyOf(raster, green), { ok: true });
    }
  });

  it('4.4 goes from hair-thin lines and from holes inside the subject, too', () => {
    const ring = (x: number, y: number): Rgba => {
      const distance = Math.hypot(x - 79.5, y - 79.5);
      const isLine = y % 20 === 10 && x > 20 && x < 140;
      const share = Math.max(
        isLine ? 0.7 : 0,
        Math.min(1, Math.max(0, 50.5 - distance)) * Math.min(1, Math.max(0, distance - 24.5)),
      );
      return [180, 60, 40, 255 * share];
    };
    const { raster, truth } = painted(160, ring);
    assert.equal(removeKeyColour(raster, green), 'removed');
    assert.equal(pixelAt(raster, 80, 75)[3], 0, 'the hole');
    const { alpha, colour } = errors(raster, truth);
    assert.ok(alpha < 2, String(alpha));
    assert.ok(colour < 6, String(colour));
  });

  it('4.4 leaves what is like the key but apart from it as it is', () => {
    const leafy = (x: number, y: number): Rgba => {
      const [, , , alpha] = disc(160, 60, [0, 0, 0])(x, y);
      // Moss green, well inside a red disc.
      return Math.hypot(x - 80, y - 80) < 30 ? [90, 140, 60, 255] : [200, 40, 30, alpha];
    };
    const { raster } = painted(160, leafy);
    assert.equal(removeKeyColour(raster, green), 'removed');
    assert.deepEqual(pixelAt(raster, 80, 80), [90, 140, 60, 255]);
  });

  it('4.4 goes through the noise of a JPEG', async () => {
    const { raster, truth } = painted(192, disc(192, 64, [210, 60, 40]), { noise: 6 });
    const bytes = await encode(raster, 'jpeg', 85);
    const result = await workOn(
      { bytes, keyColour: green, checksTransparency: true, output: { format: 'png', quality: 90 } },
      modules,
    );
    assert.equal(result.background, 'removed');
    assert.equal(result.alpha, 'used');
    assert.deepEqual(result.transparency, { ok: true });
    assert.equal(inspectImage(result.bytes ?? new Uint8Array())?.hasAlpha, true);
    const made = await decode(result.bytes ?? new Uint8Array());
    const { alpha } = errors(made, truth);
    assert.ok(alpha < 3, String(alpha));
  });

  it('4.4 is not taken out where there is none, or another', () => {
    const random = randomNumbers(5);
    const scene = paint(96, 96, () => [random() * 255, random() * 255, random() * 255, 255]);
    const white = paint(96, 96, (x, y) =>
      Math.hypot(x - 48, y - 48) < 30 ? [200, 0, 0, 255] : [255, 255, 255, 255],
    );
    const gradient = paint(96, 96, (x, y) => [x * 2, y * 2, 128, 255]);
    for (const raster of [scene, white, gradient]) {
      const before = raster.data.slice();
      assert.equal(removeKeyColour(raster, green), 'notFlat');
      assert.deepEqual(raster.data, before, 'nothing is changed');
    }
  });

  it('4.4 has a colour of which the prompt does not speak, and one sentence that asks for it', () => {
    assert.deepEqual(keyBackgroundFor('a red fox').colour, green);
    assert.deepEqual(keyBackgroundFor('a frog on a leaf').colour, { red: 255, green: 0, blue: 255 });
    assert.deepEqual(keyBackgroundFor('a pink orchid among green leaves').colour, {
      red: 0,
      green: 0,
      blue: 255,
    });
    assert.match(keyBackgroundFor('a red fox').sentence, /pure green \(#00ff00\) background/);
  });
});

describe('4.4 what calls itself transparent', () => {
  const board = (cell: number, light: number, dark: number, noise = 0) => {
    const random = randomNumbers(9);
    return paint(256, 256, (x, y) => {
      if (Math.hypot(x - 128, y - 128) < 70) return [200, 60, 40, 255];
      const value =
        ((Math.floor(x / cell) + Math.floor(y / cell)) % 2 === 0 ? light : dark) + (random() - 0.5) * noise;
      return [value, value, value, 255];
    });
  };
  const reason = (raster: Raster, key?: Colour) => {
    const verdict = transparencyOf(raster, key);
    return verdict.ok ? 'ok' : verdict.reason;
  };

  it('4.4 is told where it is a painted checkerboard, whatever its squares, greys and noise', () => {
    for (const [cell, light, dark, noise] of [
      [8, 255, 204, 0],
      [16, 255, 192, 10],
      [13, 204, 153, 8],
      [32, 102, 153, 6],
    ] as const)
      assert.equal(reason(board(cell, light, dark, noise)), 'checkerboard', `${cell} ${light} ${dark}`);
  });

  it('4.4 is called opaque where it is a picture: a room, stripes, a chess board in its middle, a wall of tiles in colours', () => {
    const random = randomNumbers(2);
    for (const picture of [
      paint(256, 256, (x, y) => [(x + y) / 2, y, 90, 255]),
      paint(256, 256, () => [random() * 255, random() * 255, random() * 255, 255]),
      paint(256, 256, () => [255, 255, 255, 255]),
      paint(256, 256, (x, y) =>
        x > 60 && x < 196 && y > 60 && y < 196 && (Math.floor(x / 16) + Math.floor(y / 16)) % 2 === 0
          ? [20, 20, 20, 255]
          : [240, 240, 235, 255],
      ),
      paint(256, 256, (x, y) =>
        (Math.floor(x / 16) + Math.floor(y / 16)) % 2 === 0 ? [200, 40, 40, 255] : [240, 220, 220, 255],
      ),
    ])
      assert.equal(reason(picture), 'opaque');
  });

  it('4.4 is told where nothing is left, and where the key’s colour is left at the edges', () => {
    assert.equal(reason(paint(64, 64, () => [0, 0, 0, 0])), 'empty');
    const fringed = paint(64, 64, (x, y) => {
      const distance = Math.hypot(x - 32, y - 32);
      return distance < 20 ? [200, 60, 40, 255] : distance < 23 ? [60, 220, 50, 255] : [0, 0, 0, 0];
    });
    assert.equal(reason(fringed, green), 'fringe');
    assert.equal(reason(fringed), 'ok', 'nobody asked for that key');
    assert.equal(
      reason(paint(64, 64, (x, y) => (Math.hypot(x - 32, y - 32) < 20 ? [9, 9, 9, 255] : [0, 0, 0, 0]))),
      'ok',
    );
  });
});
