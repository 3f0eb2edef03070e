import type { PicturePoint } from '../../src/protocol/maskStrokes.ts';

/** A place on the stage, in CSS pixels from its top left. */
export interface StagePoint {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a picture lies on its stage. */
export interface Viewport {
  /** CSS pixels per pixel of the picture. */
  readonly scale: number;
  /** The picture's top left, in CSS pixels on the stage. */
  readonly left: number;
  readonly top: number;
}

/** Room around a picture that fits, in CSS pixels: strokes that cover its edge begin and end there. */
const margin = 12;
const mostScale = 32;
/** Small pictures are enlarged to be painted on, not to fill the stage. */
const mostFit = 4;

/** The scale at which the whole picture is seen. */
export function fitScale(picture: Size, stage: Size): number {
  const room = (side: number) => Math.max(side / 2, side - 2 * margin);
  return Math.min(room(stage.width) / picture.width, room(stage.height) / picture.height, mostFit);
}

/** Shows the whole picture, centred. */
export function fitted(picture: Size, stage: Size): Viewport {
  return placed({ scale: fitScale(picture, stage), left: 0, top: 0 }, picture, stage);
}

/** Zooms by a factor; what lies at `at` stays there, as far as the picture's edges allow. */
export function zoomed(
  { scale, left, top }: Viewport,
  picture: Size,
  stage: Size,
  factor: number,
  at: StagePoint,
): Viewport {
  const least = Math.min(1, fitScale(picture, stage));
  const next = Math.min(mostScale, Math.max(least, scale * factor));
  const by = next / scale;
  const moved = { scale: next, left: at.x - (at.x - left) * by, top: at.y - (at.y - top) * by };
  return placed(moved, picture, stage);
}

/** Moves the picture by CSS pixels, until its edges are in sight. */
export function panned(viewport: Viewport, picture: Size, stage: Size, dx: number, dy: number): Viewport {
  return placed({ ...viewport, left: viewport.left + dx, top: viewport.top + dy }, picture, stage);
}

/** Moves the picture just so far that a place in it is in sight. */
export function revealed(viewport: Viewport, picture: Size, stage: Size, at: PicturePoint): Viewport {
  const seen = toStage(viewport, at);
  const shift = (place: number, side: number) =>
    Math.max(0, margin - place) - Math.max(0, place - (side - margin));
  return panned(viewport, picture, stage, shift(seen.x, stage.width), shift(seen.y, stage.height));
}

/** Where a place on the stage is in the picture. */
export function toPicture({ scale, left, top }: Viewport, { x, y }: StagePoint): PicturePoint {
  return { x: (x - left) / scale, y: (y - top) / scale };
}

/** Where a place in the picture is on the stage. */
export function toStage({ scale, left, top }: Viewport, { x, y }: PicturePoint): StagePoint {
  return { x: left + x * scale, y: top + y * scale };
}

function placed({ scale, left, top }: Viewport, picture: Size, stage: Size): Viewport {
  return {
    scale,
    left: placedAlong(left, picture.width * scale, stage.width),
    top: placedAlong(top, picture.height * scale, stage.height),
  };
}

/** Centred where it fits, else without an empty strip wider than the margin at either end. */
function placedAlong(start: number, length: number, room: number): number {
  if (length <= room) return (room - length) / 2;
  return Math.min(margin, Math.max(room - margin - length, start));
}
