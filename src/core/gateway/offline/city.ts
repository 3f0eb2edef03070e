import { type Rgb, mix } from './colour.ts';
import { type Layer, box, coverSpan, disc, flat, layer, span } from './layers.ts';
import { between, hash32 } from './random.ts';
import { type Stage, skyWithLight } from './scenery.ts';

/** A skyline in three depths, its windows lit. */
export function drawCity(stage: Stage): Layer[] {
  const { width, height, unit, random, palette } = stage;
  const layers = skyWithLight(stage, between(random, 0.14, 0.26));
  for (let depth = 0; depth < 3; depth++) {
    const colour = mix(palette.far, palette.near, 0.1 + depth * 0.42);
    const window = mix(palette.light, palette.accents[0], 0.4);
    for (let x = -unit * random() * 0.1; x < width;) {
      const wide = Math.max(3, unit * between(random, 0.07, 0.15));
      const tall =
        unit * between(random, 0.24, 0.62 - depth * 0.12) * Math.min(1.5, 0.6 + 0.4 * (height / unit));
      layers.push(...building(stage, Math.round(x), height - tall, Math.round(wide), colour, window, depth));
      x += Math.round(wide) + (random() < 0.35 ? Math.round(unit * between(random, 0.005, 0.05)) : 0);
    }
  }
  return layers;
}

function building(
  stage: Stage,
  x: number,
  top: number,
  wide: number,
  colour: Rgb,
  window: Rgb,
  depth: number,
): Layer[] {
  const { height, unit, random } = stage;
  const roof = Math.round(top);
  const right = x + wide;
  const seed = hash32(`${x} ${depth}`, Math.floor(random() * 4294967296));
  const layers = [box(x, roof, right, height, flat(colour))];
  const kind = random();
  const middle = x + wide / 2;
  const mast = unit * between(random, 0.03, 0.07);
  if (kind < 0.25)
    layers.push(
      span(
        [x, roof - mast, right, roof],
        flat(colour),
        (y) => middle - (y - roof + mast) * 0.09,
        (y) => middle + (y - roof + mast) * 0.09,
      ),
    );
  else if (kind < 0.5)
    layers.push(
      span(
        [x, roof - wide * 0.35, right, roof],
        flat(colour),
        (y) => right - (y - roof + wide * 0.35) / 0.35,
        () => right,
      ),
    );
  else if (kind < 0.6) layers.push(disc(middle, roof, wide * 0.4, flat(colour)));
  const grid = unit * 0.026;
  const columns = Math.floor((wide - grid * 0.6) / grid);
  const [margin, step] = [(wide - columns * grid) / 2, grid * 1.25];
  if (depth === 0 || columns < 1) return layers;
  const lit = layer([x, roof + grid, right, height], flat(window, depth === 1 ? 0.55 : 0.9), (y, cover) => {
    const row = Math.floor((y - roof - grid) / step);
    if (row < 0 || (y - roof - grid) / step - row > 0.55) return;
    for (let column = 0; column < columns; column++) {
      const left = x + margin + column * grid + grid * 0.22;
      if (hash32(`${row},${column}`, seed) % 100 < 42) coverSpan(cover, left, left + grid * 0.56, 1);
    }
  });
  return [...layers, lit];
}
