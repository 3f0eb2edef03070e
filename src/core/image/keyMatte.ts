import { type BackgroundMap, chromaOf, type KeyBackground } from './keyBackground.ts';
import type { Raster } from './raster.ts';
import { byteAt, type Rgb } from './rgb.ts';

type Vector = readonly [number, number, number];

/** A colour that a pixel is mixed from, and how much of it there is. */
interface Mixture {
  readonly foreground: Vector;
  /** 0…1 */
  readonly alpha: number;
}

/** How far round a thin line its purest pixel is looked for, in pixels. */
const around = 2;

/**
 * Takes the background out of the pixels next to it. A pixel there is I = a F + (1 − a) K, with K the background's
 * colour there. F is looked for inwards: the deepest pixel from which I can be mixed with K counts, because what lies
 * nearer is itself mixed. In thin lines, where nothing is deep, it is the pixel farthest from K. Where nothing fits
 * (an outline of one pixel, a texture), F is taken to have nothing of the key's hue, as colour difference keyers do. Then C = (I − (1 − a) K) / a, without more of the key's hue than F has.
 */
export class Matte {
  private readonly raster: Raster;
  /** Distances to the background, 0 in it. */
  private readonly depth: Uint8Array;
  private readonly reach: number;
  private readonly map: BackgroundMap;
  private readonly noise: number;
  private readonly tolerance: number;
  /** The key's hue as a direction: grey has no length along it. */
  private readonly axis: Vector;
  private readonly read = new Float32Array(3);

  constructor(
    raster: Raster,
    depth: Uint8Array,
    { colour, noise, map }: KeyBackground,
    { tolerance, reach }: { readonly tolerance: number; readonly reach: number },
  ) {
    this.raster = raster;
    this.depth = depth;
    this.reach = reach;
    this.map = map;
    this.noise = noise;
    this.tolerance = tolerance;
    const chroma = chromaOf(colour);
    this.axis = scaled(chroma, 1 / Math.hypot(...chroma));
  }

  /**
   * Works through the pixels from the background inwards, so that what lies deeper is still as it came, and then makes
   * the background transparent black.
   */
  apply(): void {
    const { data, width } = this.raster;
    for (let depth = 1; depth <= this.reach; depth++)
      for (let at = 0; at < this.depth.length; at++)
        if (this.depth[at] === depth) this.unmix(at % width, Math.floor(at / width));
    for (let at = 0; at < this.depth.length; at++) if (this.depth[at] === 0) data.fill(0, at * 4, at * 4 + 4);
  }

  private unmix(x: number, y: number): void {
    const { data, width } = this.raster;
    const at = y * width + x;
    const key = this.keyAt(x, y);
    const pixel = pixelAt(data, at);
    const { foreground, alpha } = this.mixtureOf(pixel, key, this.inwards(at), x, y);
    const length = Math.max(1, distance(foreground, key));
    const opaque = Math.max(0.9, 1 - this.tolerance / length);
    const isSpeck = alpha * length < 2 * this.tolerance && this.isAlone(x, y);
    if (alpha * length < 0.8 * this.tolerance || isSpeck) data.fill(0, at * 4, at * 4 + 4);
    else this.write(at, this.colourOf(pixel, key, foreground, alpha), alpha >= opaque ? 1 : alpha);
  }

  /** What a pixel is mixed of. @param path offsets of pixels, the deepest last */
  private mixtureOf(pixel: Vector, key: Vector, path: readonly number[], x: number, y: number): Mixture {
    const { data } = this.raster;
    const top = path.at(-1);
    const isDeep = top !== undefined && (this.depth[top] ?? 0) > this.reach;
    const candidates = path.map((one) => pixelAt(data, one));
    if (!isDeep) candidates.push(this.purestNear(x, y, key));
    for (const foreground of candidates.reverse()) {
      const alpha = this.fit(pixel, key, foreground);
      if (alpha !== undefined) return { foreground, alpha };
    }
    const hue = isDeep ? this.hueOf(pixelAt(data, top)) : 0;
    const alpha = this.aloneAlpha(pixel, key, Math.max(0, hue));
    return { foreground: unmixed(pixel, key, alpha), alpha };
  }

  /** The share of a foreground in a pixel; undefined where the pixel does not lie between it and the key. */
  private fit(pixel: Vector, key: Vector, foreground: Vector): number | undefined {
    const way = minus(foreground, key);
    const square = dot(way, way);
    if (square < 4 * this.tolerance * this.tolerance) return undefined;
    const from = minus(pixel, key);
    const alpha = Math.min(1, Math.max(0, dot(from, way) / square));
    const off = distance(from, scaled(way, alpha));
    return off <= 6 + 2 * this.noise + 0.05 * Math.hypot(...from) ? alpha : undefined;
  }

  /**
   * The alpha of a pixel of which nothing else is known: the rest is as much of the key as it has of the key's hue beyond
   * the foreground's.
   */
  private aloneAlpha(pixel: Vector, key: Vector, hue: number): number {
    const alpha = (this.hueOf(key) - this.hueOf(pixel)) / Math.max(1, this.hueOf(key) - hue);
    return Math.min(1, Math.max(0, alpha));
  }

  /** The pixels on the way from one to the inside, step by step deeper. */
  private inwards(start: number): readonly number[] {
    const { width } = this.raster;
    const path: number[] = [];
    for (let at = start; (this.depth[at] ?? 0) <= this.reach;) {
      const depth = this.depth[at] ?? 0;
      const x = at % width;
      const left = x > 0 ? -1 : 0;
      const right = x + 1 < width ? 1 : 0;
      // Straight before across the corner.
      const steps = [left, right, -width, width, left - width, right - width, left + width, right + width];
      const step = steps.find((one) => (this.depth[at + one] ?? 0) > depth);
      if (step === undefined) break;
      at += step;
      path.push(at);
    }
    return path;
  }

  /** The foreground in the pixel near a place that is farthest from the key; what was worked on is mixed again. */
  private purestNear(x: number, y: number, key: Vector): Vector {
    const { width, height, data } = this.raster;
    let purest: Vector = key;
    let farthest = 0;
    for (let row = Math.max(0, y - around); row <= Math.min(height - 1, y + around); row++)
      for (let column = Math.max(0, x - around); column <= Math.min(width - 1, x + around); column++) {
        const at = row * width + column;
        if (this.depth[at] === 0) continue;
        const alpha = byteAt(data, at * 4 + 3) / 255;
        const pixel = mixed(pixelAt(data, at), key, alpha);
        const far = distance(pixel, key);
        if (far <= farthest) continue;
        purest = pixel;
        farthest = far;
      }
    const alpha = this.aloneAlpha(purest, key, 0);
    return alpha < 0.2 ? purest : unmixed(purest, key, alpha);
  }

  /** Whether nearly all round a pixel is background: noise, not a line. */
  private isAlone(x: number, y: number): boolean {
    const { width, height } = this.raster;
    let others = 0;
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++)
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++)
        if (this.depth[row * width + column] !== 0) others++;
    return others <= 2;
  }

  /** The unmixed colour; the fainter the pixel, the more it is the foreground's, because noise grows with 1 / alpha. */
  private colourOf(pixel: Vector, key: Vector, foreground: Vector, alpha: number): Vector {
    const own = unmixed(pixel, key, alpha);
    const trust = Math.min(1, Math.max(0, (alpha - 0.2) / 0.4));
    const colour = mixed(own, foreground, trust);
    const spill = this.hueOf(colour) - Math.max(0, this.hueOf(foreground));
    return spill > 0 ? minus(colour, scaled(this.axis, spill)) : colour;
  }

  private write(at: number, colour: Vector, alpha: number): void {
    this.raster.data.set([...colour, alpha * 255], at * 4);
  }

  private hueOf(colour: Vector): number {
    return dot(colour, this.axis);
  }

  private keyAt(x: number, y: number): Vector {
    this.map.read(x, y, this.read);
    return [this.read[0] ?? 0, this.read[1] ?? 0, this.read[2] ?? 0];
  }
}

function pixelAt(data: Uint8ClampedArray, at: number): Rgb {
  return [byteAt(data, at * 4), byteAt(data, at * 4 + 1), byteAt(data, at * 4 + 2)];
}

function minus(one: Vector, other: Vector): Vector {
  return [one[0] - other[0], one[1] - other[1], one[2] - other[2]];
}

function scaled(one: Vector, by: number): Vector {
  return [one[0] * by, one[1] * by, one[2] * by];
}

function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2];
}

function distance(one: Vector, other: Vector): number {
  return Math.sqrt(dot(minus(one, other), minus(one, other)));
}

function mixed(one: Vector, other: Vector, share: number): Vector {
  return [
    one[0] * share + other[0] * (1 - share),
    one[1] * share + other[1] * (1 - share),
    one[2] * share + other[2] * (1 - share),
  ];
}

/** The foreground that, with this alpha, makes the pixel over the key; within what a byte holds. */
function unmixed(pixel: Vector, key: Vector, alpha: number): Vector {
  if (alpha <= 0) return pixel;
  const value = (channel: 0 | 1 | 2) =>
    Math.min(255, Math.max(0, (pixel[channel] - (1 - alpha) * key[channel]) / alpha));
  return [value(0), value(1), value(2)];
}
