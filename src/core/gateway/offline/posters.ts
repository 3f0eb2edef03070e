import { type Rgb, mix } from './colour.ts';
import { type Layer, box, card, disc, flat, gradient, ground, sheet, span } from './layers.ts';
import { between, pick } from './random.ts';
import type { Stage } from './scenery.ts';

/** Quarter circles, discs and leaves in a grid. */
export function drawTiles(stage: Stage): Layer[] {
  const { width, height, unit, random, palette, transparent } = stage;
  const cell = unit / pick(random, [3, 4, 5]);
  const [columns, rows] = [Math.max(1, Math.round(width / cell)), Math.max(1, Math.round(height / cell))];
  const size = Math.max(width / columns, height / rows);
  const paper = mix(palette.sky[2], palette.light, 0.4);
  const colours: readonly [Rgb, ...Rgb[]] = [...palette.accents, palette.far, palette.near, paper];
  const layers: Layer[] = transparent ? [] : [sheet(width, height, flat(paper))];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      // Whole pixels: a seam between two tiles would shine through.
      const [x, y] = [Math.round((column * width) / columns), Math.round((row * height) / rows)];
      const right = Math.round(((column + 1) * width) / columns);
      const bottom = Math.round(((row + 1) * height) / rows);
      const back = pick(random, colours);
      const square = box(x, y, right, bottom, flat(back));
      if (!transparent) layers.push(square);
      layers.push(...tile(stage, square, size, pickOther(stage, colours, back), pick(random, colours)));
    }
  }
  return layers;
}

/** Nested arches under a sun, as on a printed card. */
export function drawArches(stage: Stage): Layer[] {
  const { width, height, unit, random, palette, transparent } = stage;
  const paper = mix(palette.sky[2], palette.light, 0.5);
  const layers: Layer[] = transparent
    ? []
    : [sheet(width, height, gradient([mix(paper, palette.sky[1], 0.3), paper], 0, height))];
  const radius = unit * between(random, 0.1, 0.14);
  layers.push(disc(width * between(random, 0.4, 0.62), height * 0.2, radius, flat(palette.accents[1])));
  const count = Math.max(2, Math.round((width / unit) * 1.8));
  const first = random() < 0.5 ? 0 : 1;
  for (const parity of [first, 1 - first]) {
    for (let i = parity; i < count; i += 2) {
      const x = ((i + between(random, 0.35, 0.65)) / count) * width;
      const outer = (width / count) * between(random, 0.62, 0.82);
      layers.push(...arch(stage, x, height * between(random, 0.55, 0.82), outer, paper));
    }
  }
  return layers;
}

/** Broad parallel bands that sweep across, a sun behind them. */
export function drawBands(stage: Stage): Layer[] {
  const { width, height, unit, random, palette, transparent } = stage;
  const paper = mix(palette.sky[2], palette.light, 0.35);
  const layers: Layer[] = transparent
    ? []
    : [sheet(width, height, gradient([palette.sky[1], paper], 0, height * 0.7))];
  const radius = unit * between(random, 0.16, 0.24);
  layers.push(
    disc(
      width * between(random, 0.25, 0.75),
      height * between(random, 0.3, 0.4),
      radius,
      flat(palette.light),
    ),
  );
  const [phase, swing, tilt] = [
    random() * 6.28,
    unit * between(random, 0.08, 0.15),
    unit * between(random, -0.2, 0.2),
  ];
  const thickness = unit * between(random, 0.06, 0.085);
  const colours = [
    palette.accents[1],
    palette.accents[0],
    palette.accents[2],
    palette.far,
    mix(palette.far, palette.near, 0.5),
    palette.near,
  ];
  colours.forEach((colour, i) => {
    const profile = Float32Array.from({ length: width }, (_, x) => {
      const along = x / width;
      const wave =
        swing * Math.sin(phase + along * 4.4 + i * 0.16) + swing * 0.35 * Math.sin(phase * 2 + along * 9);
      return height * 0.5 + wave + tilt * (along - 0.5) + i * thickness * (1 + along * 0.35);
    });
    layers.push(ground(profile, height, flat(colour)));
  });
  return layers;
}

function tile({ random }: Stage, square: Layer, size: number, colour: Rgb, second: Rgb): Layer[] {
  const { left, top, right, bottom } = square;
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const [cornerX, cornerY] = [pick(random, [left, right]), pick(random, [top, bottom])];
  const quarter = (part: number, fill: Rgb) => disc(cornerX, cornerY, size * part, flat(fill), square);
  const small = Math.min(right - left, bottom - top);
  switch (Math.floor(random() * 7)) {
    case 0:
      return [quarter(1, colour)];
    case 1:
      return [quarter(1, colour), quarter(0.62, second), quarter(0.28, colour)];
    case 2:
      return [disc(x, y, small * 0.36, flat(colour)), disc(x, y, small * 0.16, flat(second))];
    case 3:
      return [disc(x, cornerY, size / 2, flat(colour), square)];
    case 4:
      return [leaf(square, cornerX === left, size, colour)];
    case 5:
      return Array.from({ length: 3 }, (_, i) => {
        const from = top + ((bottom - top) * (2 * i + 0.5)) / 6;
        return box(left, from, right, from + (bottom - top) / 6, flat(colour));
      });
    default:
      return [
        span(
          [left, top, right, bottom],
          flat(colour),
          () => left,
          (rowY) => left + ((rowY - top) / (bottom - top)) * (right - left),
        ),
      ];
  }
}

/** Where two quarter circles of opposite corners overlap. */
function leaf({ left, top, right, bottom }: Layer, rising: boolean, size: number, colour: Rgb): Layer {
  const reach = (distance: number) => Math.sqrt(Math.max(0, size * size - distance * distance));
  const square = [left, top, right, bottom] as const;
  return rising
    ? span(
        square,
        flat(colour),
        (y) => right - reach(y - top),
        (y) => left + reach(bottom - y),
      )
    : span(
        square,
        flat(colour),
        (y) => right - reach(bottom - y),
        (y) => left + reach(y - top),
      );
}

function arch(
  { height, random, palette }: Stage,
  x: number,
  springY: number,
  outer: number,
  paper: Rgb,
): Layer[] {
  const rings = pick(random, [3, 4, 5]);
  const start = Math.floor(random() * 5);
  // Without the sun's colour: where they meet, both would run together.
  const halfway = mix(palette.far, palette.near, 0.5);
  const colours = [palette.near, palette.accents[0], palette.far, palette.accents[2], halfway];
  return Array.from({ length: rings * 2 }, (_, i) => {
    const radius = outer * (1 - i / (rings * 2 + 0.6));
    const colour = i % 2 === 1 ? paper : (colours[(start + i / 2) % colours.length] ?? paper);
    return card(
      x - radius,
      springY - radius,
      radius * 2,
      height - springY + radius * 3,
      radius,
      flat(colour),
    );
  });
}

/** A colour that stands out from another: one by chance, or the one that differs most. */
function pickOther({ random }: Stage, colours: readonly [Rgb, ...Rgb[]], other: Rgb): Rgb {
  const difference = (colour: Rgb) =>
    colour.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0);
  const colour = pick(random, colours);
  if (difference(colour) > 90) return colour;
  return colours.reduce((best, next) => (difference(next) > difference(best) ? next : best));
}
