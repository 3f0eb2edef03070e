import type { Colour } from './pixelTask.ts';
import type { Raster } from './raster.ts';
import { borderColour, borderPixels, colourAt } from './rasterParts.ts';

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
/** How far from an edge the subject's own colour is looked for, in pixels. */
const reach = 6;

/**
 * Takes a flat background out of a picture, in place: it becomes transparent, edges in proportion to how much of them was
 * background, and its colour goes out of them. What is apart from the background stays as it is, whatever its colour.
 * @param key about the colour that was asked for; the actual one is read off the border
 */
export function removeKeyColour(raster: Raster, key: Colour): 'removed' | 'notFlat' {
  const ground = backgroundOf(raster, key);
  if (ground === undefined) return 'notFlat';
  const axis = axisOf(key);
  const full = keyness(axis, ground);
  if (full < leastKeyness) return 'notFlat';
  const mask = matteMask(raster, axis, full);
  // Colours are read off the picture as it came.
  const came: Raster = { ...raster, data: raster.data.slice() };
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (mask[pixel] === isGround) raster.data.fill(0, pixel * 4, pixel * 4 + 4);
    else if (mask[pixel] === isEdge) matte(raster, came, mask, pixel, { axis, ground, full });
  }
  return 'removed';
}

/** A ground of less is no colour at all. */
const leastKeyness = 40;

interface Key {
  readonly axis: Axis;
  readonly ground: Colour;
  readonly full: number;
}

/** An edge: how much of it is subject follows from how far it is on the way from the ground to the subject beside it. */
function matte(
  raster: Raster,
  came: Raster,
  mask: Uint8Array,
  pixel: number,
  { axis, ground, full }: Key,
): void {
  const mixed = colourAt(came.data, pixel);
  const subject = subjectNear(came, mask, pixel);
  const own = subject === undefined ? 0 : keyness(axis, subject);
  const share = opacity((full - keyness(axis, mixed)) / Math.max(1, full - own));
  const at = pixel * 4;
  if (share === 0) {
    raster.data.fill(0, at, at + 4);
    return;
  }
  // I = a F + (1 − a) K, solved for F; of a faint pixel that would be noise, and its neighbour knows better.
  const solved = (value: number, from: number) => (value - (1 - share) * from) / share;
  const colour =
    subject !== undefined && share < 0.5
      ? subject
      : {
          red: solved(mixed.red, ground.red),
          green: solved(mixed.green, ground.green),
          blue: solved(mixed.blue, ground.blue),
        };
  // What is greener than the subject beside it is spill.
  writeWithoutSpill(raster.data, at, axis, colour, Math.max(0, own));
  raster.data[at + 3] = (raster.data[at + 3] ?? 255) * share;
}

/** The colour of the nearest pixels that belong to the subject alone; undefined where there are none, as in a hair. */
function subjectNear({ width, height, data }: Raster, mask: Uint8Array, pixel: number): Colour | undefined {
  const [x, y] = [pixel % width, Math.floor(pixel / width)];
  for (let radius = 1; radius <= reach; radius++) {
    let [red, green, blue, count] = [0, 0, 0, 0];
    for (let row = Math.max(0, y - radius); row <= Math.min(height - 1, y + radius); row++) {
      const isFull = Math.abs(row - y) === radius;
      const step = isFull ? 1 : 2 * radius;
      for (let column = x - radius; column <= x + radius; column += step) {
        if (column < 0 || column >= width || mask[row * width + column] !== 0) continue;
        const at = (row * width + column) * 4;
        red += data[at] ?? 0;
        green += data[at + 1] ?? 0;
        blue += data[at + 2] ?? 0;
        count++;
      }
    }
    if (count > 0) return { red: red / count, green: green / count, blue: blue / count };
  }
  return undefined;
}

/** Which channels of a key are high: its colour is told by how far those are above the others. */
interface Axis {
  readonly high: readonly [boolean, boolean, boolean];
}

function axisOf({ red, green, blue }: Colour): Axis {
  return { high: [red > 127, green > 127, blue > 127] };
}

/** How much of the key's colour is in a colour: −255 to 255. */
function keyness({ high }: Axis, { red, green, blue }: Colour): number {
  const least = Math.min(high[0] ? red : 255, high[1] ? green : 255, high[2] ? blue : 255);
  const most = Math.max(high[0] ? 0 : red, high[1] ? 0 : green, high[2] ? 0 : blue);
  return least - most;
}

/** The keyness of a colour for a key. */
export function keynessFor(key: Colour): (colour: Colour) => number {
  const axis = axisOf(key);
  return (colour) => keyness(axis, colour);
}

/** Noise at both ends counts as the end. */
function opacity(share: number): number {
  return share < 0.06 ? 0 : share > 0.95 ? 1 : share;
}

/** @param most how far its high channels may stand above the highest of the others */
function writeWithoutSpill(
  data: Uint8ClampedArray,
  at: number,
  { high }: Axis,
  { red, green, blue }: Colour,
  most: number,
): void {
  const limit = most + Math.max(high[0] ? 0 : red, high[1] ? 0 : green, high[2] ? 0 : blue);
  data[at] = high[0] ? Math.min(red, limit) : red;
  data[at + 1] = high[1] ? Math.min(green, limit) : green;
  data[at + 2] = high[2] ? Math.min(blue, limit) : blue;
}

/** The border's usual colour, where it is flat and about the key. */
function backgroundOf(raster: Raster, key: Colour): Colour | undefined {
  const border = borderPixels(raster);
  const { data } = raster;
  const ground = borderColour(raster);
  const near = border.filter((pixel) => distance(colourAt(data, pixel), ground) <= mostNoise).length;
  return near >= border.length * leastBorder && distance(ground, key) <= mostFromKey ? ground : undefined;
}

function distance(one: Colour, other: Colour): number {
  return Math.hypot(one.red - other.red, one.green - other.green, one.blue - other.blue);
}

const isGround = 1;
const isEdge = 2;
/** Nothing but the background has so much of the key's colour, wherever it is. */
const groundShare = 0.88;

/** Tells ground, from the border and enclosed in the subject, and the edges around it from what is subject alone (0). */
function matteMask({ width, height, data }: Raster, axis: Axis, full: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let pixel = 0; pixel < mask.length; pixel++)
    if (keyness(axis, colourAt(data, pixel)) >= full * groundShare) mask[pixel] = isGround;
  for (let step = 0; step < edgeWidth; step++) grow(mask, width, height);
  return mask;
}

/** Grows a mask by one pixel in four directions. */
function grow(mask: Uint8Array, width: number, height: number): void {
  const isNew = 3;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (mask[pixel] !== 0) continue;
      const isBeside =
        (x > 0 && isOld(mask[pixel - 1])) ||
        (x < width - 1 && isOld(mask[pixel + 1])) ||
        (y > 0 && isOld(mask[pixel - width])) ||
        (y < height - 1 && isOld(mask[pixel + width]));
      // Marked as new, so that it does not spread on its own.
      if (isBeside) mask[pixel] = isNew;
    }
  }
  for (let pixel = 0; pixel < mask.length; pixel++) if (mask[pixel] === isNew) mask[pixel] = isEdge;
}

function isOld(mark: number | undefined): boolean {
  return mark === isGround || mark === isEdge;
}
