import assert from 'node:assert/strict';
import { removeKeyColour } from '../../src/core/image/keyColour.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import type { Rgb } from '../../src/core/image/rgb.ts';
import {
  createGauss,
  disc,
  drawPixels,
  drawScene,
  letters,
  line,
  ring,
  type Scene,
  type SceneOptions,
  type Shape,
} from '../support/drawnScenes.ts';

const green: Rgb = [4, 249, 6];
const magenta: Rgb = [250, 8, 246];
const hairs = (thickness: number, colour: Rgb) =>
  Array.from({ length: 24 }, (_, index) => {
    const angle = (index / 24) * 2 * Math.PI + 0.1;
    return line([128, 128], [128 + 110 * Math.cos(angle), 128 + 110 * Math.sin(angle)], thickness, colour);
  });
const text = (colour: Rgb) => [
  ...letters(20, 40, 60, 4, colour),
  ...letters(20, 140, 30, 2, colour),
  ...letters(140, 140, 20, 1.3, colour),
];

/** Subjects, and how far their edges' alpha may be off on the mean: without noise, and with that of a bad JPEG. */
const subjects: readonly (readonly [name: string, shapes: readonly Shape[], clean: number, noisy: number])[] =
  [
    ['a white disc', [disc(128, 128, 70, [250, 250, 250])], 0.005, 0.035],
    ['a black disc', [disc(128, 128, 70, [12, 12, 12])], 0.005, 0.055],
    ['a red disc', [disc(128, 128, 70, [220, 30, 20])], 0.005, 0.04],
    ['a grey disc', [disc(128, 128, 70, [128, 128, 128])], 0.008, 0.06],
    ['a leaf-green disc', [disc(128, 128, 70, [40, 140, 60])], 0.015, 0.11],
    ['a disc with a soft edge', [disc(128, 128, 70, [200, 150, 120], 3)], 0.01, 0.05],
    ['a ring with a hole', [ring(128, 128, 60, 20, [30, 60, 200])], 0.005, 0.045],
    [
      'a sticker with an outline of three pixels',
      [
        disc(128, 128, 80, [20, 20, 20]),
        disc(128, 128, 77, [250, 250, 250]),
        disc(128, 128, 50, [230, 60, 30]),
      ],
      0.008,
      0.06,
    ],
    ['brown hairs of one pixel', hairs(1, [90, 50, 30]), 0.045, 0.07],
    ['red hairs of 1.2 pixels', hairs(1.2, [220, 30, 20]), 0.045, 0.07],
    ['white hairs of 0.8 pixels', hairs(0.8, [240, 240, 240]), 0.03, 0.055],
    ['black letters', text([10, 10, 10]), 0.008, 0.055],
    ['blue letters', text([20, 40, 200]), 0.008, 0.05],
  ];
const clean = { width: 256, height: 256, background: green };
const noisy = { ...clean, noise: 6, blocks: 4, vignette: 0.15 };

interface Errors {
  /** Mean error of alpha where the truth is partly transparent, 0…1. */
  readonly edge: number;
  /** Mean alpha where the truth is transparent. */
  readonly left: number;
  /** Mean lack of alpha where the truth is opaque. */
  readonly lost: number;
  /** Mean error of premultiplied colours at the edge, 0…255. */
  readonly colour: number;
}

function errorsOf(result: Raster, truth: Raster): Errors {
  const sums = { edge: 0, edges: 0, left: 0, outside: 0, lost: 0, inside: 0, colour: 0 };
  for (let at = 0; at < truth.data.length; at += 4) {
    const [is, was] = [result.data[at + 3]! / 255, truth.data[at + 3]! / 255];
    if (was === 0) [sums.left, sums.outside] = [sums.left + is, sums.outside + 1];
    else if (was === 1) [sums.lost, sums.inside] = [sums.lost + 1 - is, sums.inside + 1];
    else if (was > 0.02 && was < 0.98) {
      sums.edge += Math.abs(is - was);
      sums.edges++;
      for (let channel = 0; channel < 3; channel++)
        sums.colour += Math.abs(result.data[at + channel]! * is - truth.data[at + channel]! * was) / 3;
    }
  }
  return {
    edge: sums.edge / sums.edges,
    left: sums.left / sums.outside,
    lost: sums.inside === 0 ? 0 : sums.lost / sums.inside,
    colour: sums.colour / sums.edges,
  };
}

function keyed(shapes: readonly Shape[], options: SceneOptions, key: Rgb = [0, 255, 0]): Scene {
  const scene = drawScene(shapes, options);
  const removal = removeKeyColour(scene.picture, key);
  assert.ok(removal.ok, JSON.stringify(removal));
  return scene;
}

/** What a simple keyer does: near the key transparent, the rest opaque as it is. */
function keyedByThreshold(shapes: readonly Shape[], options: SceneOptions): Scene {
  const scene = drawScene(shapes, options);
  const { data } = scene.picture;
  for (let at = 0; at < data.length; at += 4) {
    const off = Math.hypot(data[at]! - green[0], data[at + 1]! - green[1], data[at + 2]! - green[2]);
    data[at + 3] = off < 120 ? 0 : 255;
  }
  return scene;
}

describe('4.4 taking out the key colour', () => {
  for (const [name, shapes, cleanBound, noisyBound] of subjects) {
    it(`4.4 gives ${name} the alpha and the colours it was mixed with`, () => {
      const { picture, truth } = keyed(shapes, clean);
      const errors = errorsOf(picture, truth);
      assert.ok(errors.edge <= cleanBound, `edge ${errors.edge}`);
      assert.ok(errors.colour <= 1 + cleanBound * 255, `colour ${errors.colour}`);
      assert.equal(errors.left, 0);
      assert.ok(errors.lost <= 0.002, `lost ${errors.lost}`);
    });

    it(`4.4 does so for ${name} under noise of a bad JPEG and a vignette`, () => {
      const { picture, truth } = keyed(shapes, noisy);
      const errors = errorsOf(picture, truth);
      assert.ok(errors.edge <= noisyBound, `edge ${errors.edge}`);
      assert.ok(errors.colour <= 5 + noisyBound * 255, `colour ${errors.colour}`);
      assert.ok(errors.left <= 0.0001, `left ${errors.left}`);
      assert.ok(errors.lost <= 0.03, `lost ${errors.lost}`);
    });

    it(`4.4 is measured: a threshold in its place fails for ${name}`, () => {
      const { picture, truth } = keyedByThreshold(shapes, clean);
      assert.ok(errorsOf(picture, truth).edge > 2 * cleanBound);
    });
  }

  it('4.4 leaves no lone pixels of noise in the background', () => {
    const { picture, truth } = keyed([disc(128, 128, 70, [128, 128, 128])], noisy);
    const specks = truth.data.filter((alpha, at) => at % 4 === 3 && alpha === 0 && picture.data[at]! > 0);
    assert.equal(specks.length, 0);
  });

  it('4.4 leaves no more of the key’s hue in edges than noise of their own', () => {
    for (const thickness of [70, 3]) {
      const { picture, truth } = keyed([ring(128, 128, 70, thickness, [250, 250, 250])], noisy);
      let [excess, edges] = [0, 0];
      for (let at = 0; at < truth.data.length; at += 4) {
        const [red, seen, blue, alpha] = picture.data.subarray(at);
        if (truth.data[at + 3]! > 250 || alpha! < 60) continue;
        excess += Math.max(0, seen! - (red! + blue!) / 2);
        edges++;
      }
      assert.ok(edges > 400 && excess / edges < 2.5, `${excess / edges} in ${edges}`);
    }
  });

  it('4.4 gives faint pixels of an edge the subject’s colour, not noise enlarged', () => {
    const { picture, truth } = keyed([disc(128, 128, 70, [200, 90, 60], 3)], noisy);
    let [off, faint] = [0, 0];
    for (let at = 0; at < truth.data.length; at += 4) {
      if (truth.data[at + 3]! < 25 || truth.data[at + 3]! > 100 || picture.data[at + 3] === 0) continue;
      for (let channel = 0; channel < 3; channel++)
        off += Math.abs(picture.data[at + channel]! - truth.data[at + channel]!) / 3;
      faint++;
    }
    assert.ok(faint > 200 && off / faint < 9, `${off / faint} in ${faint}`);
  });

  it('4.4 does the same with magenta, for a green subject', () => {
    const shapes = [disc(128, 128, 70, [20, 200, 40]), ...text([0, 120, 0])];
    const { picture, truth } = keyed(shapes, { ...clean, background: magenta, noise: 3 }, [255, 0, 255]);
    assert.ok(errorsOf(picture, truth).edge < 0.02);
  });

  it('4.4 leaves what is not near the background as it came, to the byte', () => {
    const leaf: Rgb = [30, 190, 40];
    const scene = drawScene([disc(128, 128, 80, leaf)], { ...clean, noise: 2 });
    const before = scene.picture.data.slice();
    assert.ok(removeKeyColour(scene.picture).ok);
    let same = 0;
    for (let y = 0; y < 256; y++)
      for (let x = 0; x < 256; x++) {
        if (Math.hypot(x - 128, y - 128) > 73) continue;
        const at = (y * 256 + x) * 4;
        assert.deepEqual(scene.picture.data.subarray(at, at + 4), before.subarray(at, at + 4), `${x}, ${y}`);
        same++;
      }
    assert.ok(same > 16_000);
  });

  it('4.4 takes out enclosed holes, and keeps lone pixels of the key inside the subject', () => {
    const scene = drawScene([disc(128, 128, 80, [200, 40, 40])], clean);
    scene.picture.data.set([...green, 255], (128 * 256 + 128) * 4);
    for (let y = 90; y < 96; y++)
      for (let x = 100; x < 106; x++) scene.picture.data.set([...green, 255], (y * 256 + x) * 4);
    assert.ok(removeKeyColour(scene.picture).ok);
    const alphaAt = (x: number, y: number) => scene.picture.data[(y * 256 + x) * 4 + 3];
    assert.deepEqual([alphaAt(128, 128), alphaAt(103, 93), alphaAt(110, 93)], [255, 0, 255]);
  });

  it('4.4 finds the background round a subject that touches the border', () => {
    const shapes = [disc(128, 256, 110, [90, 60, 50])];
    const { picture, truth } = keyed(shapes, { ...clean, noise: 3 });
    assert.ok(errorsOf(picture, truth).edge < 0.03);
    assert.equal(picture.data[(255 * 256 + 128) * 4 + 3], 255);
  });

  it('4.4 tells the colour it found and how much it took', () => {
    const { picture } = drawScene([disc(128, 128, 50, [0, 0, 0])], clean);
    const removal = removeKeyColour(picture, [0, 255, 0]);
    assert.ok(removal.ok);
    assert.deepEqual(removal.colour, green);
    assert.ok(Math.abs(removal.removed - (1 - (Math.PI * 2500) / 65_536)) < 0.005);
  });

  const gauss = createGauss('refused');
  const around = (value: number, by: number) => value + gauss() * by;
  const refused: readonly (readonly [name: string, at: Parameters<typeof drawPixels>[2], reason: string])[] =
    [
      ['a photograph', () => [around(120, 60), around(110, 60), around(90, 60)], 'notFlat'],
      ['a gradient', (x: number) => [0, 255 - x * 1.9, x * 1.5], 'notFlat'],
      [
        'three stripes',
        (x: number, y: number) => [0, (x + y) % 20 < 8 ? 249 : 0, (x + y) % 20 < 14 ? 0 : 249],
        'notFlat',
      ],
      ['grainy green', () => [around(40, 30), around(210, 30), around(40, 30)], 'notFlat'],
      ['white', () => [250, 250, 250], 'otherColour'],
      ['black', () => [0, 0, 0], 'otherColour'],
      ['pale green', () => [200, 230, 200], 'otherColour'],
      ['blue, where green was asked for,', () => [0, 0, 255], 'otherColour'],
      ['a transparent picture', (x: number) => [0, 255, 0, x < 20 ? 0 : 255], 'hasAlpha'],
    ];
  for (const [name, at, reason] of refused) {
    it(`4.4 refuses ${name} as ${reason}, and changes nothing`, () => {
      const picture = drawPixels(128, 128, at);
      const before = picture.data.slice();
      assert.deepEqual(removeKeyColour(picture, [0, 255, 0]), { ok: false, reason });
      assert.deepEqual(picture.data, before);
    });
  }

  it('4.4 ends without harm for pictures of every small size and of random pixels', () => {
    for (let width = 1; width <= 9; width++)
      for (let height = 1; height <= 9; height++)
        for (const share of [0, 0.3, 0.8]) {
          const picture = drawPixels(width, height, (x, y) =>
            ((x * 7 + y * 13) % 10) / 10 < share ? [200, 0, 0] : green,
          );
          const removal = removeKeyColour(picture);
          assert.equal(picture.data.length, width * height * 4);
          if (share === 0) assert.deepEqual(removal, { ok: true, colour: green, removed: 1 });
        }
  });
});
