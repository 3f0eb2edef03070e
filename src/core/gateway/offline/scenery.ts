import { type Rgb, mix } from './colour.ts';
import { type Fill, type Layer, card, disc, flat, glow, gradient, sheet, span } from './layers.ts';
import { type Palette, isDark } from './palette.ts';
import { type Random, between } from './random.ts';

/** What a composition is given. */
export interface Stage {
  readonly width: number;
  readonly height: number;
  /** The shorter side: what shapes are measured by, so that every format looks alike. */
  readonly unit: number;
  readonly random: Random;
  readonly palette: Palette;
  /** No sky and no paper, only shapes. */
  readonly transparent: boolean;
}

/** The sky, a sun or moon with its glow, clouds by day and stars by night. */
export function skyWithLight(stage: Stage, level: number): Layer[] {
  const { width, height, unit, random, palette, transparent } = stage;
  const radius = unit * between(random, 0.07, 0.13);
  const [x, y] = [width * between(random, 0.22, 0.8), height * level + radius * 0.3];
  const layers = transparent ? [] : [sky(stage, height * 0.8)];
  if (isDark(palette) && !transparent) layers.push(...stars(stage));
  if (!transparent) layers.push(glow(x, y, radius * 4, flat(palette.light, 0.42)));
  layers.push(disc(x, y, radius, flat(palette.light)));
  if (!isDark(palette)) layers.push(...clouds(stage, height * 0.42));
  return layers;
}

/** The sky alone, its last colour at the horizon. */
export function sky({ width, height, palette }: Stage, horizon: number): Layer {
  return sheet(width, height, gradient(palette.sky, 0, horizon));
}

function stars({ width, height, unit, random, palette }: Stage): Layer[] {
  return Array.from({ length: Math.round((50 * width) / unit) }, () => {
    const size = unit * between(random, 0.0011, 0.0032);
    return disc(
      random() * width,
      random() ** 1.4 * height * 0.6,
      Math.max(0.5, size),
      flat(palette.light, between(random, 0.35, 0.9)),
    );
  });
}

/** Flat clouds: two round bars, one on the other. */
export function clouds({ width, unit, random, palette }: Stage, lowest: number): Layer[] {
  const colour = mix(palette.sky[2], [255, 255, 255], 0.45);
  return Array.from({ length: Math.round((1.6 * width) / unit) + 1 }, () => {
    const length = unit * between(random, 0.14, 0.28);
    const thickness = Math.max(1, Math.round(unit * between(random, 0.018, 0.03)));
    // Whole pixels: a seam between the two bars would shine through.
    const [x, y] = [random() * width * 1.1 - length / 2, Math.round(between(random, 0.12, 1) * lowest)];
    const bar = (dx: number, dy: number, part: number) =>
      card(x + dx * length, y + dy * thickness, length * part, thickness, thickness / 2, flat(colour, 0.6));
    return [bar(0, 0, 0.8), bar(between(random, 0.15, 0.5), 1, between(random, 0.5, 0.8))];
  }).flat();
}

/** Ground that gets lighter further down, as if mist lay in the valley. */
export function misty({ palette, transparent }: Stage, colour: Rgb, top: number, depth: number): Fill {
  return transparent ? flat(colour) : gradient([colour, mix(colour, palette.sky[2], 0.16)], top, top + depth);
}

/** A rolling line: a few sines of unrelated lengths. */
export function rolling(
  width: number,
  level: number,
  swing: number,
  length: number,
  random: Random,
): Float32Array {
  const waves = [1, 0.47, 0.23].map((part) => ({
    swing: swing * part ** 0.9,
    turn: (2 * Math.PI) / (length * part * between(random, 0.85, 1.15)),
    phase: random() * 2 * Math.PI,
  }));
  return Float32Array.from({ length: width }, (_, x) =>
    waves.reduce((y, wave) => y + wave.swing * Math.sin(x * wave.turn + wave.phase), level),
  );
}

/** Groups of firs that stand on a line. */
export function firs(
  { width, unit, random }: Stage,
  profile: Float32Array,
  size: number,
  colour: Rgb,
): Layer[] {
  return Array.from({ length: Math.max(2, Math.round((width / unit) * 3)) }, () => random() * width).flatMap(
    (middle) =>
      Array.from({ length: 1 + Math.floor(random() * 4) }, (_, i) => {
        const x = middle + (i - 1) * size * between(random, 0.35, 0.55);
        const foot = (profile[Math.round(Math.min(width - 1, Math.max(0, x)))] ?? 0) + size * 0.1;
        const tall = size * between(random, 0.7, 1.25);
        const half = (y: number) => {
          const down = (y - (foot - tall)) / tall;
          return tall * 0.24 * (down * 0.75 + 0.4 * ((down * 3) % 1) * down + 0.02);
        };
        return span(
          [x - tall, foot - tall, x + tall, foot],
          flat(colour),
          (y) => x - half(y),
          (y) => x + half(y),
        );
      }),
  );
}
