import assert from 'node:assert/strict';
import { layoutCaption } from '../../src/core/gateway/offline/caption.ts';
import {
  type SketchPlan,
  drawSketch,
  paintFrame,
  planSketch,
} from '../../src/core/gateway/offline/drawSketch.ts';
import { flat, gradient, sheet } from '../../src/core/gateway/offline/layers.ts';
import { createPace } from '../../src/core/gateway/offline/pace.ts';
import { paletteNames } from '../../src/core/gateway/offline/palette.ts';
import { paint } from '../../src/core/gateway/offline/raster.ts';
import { drawableText, shapeText, widthOf } from '../../src/core/gateway/offline/strokeFont.ts';

const luminance = (rgb: readonly number[]): number => {
  const [r = 0, g = 0, b = 0] = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/**
 * The least contrast of the caption's letters, prompt and tag, against any pixel of the card that they
 * stand on, the whole lying on `behind`.
 */
async function leastContrast(plan: SketchPlan, behind = 0): Promise<number> {
  assert.ok(plan.caption);
  const { caption } = plan;
  const [, , ...letters] = caption.layers;
  const beneath = plan.layers.filter((layer) => !caption.layers.slice(1).includes(layer));
  const { rgba } = await paint(beneath, plan, createPace(new AbortController().signal));
  const tones: number[] = [];
  for (let y = caption.y + 3; y < caption.y + caption.height - 3; y++) {
    for (let x = caption.x + 3; x < caption.x + caption.width - 3; x++) {
      const [r = 0, g = 0, b = 0, a = 0] = rgba.subarray(
        (y * plan.width + x) * 4,
        (y * plan.width + x) * 4 + 4,
      );
      tones.push(luminance([r, g, b].map((value) => (value * a) / 255 + behind * (1 - a / 255))));
    }
  }
  const contrasts = letters.flatMap((layer) => {
    const ink = luminance(layer.colourAt(0)) + 0.05;
    return tones.map((tone) => Math.max(ink / (tone + 0.05), (tone + 0.05) / ink));
  });
  return contrasts.reduce((least, value) => Math.min(least, value));
}

/** How many pixels of the caption's prompt are of nearly its ink's colour. */
async function inkedPixels(plan: SketchPlan): Promise<number> {
  const { rgba } = await paint(plan.layers, plan, createPace(new AbortController().signal));
  const ink = plan.palette.ink;
  const top = (plan.caption?.y ?? 0) + Math.round((plan.caption?.height ?? 0) * 0.4);
  let count = 0;
  for (let i = top * plan.width * 4; i < rgba.length; i += 4) {
    if (ink.every((value, channel) => Math.abs(value - (rgba[i + channel] ?? 0)) < 12)) count++;
  }
  return count;
}

describe('offline sketch', () => {
  it('2.5 draws exactly width × height pixels, down to one', async () => {
    for (const [width, height] of [
      [1, 1],
      [16, 16],
      [64, 64],
      [333, 41],
      [41, 333],
    ] as const) {
      const rgba = await drawSketch({ prompt: 'A quiet harbour', width, height });
      assert.equal(rgba.length, width * height * 4);
      assert.ok(
        rgba.every((value, i) => i % 4 !== 3 || value === 255),
        `${width}x${height} is opaque`,
      );
    }
  });

  it('2.5 draws the same picture for the same prompt, and another for another prompt, seed or index', async () => {
    const draw = async (prompt: string, more = {}) =>
      Buffer.from(await drawSketch({ prompt, width: 96, height: 64, ...more })).toString('base64');
    const base = await draw('A lighthouse');
    assert.equal(await draw('A lighthouse'), base);
    const others = await Promise.all([
      draw('A lighthouse!'),
      draw('Un phare'),
      draw('A lighthouse', { seed: 7 }),
      draw('A lighthouse', { index: 1 }),
      draw('A lighthouse', { editOf: 'abc' }),
    ]);
    assert.equal(new Set([base, ...others]).size, 6);
  });

  it('2.5 draws clearly different pictures, not variations of a pixel', async () => {
    const draw = (prompt: string) => drawSketch({ prompt, width: 64, height: 64 });
    const [a, b] = [await draw('The first prompt'), await draw('Something else')];
    const differing = a.filter((value, i) => Math.abs(value - (b[i] ?? 0)) > 8).length;
    assert.ok(differing > a.length * 0.25, `${differing} of ${a.length} bytes differ`);
  });

  it('2.5 has seven compositions, uses every palette and follows words of the prompt', () => {
    const plans = Array.from({ length: 600 }, (_, i) =>
      planSketch({ prompt: `note ${i}`, width: 64, height: 64 }),
    );
    assert.equal(new Set(plans.map((plan) => plan.composition)).size, 7);
    assert.deepEqual([...new Set(plans.map((plan) => plan.palette.name))].sort(), [...paletteNames].sort());
    const cities = Array.from({ length: 40 }, (_, i) =>
      planSketch({ prompt: `city ${i} by night`, width: 9, height: 9 }),
    );
    assert.ok(cities.filter((plan) => plan.composition === 'city').length > 30);
    assert.ok(cities.filter((plan) => /night|aurora/.test(plan.palette.name)).length > 30);
  });

  it('2.5 keeps composition and colours of a prompt at every size', () => {
    const plans = [
      [64, 64],
      [1920, 1080],
      [768, 1344],
    ].map(([width = 1, height = 1]) => planSketch({ prompt: 'A bridge', width, height }));
    assert.equal(new Set(plans.map((plan) => `${plan.composition} ${JSON.stringify(plan.palette)}`)).size, 1);
  });

  it('2.5 writes words and tag with a contrast of 4.5 or more, in every palette, light and dark', async () => {
    const seen = new Set<string>();
    for (let i = 0; seen.size < paletteNames.length * 2 && i < 900; i++) {
      const plan = planSketch({ prompt: `HHH note ${i}`, width: 200, height: 120 });
      const look = `${plan.palette.name} ${luminance(plan.palette.card) > 0.5 ? 'light' : 'dark'}`;
      if (seen.has(look)) continue;
      seen.add(look);
      const contrast = await leastContrast(plan);
      assert.ok(contrast >= 4.5, `${look}: ${contrast.toFixed(2)}`);
      assert.ok((await inkedPixels(plan)) > 60, look);
    }
    assert.equal(seen.size, paletteNames.length * 2);
  });

  it('2.5 leaves a transparent background really transparent, its words legible on white and on black', async () => {
    for (const prompt of ['An icon of a fox', 'note 3', 'note 4', 'The sea', 'A city', 'A mountain']) {
      const request = { prompt, width: 160, height: 160, background: 'transparent' as const };
      const rgba = await drawSketch(request);
      const alphas = rgba.filter((_, i) => i % 4 === 3);
      assert.ok(
        alphas.filter((alpha) => alpha === 0).length > alphas.length * 0.04,
        `${prompt} has clear pixels`,
      );
      assert.ok(
        alphas.filter((alpha) => alpha === 255).length > alphas.length * 0.04,
        `${prompt} has opaque pixels`,
      );
      for (const behind of [0, 255]) {
        const contrast = await leastContrast(planSketch(request), behind);
        assert.ok(contrast >= 4.5, `${prompt} on ${behind}: ${contrast.toFixed(2)}`);
      }
    }
  });

  it('2.5 says on the picture that it is an offline sketch, and when it is an edit', () => {
    const at = (width: number, height: number, editOf?: string) =>
      planSketch({ prompt: 'A very long title for a small picture', width, height, editOf }).caption;
    assert.equal(at(1024, 1024)?.tag, 'offline sketch');
    assert.equal(at(1024, 1024, 'x')?.tag, 'offline sketch • edit');
    assert.equal(at(64, 64)?.tag, 'sketch');
    assert.equal(at(39, 400), undefined);
  });

  it('2.5 sets the first words in at most three lines inside the picture, cut with an ellipsis', () => {
    const { palette } = planSketch({ prompt: 'x', width: 64, height: 64 });
    const prompts = ['Hi', 'A lighthouse on a cliff above the sea', 'word '.repeat(90), 'W'.repeat(300)];
    for (const [width, height] of [
      [64, 64],
      [1200, 630],
      [512, 512],
      [1920, 1080],
      [768, 1344],
      [2000, 64],
    ] as const) {
      for (const prompt of prompts) {
        const caption = layoutCaption({
          prompt,
          tags: ['sketch'],
          width,
          height,
          palette,
          transparent: false,
        });
        assert.ok(caption, `${width}x${height}`);
        assert.ok(caption.lines.length >= 1 && caption.lines.length <= 3, caption.lines.join('|'));
        assert.ok(caption.x >= 0 && caption.y >= 0, `${width}x${height} ${prompt.slice(0, 9)} ${caption.y}`);
        assert.ok(caption.x + caption.width <= width && caption.y + caption.height <= height);
        const whole = caption.lines.join(prompt.startsWith('W') ? '' : ' ');
        const isCut = whole.endsWith('…');
        assert.ok(isCut ? prompt.startsWith(whole.slice(0, -1)) : whole === prompt.trim(), whole);
        assert.ok(isCut ? prompt.length > 30 : prompt.length < 100, whole);
      }
    }
  });

  it('2.5 has a letter of its own for every printable character, and marks on letters', () => {
    const shapes = new Map<string, string>();
    for (let code = 33; code < 127; code++) {
      const character = String.fromCharCode(code);
      const shape = JSON.stringify(shapeText(drawableText(character)).segments);
      assert.notEqual(shape, '[]', character);
      if (character !== '`') assert.equal(shapes.get(shape), undefined, `${character} looks like another`);
      shapes.set(shape, character);
    }
    for (const [letter, base] of ['üu', 'Éé', 'éè', 'ñn', 'åa', 'çc', 'šs', 'ïi', 'ôo', 'Öo']) {
      const [one, other] = [letter, base].map((text = '') => JSON.stringify(shapeText(drawableText(text))));
      assert.notEqual(one, other, `${letter} ${base}`);
    }
    assert.equal(widthOf(drawableText('Müller')), widthOf('Muller'));
    assert.equal(drawableText('Straße “Œuvre”'), 'Strasse "Oeuvre"');
  });

  it('2.5 draws other scripts and emoji as a neutral sign and never fails', async () => {
    assert.equal(drawableText('東京の夜景 at night 🌃'), '… at night …');
    for (const prompt of [
      '東京',
      '🌃🌉',
      'مدينة',
      '\ud800',
      '\u0000\u200b',
      '`',
      '\u0301',
      'a\u0301\u0301\u0301',
    ]) {
      const rgba = await drawSketch({ prompt, width: 80, height: 80 });
      assert.equal(rgba.length, 80 * 80 * 4);
    }
  });

  it('2.5 draws frames that are coarser versions of the same picture', async () => {
    const plan = planSketch({ prompt: 'A bridge', width: 400, height: 300 });
    const pace = createPace(new AbortController().signal);
    const whole = await drawSketch({ prompt: 'A bridge', width: 400, height: 300 });
    const off = [];
    for (const columns of [50, 133]) {
      const frame = await paintFrame(plan, columns, pace);
      assert.ok(frame.width >= 400 && frame.width < 410 && frame.height >= 300 && frame.height < 310);
      let sum = 0;
      for (let y = 0; y < 300; y++) {
        for (let x = 0; x < 1600; x++)
          sum += Math.abs((whole[y * 1600 + x] ?? 0) - (frame.rgba[y * frame.width * 4 + x] ?? 0));
      }
      off.push(sum / whole.length);
    }
    const [coarse = 0, fine = 0] = off;
    assert.ok(fine > 0 && fine < coarse && coarse < 20, `${coarse} ${fine}`);
  });

  it('2.5 draws frames of a large picture small', async () => {
    const plan = planSketch({ prompt: 'A bridge', width: 8192, height: 64 });
    const frame = await paintFrame(plan, 128, createPace(new AbortController().signal));
    assert.ok(frame.width <= 1344);
  });

  it('2.5 lets others run while it draws, and stops with the reason of the signal', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await drawSketch({ prompt: 'A busy city', width: 1024, height: 1024 });
    clearInterval(timer);
    assert.ok(turns >= 2, `${turns} turns`);
    const controller = new AbortController();
    const reason = new Error('enough');
    const drawing = drawSketch({ prompt: 'A busy city', width: 4096, height: 4096 }, controller.signal);
    setTimeout(() => controller.abort(reason), 5);
    await assert.rejects(drawing, (error) => error === reason);
  });

  it('2.5 tells of an abort at once, with its reason', async () => {
    const controller = new AbortController();
    const pace = createPace(controller.signal);
    const reason = new Error('enough');
    assert.equal(pace.breathe(), undefined);
    // Longer than any test may take.
    const pausing = pace.pause(3_600_000);
    setTimeout(() => controller.abort(reason), 5);
    await assert.rejects(pausing, (error) => error === reason);
    assert.throws(
      () => pace.breathe(),
      (error) => error === reason,
    );
    await assert.rejects(pace.pause(0), (error) => error === reason);
  });

  it('2.5 dithers gradients, so that the sky has no bands, and leaves flat colours flat', async () => {
    const size = { width: 64, height: 64 };
    const pace = createPace(new AbortController().signal);
    const from = [100, 100, 100] as const;
    const sky = await paint([sheet(64, 64, gradient([from, [102, 102, 102]], 0, 64))], size, pace);
    const means = Array.from({ length: 8 }, (_, band) => {
      const part = sky.rgba.subarray(band * 8 * 256, (band + 1) * 8 * 256).filter((_value, i) => i % 4 === 0);
      return part.reduce((sum, value) => sum + value, 0) / part.length;
    });
    // Eight bands rise evenly by a quarter of a step each, which no undithered bytes could show.
    means.slice(1).forEach((mean, i) => {
      const rise = mean - (means[i] ?? 0);
      assert.ok(rise > 0.1 && rise < 0.4, means.join(' '));
    });
    const plain = await paint([sheet(64, 64, flat(from))], size, pace);
    assert.deepEqual([...new Set(plain.rgba)], [100, 255]);
  });
});
