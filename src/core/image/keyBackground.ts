import { borderOffsets } from './compose.ts';
import type { Raster } from './raster.ts';
import { byteAt, type Rgb } from './rgb.ts';

/** A background of one colour, as it really is: models give #04f906 for #00ff00, JPEG makes noise, lenses darken. */
export interface KeyBackground {
  /** Its mean colour. */
  readonly colour: Rgb;
  /** How far its pixels are from the colour there, root mean square, as a distance in RGB (0…441). */
  readonly noise: number;
  readonly map: BackgroundMap;
}

/** Why there is no background to take out. */
export type KeyRefusal = 'notFlat' | 'otherColour';

/** Farther than this from the mean colour, in RGB, nothing is background: slow shading and noise stay within. */
const reach = 60;
const mostNoise = 20;
/** Share of the border that must be background; the subject may touch the rest. */
const leastBorder = 0.5;

/**
 * Finds the colour that the border of a picture has, and how it changes over the picture.
 * @param key the colour that was asked for; absent: any colour with chroma
 * @returns `otherColour` where the border is grey, or of another hue than the key; `notFlat` where it has no one colour
 */
export function findKeyBackground(raster: Raster, key?: Rgb): KeyBackground | KeyRefusal {
  const found = commonest(raster);
  if (found.share < leastBorder) return 'notFlat';
  if (!isKey(found.colour, key)) return 'otherColour';
  const map = new BackgroundMap(raster, found.colour);
  const noise = map.learn(raster);
  return noise > mostNoise ? 'notFlat' : { colour: found.colour, noise, map };
}

/** The part of a colour that is not grey. */
export function chromaOf([red, green, blue]: Rgb): Rgb {
  const grey = (red + green + blue) / 3;
  return [red - grey, green - grey, blue - grey];
}

/** Whether a colour is saturated enough to tell it from a subject, and of the key's hue. */
function isKey(colour: Rgb, key: Rgb | undefined): boolean {
  const chroma = chromaOf(colour);
  const length = Math.hypot(...chroma);
  if (length < 70) return false;
  if (!key) return true;
  const wanted = chromaOf(key);
  const cosine = chroma.reduce((sum, value, index) => sum + value * (wanted[index] ?? 0), 0);
  return cosine >= 0.9 * length * Math.hypot(...wanted);
}

/** The commonest colour of the border, as the mean of what is near it, and the share of the border that is. */
function commonest(raster: Raster): { readonly colour: Rgb; readonly share: number } {
  const { data } = raster;
  const counts = new Uint32Array(4096);
  for (const at of borderOffsets(raster)) {
    const bin =
      ((byteAt(data, at) >> 4) << 8) | ((byteAt(data, at + 1) >> 4) << 4) | (byteAt(data, at + 2) >> 4);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const bin = counts.reduce((best, count, index) => (count > (counts[best] ?? 0) ? index : best), 0);
  let colour: Rgb = [(bin >> 8) * 16 + 8, ((bin >> 4) & 15) * 16 + 8, (bin & 15) * 16 + 8];
  let share = 0;
  // From the bin's middle to the mean of the colours round it.
  for (let round = 0; round < 3; round++) ({ colour, share } = meanNear(raster, colour));
  return { colour, share };
}

function meanNear(raster: Raster, [red, green, blue]: Rgb): { colour: Rgb; share: number } {
  const { data } = raster;
  const sums = [0, 0, 0] as [number, number, number];
  let near = 0;
  let all = 0;
  for (const at of borderOffsets(raster)) {
    all++;
    const [r, g, b] = [byteAt(data, at), byteAt(data, at + 1), byteAt(data, at + 2)];
    if (Math.hypot(r - red, g - green, b - blue) > reach) continue;
    near++;
    sums[0] += r;
    sums[1] += g;
    sums[2] += b;
  }
  const count = Math.max(1, near);
  return { colour: [sums[0] / count, sums[1] / count, sums[2] / count], share: near / all };
}

/** The most cells of the map in one direction. */
const mostCells = 24;
/** A cell with fewer background pixels says nothing; its neighbours speak for it. */
const fewest = 24;

/** About as many pixels are averaged. */
const mostLearnt = 1_000_000;

/** The background's colour all over the picture, also behind the subject: a coarse grid of means, read smoothly. */
export class BackgroundMap {
  private readonly side: number;
  private readonly columns: number;
  private readonly rows: number;
  /** Three values a cell. */
  private colours: Float32Array;

  constructor({ width, height }: Raster, colour: Rgb) {
    this.side = Math.ceil(Math.max(width, height) / mostCells);
    this.columns = Math.ceil(width / this.side);
    this.rows = Math.ceil(height / this.side);
    this.colours = new Float32Array(this.columns * this.rows * 3);
    for (let at = 0; at < this.colours.length; at += 3) this.colours.set(colour, at);
  }

  /**
   * Takes the means of the pixels near the colour known so far, twice, the second time of nearer ones.
   * @returns their noise
   */
  learn(raster: Raster): number {
    this.learnWithin(raster, reach);
    return this.learnWithin(raster, reach / 2);
  }

  /** Writes the colour at a pixel: bilinear between the middles of cells. */
  read(x: number, y: number, into: Float32Array): void {
    const column = Math.min(this.columns - 1, Math.max(0, (x + 0.5) / this.side - 0.5));
    const row = Math.min(this.rows - 1, Math.max(0, (y + 0.5) / this.side - 0.5));
    const left = Math.floor(column);
    const top = Math.floor(row);
    const across = column - left;
    const down = row - top;
    const at = (top * this.columns + left) * 3;
    const right = left + 1 < this.columns ? 3 : 0;
    const below = top + 1 < this.rows ? this.columns * 3 : 0;
    const { colours } = this;
    for (let channel = 0; channel < 3; channel++) {
      const from = at + channel;
      const upper = (colours[from] ?? 0) * (1 - across) + (colours[from + right] ?? 0) * across;
      const lower =
        (colours[from + below] ?? 0) * (1 - across) + (colours[from + below + right] ?? 0) * across;
      into[channel] = upper * (1 - down) + lower * down;
    }
  }

  private learnWithin({ width, height, data }: Raster, distance: number): number {
    const sums = new Float64Array(this.columns * this.rows * 4);
    const here = new Float32Array(3);
    let square = 0;
    let count = 0;
    // Of a large picture some pixels say enough.
    const step = Math.max(1, Math.floor(Math.sqrt((width * height) / mostLearnt)));
    for (let y = 0; y < height; y += step) {
      for (let x = 0; x < width; x += step) {
        const at = (y * width + x) * 4;
        this.read(x, y, here);
        const off = squaredDistance(data, at, here);
        if (off > distance * distance) continue;
        square += off;
        count++;
        const cell = (Math.floor(y / this.side) * this.columns + Math.floor(x / this.side)) * 4;
        for (let channel = 0; channel < 3; channel++)
          sums[cell + channel] = (sums[cell + channel] ?? 0) + byteAt(data, at + channel);
        sums[cell + 3] = (sums[cell + 3] ?? 0) + 1;
      }
    }
    this.colours = filled(sums, this.columns, this.rows) ?? this.colours;
    return Math.sqrt(square / Math.max(1, count));
  }
}

/** How far a pixel is from a colour in RGB, squared. */
export function squaredDistance(data: Uint8ClampedArray, at: number, colour: Float32Array): number {
  const red = byteAt(data, at) - (colour[0] ?? 0);
  const green = byteAt(data, at + 1) - (colour[1] ?? 0);
  const blue = byteAt(data, at + 2) - (colour[2] ?? 0);
  return red * red + green * green + blue * blue;
}

/** The means of cells; those without enough pixels get the mean of their neighbours, ring by ring. */
function filled(sums: Float64Array, columns: number, rows: number): Float32Array | undefined {
  const means = new Float32Array(columns * rows * 3);
  let known = Array.from({ length: columns * rows }, (_, cell) => (sums[cell * 4 + 3] ?? 0) >= fewest);
  if (!known.includes(true)) return undefined;
  known.forEach((isKnown, cell) => {
    if (!isKnown) return;
    for (let channel = 0; channel < 3; channel++)
      means[cell * 3 + channel] = (sums[cell * 4 + channel] ?? 0) / (sums[cell * 4 + 3] ?? 1);
  });
  while (known.includes(false)) {
    known = known.map((isKnown, cell) => {
      if (isKnown) return true;
      const near = neighbours(cell, columns, rows).filter((one) => known[one] === true);
      for (let channel = 0; channel < 3 && near.length > 0; channel++)
        means[cell * 3 + channel] =
          near.reduce((sum, one) => sum + (means[one * 3 + channel] ?? 0), 0) / near.length;
      return near.length > 0;
    });
  }
  return means;
}

function neighbours(cell: number, columns: number, rows: number): readonly number[] {
  const x = cell % columns;
  return [
    ...(x > 0 ? [cell - 1] : []),
    ...(x + 1 < columns ? [cell + 1] : []),
    ...(cell >= columns ? [cell - columns] : []),
    ...(cell + columns < columns * rows ? [cell + columns] : []),
  ];
}
