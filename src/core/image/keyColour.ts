import type { Colour } from './pixelTask.ts';
import type { Raster } from './raster.ts';

/** Colours that pictures seldom hold, in the order in which they are tried. */
const keys: readonly { readonly name: string; readonly colour: Colour; readonly words: RegExp }[] = [
  {
    name: 'pure green (#00ff00)',
    colour: { red: 0, green: 255, blue: 0 },
    words:
      /\b(green|lime|emerald|grass|leaf|leaves|tree|plant|forest|jungle|frog|moss|ivy|mint|palm|cactus|herb)/i,
  },
  {
    name: 'pure magenta (#ff00ff)',
    colour: { red: 255, green: 0, blue: 255 },
    words: /\b(magenta|pink|purple|violet|fuchsia|lavender|orchid|flamingo|rose|plum|lilac)/i,
  },
  {
    name: 'pure blue (#0000ff)',
    colour: { red: 0, green: 0, blue: 255 },
    words: /\b(blue|navy|azure|cobalt|sapphire|sea|ocean|sky|water|denim)/i,
  },
];

/** A colour for the background of a picture that has none of its own, and how a model is asked for it. */
export interface KeyBackground {
  readonly colour: Colour;
  /** One sentence to stand behind the prompt. */
  readonly sentence: string;
}

/** Chooses a colour of which the prompt does not speak. */
export function keyBackgroundFor(prompt: string): KeyBackground {
  const key = keys.find(({ words }) => !words.test(prompt)) ?? keys[0];
  if (key === undefined) throw new Error('there are keys');
  return {
    colour: key.colour,
    sentence: `Isolate the subject on a perfectly flat, uniform ${key.name} background that fills the whole canvas to every edge: no shadow, no gradient, no texture, no reflection, no border, and nothing of that colour in the subject.`,
  };
}

/** How far from each other colours of a background may be that was asked to be flat: noise of JPEG, and models' own. */
const mostNoise = 60;
/** The part of the border that must be background; subjects touch the edge here and there. */
const leastBorder = 0.6;
/** A model's green is some green; another colour is no background that was asked for. */
const mostFromKey = 150;
/** Pixels around the background in which edges are looked for. */
const edgeWidth = 3;

/**
 * Takes a flat background out of a picture, in place: it becomes transparent, edges in proportion to how much of them was
 * background, and its colour goes out of them. What is apart from the background stays as it is, whatever its colour.
 * @param key about the colour that was asked for; the actual one is read off the border
 */
export function removeKeyColour(raster: Raster, key: Colour): 'removed' | 'notFlat' {
  const ground = backgroundOf(raster, key);
  if (ground === undefined) return 'notFlat';
  const axis = axisOf(key);
  const full = keyness(axis, ground.red, ground.green, ground.blue);
  if (full < 40) return 'notFlat';
  const mask = matteMask(raster, axis, full);
  const { data } = raster;
  for (let at = 0, pixel = 0; at < data.length; at += 4, pixel++) {
    if (mask[pixel] === 0) continue;
    const [red, green, blue] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
    const share = opacity(keyness(axis, red, green, blue), full);
    if (share === 0) {
      data.fill(0, at, at + 4);
      continue;
    }
    // I = a F + (1 − a) K, solved for F; what is left of the key's colour in it is spill.
    const own = (value: number, from: number) => (value - (1 - share) * from) / share;
    writeWithoutSpill(data, at, axis, [
      own(red, ground.red),
      own(green, ground.green),
      own(blue, ground.blue),
    ]);
    data[at + 3] = (data[at + 3] ?? 255) * share;
  }
  return 'removed';
}

/** Which channels of a key are high: its colour is told by how far those are above the others. */
interface Axis {
  readonly high: readonly [boolean, boolean, boolean];
}

function axisOf({ red, green, blue }: Colour): Axis {
  return { high: [red > 127, green > 127, blue > 127] };
}

/** How much of the key's colour is in a colour: −255 to 255. */
export function keyness({ high }: Axis, red: number, green: number, blue: number): number {
  const least = Math.min(high[0] ? red : 255, high[1] ? green : 255, high[2] ? blue : 255);
  const most = Math.max(high[0] ? 0 : red, high[1] ? 0 : green, high[2] ? 0 : blue);
  return least - most;
}

/** The keyness of a colour for a key. */
export function keynessFor(key: Colour): (red: number, green: number, blue: number) => number {
  const axis = axisOf(key);
  return (red, green, blue) => keyness(axis, red, green, blue);
}

/** 0 for the background itself, 1 for what has nothing of it; noise at both ends counts as the end. */
function opacity(own: number, full: number): number {
  const share = 1 - own / full;
  if (share < 0.12) return 0;
  return share > 0.94 ? 1 : (share - 0.12) / 0.82;
}

function writeWithoutSpill(
  data: Uint8ClampedArray,
  at: number,
  { high }: Axis,
  [red, green, blue]: readonly [number, number, number],
): void {
  // Its high channels may not stand above the highest of the others.
  const limit = Math.max(high[0] ? 0 : red, high[1] ? 0 : green, high[2] ? 0 : blue);
  data[at] = high[0] ? Math.min(red, limit) : red;
  data[at + 1] = high[1] ? Math.min(green, limit) : green;
  data[at + 2] = high[2] ? Math.min(blue, limit) : blue;
}

/** The border's usual colour, where it is flat and about the key. */
function backgroundOf(raster: Raster, key: Colour): Colour | undefined {
  const border = borderPixels(raster);
  const { data } = raster;
  const middle = (channel: number) => {
    const values = border.map((pixel) => data[pixel * 4 + channel] ?? 0).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] ?? 0;
  };
  const ground = { red: middle(0), green: middle(1), blue: middle(2) };
  const near = border.filter((pixel) => distance(colourAt(data, pixel), ground) <= mostNoise).length;
  return near >= border.length * leastBorder && distance(ground, key) <= mostFromKey ? ground : undefined;
}

function colourAt(data: Uint8ClampedArray, pixel: number): Colour {
  return { red: data[pixel * 4] ?? 0, green: data[pixel * 4 + 1] ?? 0, blue: data[pixel * 4 + 2] ?? 0 };
}

function distance(one: Colour, other: Colour): number {
  return Math.hypot(one.red - other.red, one.green - other.green, one.blue - other.blue);
}

/** Indexes of the outermost pixels. */
export function borderPixels({ width, height }: Raster): number[] {
  const pixels: number[] = [];
  for (let x = 0; x < width; x++) pixels.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) pixels.push(y * width, y * width + width - 1);
  return pixels;
}

/** 1 for the background (from the border, and enclosed in the subject) and for the edges around it. */
function matteMask(raster: Raster, axis: Axis, full: number): Uint8Array {
  const { width, height, data } = raster;
  const mask = new Uint8Array(width * height);
  const share = (pixel: number) =>
    opacity(keyness(axis, data[pixel * 4] ?? 0, data[pixel * 4 + 1] ?? 0, data[pixel * 4 + 2] ?? 0), full);
  // Nothing but the background has all of the key's colour, wherever it is.
  for (let pixel = 0; pixel < mask.length; pixel++) if (share(pixel) === 0) mask[pixel] = 1;
  for (let step = 0; step < edgeWidth; step++) grow(mask, width, height, (pixel) => share(pixel) < 1);
  return mask;
}

/** Grows a mask by one pixel in four directions, where a pixel may belong to it. */
function grow(mask: Uint8Array, width: number, height: number, mayBelong: (pixel: number) => boolean): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (mask[pixel] !== 0) continue;
      const isBeside =
        (x > 0 && mask[pixel - 1] === 1) ||
        (x < width - 1 && mask[pixel + 1] === 1) ||
        (y > 0 && mask[pixel - width] === 1) ||
        (y < height - 1 && mask[pixel + width] === 1);
      // 2: of this round, so that it does not spread on its own.
      if (isBeside && mayBelong(pixel)) mask[pixel] = 2;
    }
  }
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] === 2) mask[pixel] = 1;
}
