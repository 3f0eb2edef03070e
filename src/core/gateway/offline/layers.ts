import { type Lab, type Rgb, labOf, mixLab, rgbOf } from './colour.ts';

/** The colour of a layer: one, or a run of colours from `from` to `to` in pixels downwards. */
export interface Fill {
  readonly colours: readonly [Rgb, ...Rgb[]];
  readonly from: number;
  readonly to: number;
  /** How much it hides what is below, 0…1. */
  readonly opacity: number;
}

/** One flat shape. Layers are painted row by row, the first one lowest. */
export interface Layer {
  readonly left: number;
  readonly top: number;
  /** One past the last column and row. */
  readonly right: number;
  readonly bottom: number;
  /** Its colour in a row. */
  readonly colourAt: (y: number) => Rgb;
  readonly opacity: number;
  /** Adds how much of each pixel of the row is covered (0…1) to `cover`, which holds zeros. */
  readonly cover: (y: number, cover: Float32Array) => void;
}

/** One colour for the whole layer. */
export function flat(colour: Rgb, opacity = 1): Fill {
  return { colours: [colour], from: 0, to: 1, opacity };
}

/** Colours that run downwards from one row to another. */
export function gradient(colours: readonly [Rgb, ...Rgb[]], from: number, to: number, opacity = 1): Fill {
  return { colours, from, to, opacity };
}

/** The whole picture in one fill. */
export function sheet(width: number, height: number, fill: Fill): Layer {
  return layer([0, 0, width, height], fill, (_y, cover) => cover.fill(1));
}

/** Everything below a line: `profile` holds the line's height for each column. */
export function ground(profile: Float32Array, height: number, fill: Fill): Layer {
  const top = profile.reduce((least, value) => Math.min(least, value), height);
  return layer([0, top, profile.length, height], fill, (y, cover) => {
    for (let x = 0; x < profile.length; x++) {
      const depth = y + 1 - (profile[x] ?? 0);
      cover[x] = depth <= 0 ? 0 : Math.min(1, depth);
    }
  });
}

/** A shape that in each row reaches from `left(y)` to `right(y)`; rows are sampled finely for smooth edges. */
export function span(
  box: readonly [left: number, top: number, right: number, bottom: number],
  fill: Fill,
  left: (y: number) => number,
  right: (y: number) => number,
): Layer {
  const [, top, , bottom] = box;
  return layer(box, fill, (y, cover) => {
    for (let sample = 0; sample < 4; sample++) {
      const sampleY = y + (sample + 0.5) / 4;
      if (sampleY < top || sampleY >= bottom) continue;
      coverSpan(cover, Math.max(left(sampleY), box[0]), Math.min(right(sampleY), box[2]), 0.25);
    }
  });
}

/** A rectangle. */
export function box(left: number, top: number, right: number, bottom: number, fill: Fill): Layer {
  return span(
    [left, top, right, bottom],
    fill,
    () => left,
    () => right,
  );
}

/** A circle, or the part of it inside `clip`. */
export function disc(x: number, y: number, radius: number, fill: Fill, clip?: Layer): Layer {
  const box = [
    Math.max(x - radius, clip?.left ?? -Infinity),
    Math.max(y - radius, clip?.top ?? -Infinity),
    Math.min(x + radius, clip?.right ?? Infinity),
    Math.min(y + radius, clip?.bottom ?? Infinity),
  ] as const;
  const half = (rowY: number) => Math.sqrt(Math.max(0, radius * radius - (rowY - y) ** 2));
  return span(
    box,
    fill,
    (rowY) => x - half(rowY),
    (rowY) => x + half(rowY),
  );
}

/** A rectangle with round corners. */
export function card(x: number, y: number, width: number, height: number, radius: number, fill: Fill): Layer {
  const inset = (rowY: number) => {
    const beyond = Math.max(y + radius - rowY, rowY - (y + height - radius), 0);
    return radius - Math.sqrt(Math.max(0, radius * radius - beyond * beyond));
  };
  return span(
    [x, y, x + width, y + height],
    fill,
    (rowY) => x + inset(rowY),
    (rowY) => x + width - inset(rowY),
  );
}

/** The part of a layer above a line, whose height hangs on the column. */
export function cutBelow(whole: Layer, edge: (x: number) => number): Layer {
  return {
    ...whole,
    cover(y, cover) {
      whole.cover(y, cover);
      for (let x = Math.max(0, whole.left); x < Math.min(cover.length, whole.right); x++) {
        cover[x] = (cover[x] ?? 0) * Math.min(1, Math.max(0, edge(x) - y));
      }
    },
  };
}

/** Light that fades from a point outwards. */
export function glow(x: number, y: number, radius: number, fill: Fill): Layer {
  return layer([x - radius, y - radius, x + radius, y + radius], fill, (rowY, cover) => {
    const dy = (rowY + 0.5 - y) / radius;
    const from = Math.max(0, Math.floor(x - radius));
    const to = Math.min(cover.length, Math.ceil(x + radius));
    for (let column = from; column < to; column++) {
      const dx = (column + 0.5 - x) / radius;
      const near = 1 - Math.sqrt(dx * dx + dy * dy);
      if (near > 0) cover[column] = near * near;
    }
  });
}

/** A layer of any shape, with its colour made ready for each row. */
export function layer(
  box: readonly [left: number, top: number, right: number, bottom: number],
  fill: Fill,
  cover: Layer['cover'],
): Layer {
  const [left, top, right, bottom] = box;
  return {
    left: Math.floor(left),
    top: Math.floor(top),
    right: Math.ceil(right),
    bottom: Math.ceil(bottom),
    colourAt: colourRun(fill),
    opacity: fill.opacity,
    cover,
  };
}

/** Adds a stretch of a row to `cover`, with partly covered pixels at both ends. */
export function coverSpan(cover: Float32Array, left: number, right: number, amount: number): void {
  const from = Math.max(0, left);
  const to = Math.min(cover.length, right);
  if (to <= from) return;
  const last = Math.min(cover.length - 1, Math.floor(to));
  for (let x = Math.floor(from); x <= last; x++) {
    const part = Math.min(x + 1, to) - Math.max(x, from);
    if (part > 0) cover[x] = (cover[x] ?? 0) + part * amount;
  }
}

function colourRun(fill: Fill): Layer['colourAt'] {
  const [first, ...rest] = fill.colours;
  if (rest.length === 0) return () => first;
  const labs: readonly Lab[] = fill.colours.map(labOf);
  return (y) => {
    const along = Math.min(1, Math.max(0, (y - fill.from) / (fill.to - fill.from)));
    const place = along * rest.length;
    const index = Math.min(rest.length - 1, Math.floor(place));
    const from = labs[index] ?? labOf(first);
    return rgbOf(mixLab(from, labs[index + 1] ?? from, place - index));
  };
}
