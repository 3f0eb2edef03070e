import { alphaOf } from './alpha.ts';
import { findKeyBackground, type KeyRefusal } from './keyBackground.ts';
import { Matte } from './keyMatte.ts';
import { distancesToBackground } from './keyRegion.ts';
import type { Raster } from './raster.ts';
import type { Rgb } from './rgb.ts';

export type KeyRemoval =
  | {
      readonly ok: true;
      /** The background's colour as it was found. */
      readonly colour: Rgb;
      /** Share of the pixels that are fully transparent now, 0…1. */
      readonly removed: number;
    }
  | {
      readonly ok: false;
      /** `hasAlpha`: it is partly transparent already, so nothing needs to be taken out. */
      readonly reason: KeyRefusal | 'hasAlpha';
    };

/**
 * Takes a background of one saturated colour out of a picture, in place: its border-connected part and the holes that
 * show it become transparent, edges get the alpha that they were mixed with and lose the key's colour. What is farther
 * from the background than a few pixels is left as it is. Memory beyond the picture: one byte a pixel, and what runs of
 * pixels are pending. Linear time.
 *
 * What it cannot know: a shadow on the background stays as a dark patch of its colour; glass and smoke are treated as
 * edges only; a line thinner than two pixels whose own hue is the key's loses part of its opacity.
 * @param key the colour that was asked for; another hue is refused. Absent: any saturated colour
 * @returns what was found, or why nothing was changed
 */
export function removeKeyColour(raster: Raster, key?: Rgb): KeyRemoval {
  if (alphaOf(raster).isUsed) return { ok: false, reason: 'hasAlpha' };
  const background = findKeyBackground(raster, key);
  if (typeof background === 'string') return { ok: false, reason: background };
  const bounds = {
    // Nearly all of a normal noise, in three channels together.
    tolerance: Math.min(44, Math.max(10, 2.6 * background.noise + 2)),
    // Edges are soft over a pixel or two, over more in large pictures.
    reach: Math.min(6, Math.max(3, Math.round(Math.min(raster.width, raster.height) / 340))),
  };
  const depth = distancesToBackground(raster, background.map, bounds);
  new Matte(raster, depth, background, bounds).apply();
  return { ok: true, colour: background.colour, removed: alphaOf(raster).transparent };
}
