import { type Rgb, mix } from './colour.ts';
import { type Layer, box, card, cutBelow, disc, flat, glow, gradient, ground, span } from './layers.ts';
import { type Random, between } from './random.ts';
import { type Stage, clouds, firs, misty, rolling, sky, skyWithLight } from './scenery.ts';

/** Layers of hills that fade into the distance, with firs on the near ones. */
export function drawHills(stage: Stage): Layer[] {
  const { width, height, unit, random, palette } = stage;
  const layers = skyWithLight(stage, between(random, 0.16, 0.36));
  const ridges = 5;
  for (let i = 0; i < ridges; i++) {
    const nearness = i / (ridges - 1);
    const level = height * (0.44 + 0.4 * nearness) + between(random, -0.02, 0.02) * unit;
    const profile = rolling(
      width,
      level,
      unit * (0.075 - 0.02 * nearness),
      unit * between(random, 0.5, 0.9),
      random,
    );
    const colour = mix(palette.far, palette.near, nearness ** 0.85);
    if (i >= 3) layers.push(...firs(stage, profile, unit * (0.05 + 0.05 * (i - 3)), colour));
    layers.push(ground(profile, height, misty(stage, colour, level, unit * 0.4)));
  }
  return layers;
}

/** Sharp mountains with a lit and a shaded side and snow on top, before rolling ground. */
export function drawPeaks(stage: Stage): Layer[] {
  const { width, height, unit, random, palette } = stage;
  const layers = skyWithLight(stage, between(random, 0.14, 0.26));
  for (let range = 0; range < 2; range++) {
    const base = height * (0.74 + 0.1 * range);
    const count = Math.max(2, Math.round((width / unit) * (2.6 - range * 0.4)));
    const lit = mix(palette.far, palette.near, 0.12 + 0.4 * range);
    const order = Array.from({ length: count }, (_, i) => i).sort(() => random() - 0.5);
    for (const i of order) {
      const x = ((i + between(random, 0.15, 0.85)) / count) * width;
      const rise = unit * between(random, 0.3, 0.5 - 0.14 * range) * Math.min(1.25, height / width + 0.35);
      layers.push(...peak(stage, x, base, rise, lit));
    }
    const front = mix(palette.far, palette.near, 0.55 + 0.45 * range);
    const profile = rolling(width, base - unit * 0.04, unit * 0.025, unit * 0.7, random);
    if (range === 1) layers.push(...firs(stage, profile, unit * 0.08, front));
    layers.push(ground(profile, height, misty(stage, front, base, unit * 0.3)));
  }
  return layers;
}

/** A low sun over the sea, its path of light, a sail and waves. */
export function drawSea(stage: Stage): Layer[] {
  const { width, height, unit, random, palette, transparent } = stage;
  const horizon = height * between(random, 0.46, 0.56);
  const sunX = width * between(random, 0.32, 0.74);
  const radius = unit * between(random, 0.13, 0.19);
  const layers = transparent
    ? []
    : [sky(stage, horizon), glow(sunX, horizon, radius * 3.4, flat(palette.light, 0.5))];
  layers.push(disc(sunX, horizon - radius * between(random, -0.1, 0.7), radius, flat(palette.light)));
  layers.push(...clouds(stage, horizon * 0.75));
  const water = gradient(
    [mix(palette.far, palette.sky[2], 0.35), palette.far, palette.near],
    horizon,
    height,
  );
  layers.push(box(0, horizon, width, height, water));
  for (let i = 0; i < 7; i++) {
    const y = horizon + unit * (0.018 + 0.03 * i + 0.004 * i * i);
    const half = radius * between(random, 0.35, 1) * (1 - i * 0.07);
    const x = sunX + between(random, -0.25, 0.25) * radius;
    layers.push(
      card(x - half, y, half * 2, unit * 0.011, unit * 0.0055, flat(palette.light, 0.75 - i * 0.07)),
    );
  }
  layers.push(...sail(stage, width * between(random, 0.15, 0.85), horizon + unit * 0.06));
  for (let i = 0; i < 4; i++) {
    const level = height - (height - horizon) * (0.5 - 0.14 * i);
    const colour = mix(palette.far, palette.near, 0.35 + 0.2 * i);
    layers.push(
      ground(
        waves(width, level, unit * (0.024 + 0.01 * i), unit * (0.16 + 0.05 * i), random),
        height,
        flat(colour),
      ),
    );
  }
  return layers;
}

/** A line of waves with sharp crests and round troughs. */
function waves(width: number, level: number, swing: number, length: number, random: Random): Float32Array {
  const [phase, slow] = [random() * Math.PI, random() * 2 * Math.PI];
  return Float32Array.from({ length: width }, (_, x) => {
    const crest = Math.abs(Math.sin((x * Math.PI) / length + phase));
    return level + swing * crest ** 0.8 + swing * 0.5 * Math.sin((x * 1.3) / length + slow);
  });
}

function peak(stage: Stage, x: number, base: number, rise: number, lit: Rgb): Layer[] {
  const { random, palette } = stage;
  const [top, leftRun, rightRun] = [base - rise, between(random, 0.7, 1.05), between(random, 0.7, 1.05)];
  const lean = between(random, -0.12, 0.16);
  const shaded = mix(lit, palette.near, 0.42);
  const left = (y: number) => x - (y - top) * leftRun;
  const right = (y: number) => x + (y - top) * rightRun;
  const crest = (y: number) =>
    x + (y - top) * lean + rise * 0.045 * Math.abs(((((y - top) / rise) * 5) % 2) - 1) - rise * 0.045;
  const bounds = [left(base), top, right(base), base] as const;
  const snow = mix(palette.light, [255, 255, 255], 0.7);
  const [snowLine, tooth] = [top + rise * between(random, 0.24, 0.32), rise * between(random, 0.1, 0.13)];
  const snowEdge = (at: number) =>
    snowLine + tooth * Math.abs(((2 * ((((at - x) / tooth / 1.5) % 1) + 1.25)) % 2) - 1);
  return [
    span(bounds, flat(lit), left, crest),
    span(bounds, flat(shaded), crest, right),
    cutBelow(span(bounds, flat(snow), left, crest), snowEdge),
    cutBelow(span(bounds, flat(mix(snow, shaded, 0.32)), crest, right), snowEdge),
  ];
}

function sail({ unit, random, palette }: Stage, x: number, y: number): Layer[] {
  const size = unit * between(random, 0.09, 0.13);
  const hull = mix(palette.near, palette.accents[1], 0.25);
  const white = mix(palette.light, [255, 255, 255], 0.6);
  return [
    span(
      [x - size, y - size, x, y],
      flat(white),
      (row) => x - (row - y + size) * 0.55,
      () => x - size * 0.03,
    ),
    span(
      [x, y - size * 0.9, x + size, y],
      flat(palette.accents[0]),
      () => x + size * 0.03,
      (row) => x + (row - y + size * 0.9) * 0.42,
    ),
    span(
      [x - size, y + size * 0.06, x + size, y + size * 0.25],
      flat(hull),
      (row) => x - size * 0.66 + (row - y) * 0.7,
      (row) => x + size * 0.58 - (row - y) * 0.9,
    ),
  ];
}
