import type { Size } from '../request.ts';
import type { FocalPoint } from './pixelTask.ts';
import type { Rectangle } from './raster.ts';

/** How a picture becomes one of another size: what is left of it, and which way that is resampled. */
export interface Fit {
  readonly crop: Rectangle;
  readonly scale: 'none' | 'down' | 'up';
}

/**
 * Finds the largest part of a picture that has the wanted shape, around a point that stays in view.
 * @param focalPoint fractions of width and height; what would lead over an edge stops there
 */
export function fitInto(came: Size, wanted: Size, focalPoint: FocalPoint): Fit {
  const width = Math.min(came.width, Math.max(1, Math.round((came.height * wanted.width) / wanted.height)));
  const height = Math.min(came.height, Math.max(1, Math.round((came.width * wanted.height) / wanted.width)));
  const crop = {
    x: placed(came.width, width, focalPoint.x),
    y: placed(came.height, height, focalPoint.y),
    width,
    height,
  };
  const isSame = width === wanted.width && height === wanted.height;
  const isSmaller = width < wanted.width || height < wanted.height;
  return { crop, scale: isSame ? 'none' : isSmaller ? 'up' : 'down' };
}

/** The size of a whole picture scaled down until no side is longer; its own where none is. At least one pixel a side. */
export function sizeWithin({ width, height }: Size, mostSide: number): Size {
  const factor = Math.min(1, mostSide / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  };
}

/** Where a part of a length begins that has the focal point in its middle, as far as it can. */
function placed(whole: number, part: number, focus: number): number {
  return Math.min(whole - part, Math.max(0, Math.round(whole * focus - part / 2)));
}
