import { keynessFor } from './keyColour.ts';
import { isPaintedCheckerboard } from './checkerboard.ts';
import type { Alpha, Colour, Transparency } from './pixelTask.ts';
import type { Raster } from './raster.ts';

/** How many pixels of a picture can be seen through. */
export interface AlphaShares {
  /** Parts of all pixels: nothing to be seen, and some of it. */
  readonly transparent: number;
  readonly partly: number;
}

/** Counts; values within 2 of either end are noise of an encoder. */
export function alphaShares({ data }: Raster): AlphaShares {
  let [transparent, partly] = [0, 0];
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] ?? 255;
    if (alpha <= 2) transparent++;
    else if (alpha < 253) partly++;
  }
  const pixels = data.length / 4;
  return { transparent: transparent / pixels, partly: partly / pixels };
}

/** Whether anything of a picture can be seen through. @param hasAlpha whether its file has a channel for it */
export function alphaOf(raster: Raster, hasAlpha: boolean): Alpha {
  if (!hasAlpha) return 'none';
  const { transparent, partly } = alphaShares(raster);
  return transparent + partly > 0 ? 'used' : 'unused';
}

/** Less than this part of a picture is no background. */
const leastBackground = 0.005;
/** Less than this part of a picture is no subject. */
const leastSubject = 0.001;
/** Edges of which more still show the key's colour have a fringe. */
const mostFringe = 0.1;

/**
 * Looks whether a picture has the transparent background that was asked for: real alpha, no painted checkerboard, a
 * subject, and edges without the colour of what was taken out.
 * @param key the colour that was taken out, where one was
 */
export function transparencyOf(raster: Raster, key?: Colour): Transparency {
  const { transparent, partly } = alphaShares(raster);
  if (1 - transparent < leastSubject) return { ok: false, reason: 'empty' };
  if (transparent + partly < leastBackground)
    return { ok: false, reason: isPaintedCheckerboard(raster) ? 'checkerboard' : 'opaque' };
  if (key !== undefined && fringeOf(raster, key) > mostFringe) return { ok: false, reason: 'fringe' };
  // Some models punch a hole and paint squares around it all the same.
  if (transparent < 0.2 && isPaintedCheckerboard(raster)) return { ok: false, reason: 'checkerboard' };
  return { ok: true };
}

/** The part of the edge that shows the key's colour: of visible pixels beside transparent ones. */
function fringeOf({ width, height, data }: Raster, key: Colour): number {
  const keyness = keynessFor(key);
  const isGone = (pixel: number) => (data[pixel * 4 + 3] ?? 0) <= 2;
  let [edge, fringed] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const pixel = y * width + x;
      if (isGone(pixel)) continue;
      if (!isGone(pixel - 1) && !isGone(pixel + 1) && !isGone(pixel - width) && !isGone(pixel + width))
        continue;
      edge++;
      const at = pixel * 4;
      if (keyness({ red: data[at] ?? 0, green: data[at + 1] ?? 0, blue: data[at + 2] ?? 0 }) > 40) fringed++;
    }
  }
  return edge === 0 ? 0 : fringed / edge;
}
