import { createRandom } from '../../src/core/gateway/offline/random.ts';
import type { Raster } from '../../src/core/image/raster.ts';
import type { Rgb } from '../../src/core/image/rgb.ts';

/** Draws pictures of which alpha and colour are known at every pixel. */

/** A form: its alpha (0…1) and its colour at a point, in pixels from the top left. */
export interface Shape {
  readonly alpha: (x: number, y: number) => number;
  readonly colour: (x: number, y: number) => Rgb;
}

const edge = (outside: number) => Math.min(1, Math.max(0, 0.5 - outside));
const only = (colour: Rgb) => () => colour;

/** @param softness width of its edge in pixels */
export function disc(x: number, y: number, radius: number, colour: Rgb, softness = 1): Shape {
  return { alpha: (px, py) => edge((Math.hypot(px - x, py - y) - radius) / softness), colour: only(colour) };
}

/** A ring: a disc with a hole. */
export function ring(x: number, y: number, radius: number, thickness: number, colour: Rgb): Shape {
  const alpha = (px: number, py: number) =>
    edge(Math.abs(Math.hypot(px - x, py - y) - radius) - thickness / 2);
  return { alpha, colour: only(colour) };
}

/** A line with round ends, as thin as a hair or as a letter's stroke. */
export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  thickness: number,
  colour: Rgb,
): Shape {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const alpha = (x: number, y: number) => {
    const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
    const outside = Math.hypot(x - from[0] - along * dx, y - from[1] - along * dy) - thickness / 2;
    // A line thinner than a pixel covers a part of it at most.
    return Math.min(edge(outside), Math.min(1, thickness));
  };
  return { alpha, colour: only(colour) };
}

/** Letters drawn with strokes: an A, an o and a slash, `height` pixels tall. */
export function letters(
  x: number,
  y: number,
  height: number,
  thickness: number,
  colour: Rgb,
): readonly Shape[] {
  const at = (across: number, down: number) => [x + across * height, y + down * height] as const;
  return [
    line(at(0, 1), at(0.35, 0), thickness, colour),
    line(at(0.35, 0), at(0.7, 1), thickness, colour),
    line(at(0.15, 0.6), at(0.55, 0.6), thickness, colour),
    ring(...at(1.05, 0.7), height * 0.25, thickness, colour),
    line(at(1.4, 1), at(1.8, 0), thickness, colour),
  ];
}

export interface SceneOptions {
  readonly width: number;
  readonly height: number;
  readonly background: Rgb;
  /** Standard deviation of noise in each channel, 0…255. */
  readonly noise?: number;
  /** Noise that is the same over 2 × 2 pixels, as of subsampled chroma; standard deviation. */
  readonly blocks?: number;
  /** How much darker the corners of the background are than its middle, 0…1. */
  readonly vignette?: number;
  readonly seed?: string;
}

/** A picture as a model would give it, and what it was made of. */
export interface Scene {
  readonly picture: Raster;
  /** The same subject with its true alpha and colours, not premultiplied. */
  readonly truth: Raster;
}

/** Paints shapes over each other and over a background, with noise on everything. */
export function drawScene(shapes: readonly Shape[], options: SceneOptions): Scene {
  const { width, height, background, noise = 0, blocks = 0, vignette = 0, seed = 'scene' } = options;
  const gauss = createGauss(seed);
  const picture = blank(width, height);
  const truth = blank(width, height);
  const coarse = Float32Array.from(
    { length: 3 * Math.ceil(width / 2) * Math.ceil(height / 2) },
    () => gauss() * blocks,
  );
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const { alpha, colour } = paintAt(shapes, x, y);
      const from = Math.hypot(x / width - 0.5, y / height - 0.5) / Math.SQRT1_2;
      const at = (y * width + x) * 4;
      const block = 3 * (Math.floor(y / 2) * Math.ceil(width / 2) + Math.floor(x / 2));
      for (let channel = 0; channel < 3; channel++) {
        const behind = background[channel]! * (1 - vignette * from * from);
        const value = colour[channel]! * alpha + behind * (1 - alpha);
        picture.data[at + channel] = value + gauss() * noise + coarse[block + channel]!;
        truth.data[at + channel] = colour[channel]!;
      }
      picture.data[at + 3] = 255;
      truth.data[at + 3] = alpha * 255;
    }
  return { picture, truth };
}

function paintAt(shapes: readonly Shape[], x: number, y: number): { alpha: number; colour: Rgb } {
  let alpha = 0;
  let colour: Rgb = [0, 0, 0];
  for (const shape of shapes) {
    const over = shape.alpha(x, y);
    if (over === 0) continue;
    const both = over + alpha * (1 - over);
    const share = over / both;
    const top = shape.colour(x, y);
    colour = [mix(colour[0], top[0], share), mix(colour[1], top[1], share), mix(colour[2], top[2], share)];
    alpha = both;
  }
  return { alpha, colour };
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** A transparent picture. */
export function blank(width: number, height: number): Raster {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/** A picture whose every pixel is told: red, green, blue and, where not 255, alpha. */
export function drawPixels(
  width: number,
  height: number,
  at: (x: number, y: number) => readonly [number, number, number, number?],
): Raster {
  const raster = blank(width, height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = at(x, y);
      raster.data.set([red, green, blue, alpha], (y * width + x) * 4);
    }
  return raster;
}

/** Numbers of a normal distribution, the same for the same seed (Box and Muller 1958). */
export function createGauss(seed: string): () => number {
  const random = createRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
